"""Strategies: drafted, carried out, ended; whom and what they are for."""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from tests.days import today, tomorrow
from tests.model.accounts import serving
from tests.model.choosing import several, some
from tests.model.state import DAYS, Draft, Given, Path, State, claim, stored

DISCIPLINES = ["IMPORT_SPECIALIST", "LABORATORY"]
ENDED = ("COMPLETED", "ABANDONED")
NEXT = {
    None: ("DRAFT", "ACTIVE"), "DRAFT": ("DRAFT", "ACTIVE", "ABANDONED"),
    "ACTIVE": ("ACTIVE", *ENDED),
}  # fmt: skip
Ends = dict[str, Path]


def planning(random: Random, state: State) -> Given:
    given: Given = {}
    if random.random() < 0.6:
        given["id"] = some(random, state, "Strategy")
    if "id" not in given or random.random() < 0.3:
        given |= {"title": _mostly(random, ["Plan", "Audit"], ""), "objective": "Better"}
    more: Given = {
        "status": _mostly(random, NEXT["ACTIVE"] if "id" in given else NEXT[None], None),
        "leaderId": random.choice([None, some(random, state, "AccountManager")]),
        "disciplines": _mostly(random, [[], DISCIPLINES[:1], DISCIPLINES], ["nothing"]),
        "accountIds": several(random, state, "Account", 3),
        "issueIds": several(random, state, "Issue", 2),
        "segmentId": random.choice([None, some(random, state, "RiskSegment")]),
    }
    given |= {name: value for name, value in more.items() if random.random() < 0.4}
    return given | _dated(random)


def _dated(random: Random) -> Given:
    given: Given = {}
    if random.random() < 0.4:
        done = _mostly(random, [None, DAYS[1]], tomorrow())
        title, who = _mostly(random, ["Visits"], ""), _mostly(random, DISCIPLINES, "none")
        given["measures"] = [{"title": title, "discipline": who, "doneOn": done}]
    if random.random() < 0.4:
        given["startsOn"] = _mostly(random, [*DAYS, today()], None)
    if random.random() < 0.3:
        given["reviewOn"] = _mostly(random, [None, tomorrow()], DAYS[2])
    return given


def _mostly(random: Random, sound: Sequence[Any], unsound: Any) -> Any:
    """A sound value, and now and then one that is not."""
    return random.choice(sound) if random.random() < 0.95 else unsound


def save_strategy(draft: Draft, given: Given) -> None:
    new = "id" not in given
    key = draft.thing(given.get("id"), ("Strategy",), "id")
    accounts = _keys(draft, given, "accountIds", "Account")
    issues = _keys(draft, given, "issueIds", "Issue")
    leader = serving(draft, given.get("leaderId"), "leaderId")
    segment = draft.thing(given.get("segmentId"), ("RiskSegment",), "segmentId")
    stands = draft.get(key, "status") if key else None
    _follows(draft, given, stands)
    links = draft.state.links("CONCERNS", key) if key else []
    there = {c.end for c in links if c.last is None}
    for each, path in accounts.items():
        if each not in there:
            draft.open(each, *path)
    involved = _involved(draft, given)
    said = _said(draft, given, key, new)
    draft.check()
    strategy = key or "Strategy:NEW"
    since = min(draft.today, said["startsOn"]) if new else draft.today
    if "segmentId" in given:
        said["segment"] = segment
    draft.things[strategy] = said
    if new:
        draft.named = lambda payload: {strategy: stored(payload["strategy"]["key"])}
    led: Ends = {leader: ("leaderId",)} if leader else {}
    for name, type_, part, wanted in (
        ("leaderId", "HANDLED_BY", "LEAD", led),
        ("disciplines", "HANDLED_BY", "INVOLVED", involved),
        ("accountIds", "CONCERNS", None, accounts),
        ("issueIds", "ADDRESSES", None, issues),
    ):
        if name in given:
            _replaced(draft, strategy, type_, part, wanted, since)


def _keys(draft: Draft, given: Given, name: str, kind: str) -> Ends:
    """Things of a list; one that is given twice counts once, at its first place.

    What is no key of the kind is noted at each.
    """
    wanted: list[str] = given.get(name, [])
    found: Ends = {}
    for at, key in enumerate(wanted):
        if key in wanted[:at] and key.partition(":")[0] == kind:
            continue
        if there := draft.thing(key, (kind,), name, at):
            found[there] = (name, at)
    return found


def _follows(draft: Draft, given: Given, stands: str | None) -> None:
    """Note a strategy that has ended, or a status that does not follow."""
    if stands in ENDED:
        draft.refuse("INVALID_STATE", "id")
    elif "status" in given and given["status"] not in NEXT[stands]:
        draft.refuse("INVALID_STATE", "status")


def _involved(draft: Draft, given: Given) -> Ends:
    found: Ends = {}
    for at, code in enumerate(given.get("disciplines", [])):
        if code in DISCIPLINES:
            found[f"Discipline:{code}"] = ("disciplines", at)
        else:
            draft.refuse("NOT_FOUND", "disciplines", at)
    return found


def _said(draft: Draft, given: Given, key: str | None, new: bool) -> Given:
    """What it says of itself, as it will be kept."""
    said: Given = {"kind": "Strategy", "status": "DRAFT", "measures": []} if new else {}
    if new:
        said |= {"reviewOn": None, "endedOn": None, "segment": None}
    for name in ("title", "objective"):
        if name in given or new:
            said[name] = given.get(name)
            if not given.get(name):
                draft.refuse("REQUIRED", name)
    if given.get("status"):
        said["status"] = given["status"]
    if "measures" in given:
        said["measures"] = [_measure(draft, m, at) for at, m in enumerate(given["measures"])]
    return said | _days(draft, given, key, new)


def _measure(draft: Draft, told: Given, at: int) -> tuple[str, str, date | None]:
    if not told["title"]:
        draft.refuse("REQUIRED", "measures", at, "title")
    if told["discipline"] not in DISCIPLINES:
        draft.refuse("NOT_FOUND", "measures", at, "discipline")
    draft.past(told["doneOn"], "measures", at, "doneOn")
    return told["title"], told["discipline"], told["doneOn"]


def _days(draft: Draft, given: Given, key: str | None, new: bool) -> Given:
    """Its first day, and the days of its review and its end."""
    stands = draft.get(key, "startsOn") if key else None
    first = given.get("startsOn") or stands or draft.today
    if "startsOn" in given and given["startsOn"] is None:
        draft.refuse("REQUIRED", "startsOn")
    said: Given = {"startsOn": first} if new or "startsOn" in given else {}
    review = given.get("reviewOn", draft.get(key, "reviewOn") if key else None)
    if given.get("status") in ENDED:
        if given.get("reviewOn"):
            draft.refuse("INVALID_STATE", "reviewOn")
        return {**said, "reviewOn": None, "endedOn": draft.today}
    if review and review <= first:
        draft.refuse("INTERVAL_CONFLICT", "reviewOn")
    return {**said, "reviewOn": review}


def _replaced(
    draft: Draft, key: str, type_: str, part: str | None, wanted: Ends, since: date
) -> None:
    """Links of a kind that are not wanted end today, and those that are missing begin."""
    links = [c for c in draft.state.links(type_, key) if c.last is None and c.get("part") == part]
    draft.end([c for c in links if c.end not in wanted], draft.today)
    for end, path in wanted.items():
        if all(c.end != end for c in links):
            draft.put(claim(type_, key, end, since, part=part), *path)
