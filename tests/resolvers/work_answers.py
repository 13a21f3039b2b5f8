"""What is asked about work, and the answers beside what the claims replayed say."""

from datetime import date
from typing import Any

from graph import ids
from tests.resolvers.agenda_replayed import agenda
from tests.resolvers.side_by_side import SIDES, centers, day_of, own
from tests.resolvers.work_replayed import Work

DUE = day_of(15)
MANAGER, CENTER = own("AccountManager:M-1", 1), centers(1)[0]
LISTS = """
  query ($m: MomentInput, $due: Date!, $manager: ID!) {
    all: isaParticipations(first: 15, moment: $m) {
      totalCount { value }
      nodes {
        key status acceptedOn endedOn pendingSince nextNotificationDue account { key }
        manager { key } importerNumbers(first: 2) { nodes { key } }
        notifications(limit: 3) { id dueOn receivedOn reviewedOn overdue reviewedBy { key } }
      }
    }
    active: isaParticipations(first: 15, filter: {statuses: [ACTIVE]}, moment: $m) { ...Keys }
    over: isaParticipations(first: 15, filter: {statuses: [REMOVED, WITHDRAWN]}, moment: $m) {
      ...Keys }
    long: isaParticipations(first: 15, filter: {pendingLongerThanDays: 60}, moment: $m) { ...Keys }
    due: isaParticipations(first: 15, filter: {notificationDueBefore: $due}, moment: $m) { ...Keys }
    managed: isaParticipations(first: 15, filter: {managerIds: [$manager]}, moment: $m) { ...Keys }
    centered: isaParticipations(first: 15, filter: {centers: ["CEE001"]}, moment: $m) { ...Keys }
    strategies(limit: 10, moment: $m) {
      key status reviewOn endedOn leader { key } disciplines { key }
      accounts(first: 2) { nodes { key } } issues(first: 2) { nodes { key } }
      measures { title dueOn doneOn }
    }
    running: strategies(limit: 10, statuses: [ACTIVE], moment: $m) { key }
  }
  fragment Keys on IsaParticipationConnection { totalCount { value } nodes { key } }
"""
ACCOUNT = """
  a{n}: account(by: {{id: "{id}"}}, moment: $m) {{
    isaParticipation {{ key status }} strategies(limit: 5) {{ key }}
    running: strategies(statuses: [ACTIVE], limit: 5) {{ key }} agenda(limit: 15) {{ ...Due }} }}
"""
MANAGED = 'm{n}: accountManager(id: "{id}", moment: $m) {{ agenda(limit: 15) {{ ...Due }} }}'
CENTERED = 'c{n}: center(code: "{code}", moment: $m) {{ agenda(limit: 15) {{ ...Due }} }}'
ITEM = "fragment Due on AgendaItem { kind dueOn account { key } about { key } measure { title } }"


def asked(form: str, *keys: str) -> str:
    """A document that asks the same of each of these things."""
    fields = [
        form.format(n=n, id=ids.encode(key), code=key.partition(":")[2])
        for n, key in enumerate(keys)
    ]
    return "query ($m: MomentInput) { " + " ".join(fields) + " } " + ITEM


ACCOUNTS = [own(key, side) for side in SIDES for key in ("Account:A-1", "Account:A-2")]
MANAGERS = [
    own(key, side) for side in SIDES for key in ("AccountManager:M-1", "AccountManager:M-2")
]
CENTERS = [each for side in SIDES for each in centers(side)]
QUESTIONS = [
    (ACCOUNTS, asked(ACCOUNT, *ACCOUNTS)),
    (MANAGERS, asked(MANAGED, *MANAGERS)),
    (CENTERS, asked(CENTERED, *CENTERS)),
]


def key(node: dict[str, str] | None, name: str = "key") -> str | None:
    """The thing of an answer."""
    return ids.decode(node[name]).partition("@")[0] if node else None


def keys(found: dict[str, Any]) -> list[str | None]:
    """The things of a list."""
    listed = [key(each) for each in found["nodes"]]
    assert found.get("totalCount", {"value": len(listed)}) == {"value": len(listed)}
    return listed


def days(told: dict[str, Any], *names: str) -> dict[str, date | None]:
    """Days of an answer."""
    return {name: date.fromisoformat(told[name]) if told[name] else None for name in names}


PART_DAYS = ("acceptedOn", "endedOn", "pendingSince", "nextNotificationDue")


def part_told(part: dict[str, Any]) -> dict[str, Any]:
    """A participation out of an answer."""
    notices = [
        (
            key(each, "id"),
            days(each, "dueOn", "receivedOn", "reviewedOn")
            | {"overdue": each["overdue"], "reviewedBy": key(each["reviewedBy"])},
        )
        for each in part["notifications"]
    ]
    return {
        "of": (key(part), key(part["account"]), key(part["manager"])),
        "said": {"status": part["status"], **days(part, *PART_DAYS)},
        "covers": set(keys(part["importerNumbers"])),
        "notices": notices,
    }


def part_known(work: Work, part: str) -> dict[str, Any]:
    """The same out of the claims."""
    account, said = work.parts[part]
    return {
        "of": (part, account, work.primary(account)),
        "said": said,
        "covers": work.ends("COVERS", part),
        "notices": work.notices(part),
    }


def strategy_told(said: dict[str, Any]) -> dict[str, Any]:
    """A strategy out of an answer."""
    return {
        "of": (key(said), key(said["leader"])),
        "said": {"status": said["status"], **days(said, "reviewOn", "endedOn")},
        "measures": [
            (each["title"], *days(each, "dueOn", "doneOn").values()) for each in said["measures"]
        ],
        "disciplines": [key(each) for each in said["disciplines"]],
        "accounts": keys(said["accounts"]),
        "issues": set(keys(said["issues"])),
    }


def strategy_known(work: Work, strategy: str) -> dict[str, Any]:
    """The same out of the claims."""
    said = dict(work.strategy(strategy) or {})
    opened = {
        each
        for each in work.ends("ADDRESSES", strategy)
        if work.things[each]["openedOn"] <= work.day
    }
    return {
        "of": (strategy, min(work.ends("HANDLED_BY", strategy, part="LEAD"), default=None)),
        "measures": said.pop("measures"),
        "said": said,
        "disciplines": list(work.ends("HANDLED_BY", strategy, part="INVOLVED")),
        "accounts": work.by_name(work.ends("CONCERNS", strategy)),
        "issues": opened,
    }


def lists_told(data: dict[str, Any]) -> dict[str, Any]:
    """The lists out of an answer."""
    names = ("all", "active", "over", "long", "due", "managed", "centered")
    return {
        **{name: keys(data[name]) for name in names},
        "parts": [part_told(each) for each in data["all"]["nodes"]],
        "strategies": [strategy_told(each) for each in data["strategies"]],
        "running": [key(each) for each in data["running"]],
    }


def lists_known(work: Work) -> dict[str, Any]:
    """The same out of the claims."""
    every = work.longest_pending()
    return {
        "all": every,
        "active": work.matching(("ACTIVE",)),
        "over": work.matching(("REMOVED", "WITHDRAWN")),
        "long": work.waiting(60),
        "due": work.notifying(DUE),
        "managed": work.of(work.starts("MANAGED_BY", MANAGER, role="PRIMARY")),
        "centered": work.of(work.starts("ASSIGNED_TO", CENTER)),
        "parts": [part_known(work, each) for each in every],
        "strategies": [strategy_known(work, each) for each in work.strategies()],
        "running": work.strategies("ACTIVE"),
    }


def items(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What is due, out of an answer."""
    return [
        (
            date.fromisoformat(each["dueOn"]),
            each["kind"],
            key(each["about"]),
            key(each["account"]),
            each["measure"]["title"] if each["measure"] else "",
        )
        for each in found["agenda"]
    ]


def own_told(found: dict[str, Any]) -> dict[str, Any]:
    """What is asked of one thing, out of an answer."""
    told: dict[str, Any] = {"agenda": items(found)}
    if "strategies" in found:
        part = found["isaParticipation"]
        told["isa"] = (key(part), part["status"]) if part else None
        told |= {name: [key(each) for each in found[name]] for name in ("strategies", "running")}
    return told


def own_known(work: Work, of: str) -> dict[str, Any]:
    """The same out of the claims."""
    told: dict[str, Any] = {"agenda": agenda(work, of)[:15]}
    if of.startswith("Account:"):
        told["isa"] = work.present(of)
        told["strategies"] = work.strategies(of=of)
        told["running"] = work.strategies("ACTIVE", of=of)
    return told
