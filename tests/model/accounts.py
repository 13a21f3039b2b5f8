"""What happens to accounts and their identifiers: open, update, close, attach, detach."""

from datetime import date
from random import Random
from typing import Any

from tests.model.choosing import day, several, some
from tests.model.state import Claim, Draft, Given, Path, State, claim, stored

CENTERS = ["CEE001", "CEE004", "CEE007"]
OWN = {"Importer": "ImporterNumber", "Broker": "FilerCode"}
NUMBERS = "ImporterNumber"
LISTS = {"ImporterNumber": "importerNumberIds", "FilerCode": "filerCodeIds"}


def opening(random: Random, state: State) -> Given:
    new = [f"55-{random.randrange(10**6):07d}00" for _ in range(2)]
    texts = new if random.random() < 0.7 else random.choices([*state.numbers][-12:] + new, k=2)
    given: Given = {
        "kind": "IMPORTER",
        "name": random.choice(["Birch", "Cedar", "Elder", "Hazel", " "]),
        "importerNumbers": texts[: random.choice([0, 1, 1, 2, 2, 2])],
        "openedOn": day(random),
        "national": random.random() < 0.5,
    }
    if random.random() < 0.5:
        given["primaryManagerId"] = some(random, state, "AccountManager")
    if random.random() < 0.5:
        given["center"] = random.choice([*CENTERS, "CEE099"])
    return given


def open_account(draft: Draft, given: Given) -> None:
    if not given["name"].strip():
        draft.refuse("REQUIRED", "name")
    on = draft.past(given["openedOn"], "openedOn")
    account, texts = "Account:NEW", given["importerNumbers"]
    for at, text in enumerate(texts):
        if text in texts[:at]:
            draft.refuse("ALREADY_EXISTS", "importerNumbers", at)
    if not texts:
        draft.refuse("ACCOUNT_NEEDS_IDENTIFIER", "importerNumbers")
    center = centered(draft, given.get("center"), "center")
    manager = serving(draft, given.get("primaryManagerId"), "primaryManagerId")
    draft.check()
    draft.things[account] = {
        "kind": "Importer", "name": given["name"], "status": "ACTIVE", "openedOn": on,
        "national": given["national"], "closedOn": None, "centerEligibility": None,
    }  # fmt: skip
    for at, text in enumerate(texts):
        number = draft.state.numbers.get(text, f"ImporterNumber:NEW{text}")
        draft.things.setdefault(number, {"kind": "ImporterNumber"})
        draft.put(claim("IDENTIFIES", number, account, on), "importerNumbers", at)
    if manager:
        draft.put(claim("MANAGED_BY", account, manager, on, role="PRIMARY"), "primaryManagerId")
    if center:
        draft.put(claim("ASSIGNED_TO", account, center, on), "center")
    draft.named = _named


def _named(payload: Any) -> dict[str, str]:
    made = payload["account"]
    numbers = {
        f"ImporterNumber:NEW{each['display']}": stored(each["key"])
        for each in made["importerNumbers"]["nodes"]
    }
    return {"Account:NEW": stored(made["key"]), **numbers}


def centered(draft: Draft, code: str | None, *path: str) -> str | None:
    """A Center; noted if there is none such."""
    if code is not None and code not in CENTERS:
        draft.refuse("NOT_FOUND", *path)
        return None
    return f"Center:{code}" if code else None


def serving(draft: Draft, key: str | None, *path: str) -> str | None:
    """A manager; noted if not in service."""
    manager = draft.thing(key, ("AccountManager",), *path)
    if manager and not draft.get(manager, "active"):
        draft.refuse("MANAGER_INACTIVE", *path)
    return manager


def identified(links: list[Claim], kind: str, on: date) -> bool:
    """Whether one of these claims is by an identifier of the kind, and holds."""
    return any(each.start.startswith(kind) and each.holds(on) for each in links)


def updating(random: Random, state: State) -> Given:
    given: Given = {"id": some(random, state, "Account")}
    if random.random() < 0.6:
        given["name"] = random.choice(["Alder", "Hazel", "", "x" * 201])
    if random.random() < 0.6:
        given["status"] = random.choice(["PROSPECT", "ACTIVE", "SUSPENDED", "CLOSED"])
    if random.random() < 0.3:
        given["national"] = random.choice([True, False, None])
    return given


def update_account(draft: Draft, given: Given) -> None:
    account = draft.thing(given["id"], ("Account",), "id")
    if account:
        draft.open(account, "id")
    if given.get("name") == "":
        draft.refuse("REQUIRED", "name")
    elif len(given.get("name", "")) > 200:
        draft.refuse("OUT_OF_RANGE", "name")
    if given.get("national", 0) is None:
        draft.refuse("REQUIRED", "national")
    status = given.get("status")
    if status == "CLOSED":
        draft.refuse("INVALID_STATE", "status")
    if status == "ACTIVE" and account:
        kind = OWN[draft.get(account, "kind")]
        if not identified(draft.state.links("IDENTIFIES", end=account), kind, draft.today):
            draft.refuse("ACCOUNT_NEEDS_IDENTIFIER", "status")
    draft.check()
    draft.things[str(account)] = {name: value for name, value in given.items() if name != "id"}


def closing(random: Random, state: State) -> Given:
    return {"id": some(random, state, "Account"), "validTo": day(random)}


def close_account(draft: Draft, given: Given) -> None:
    on = draft.past(given["validTo"], "validTo")
    account = draft.thing(given["id"], ("Account",), "id")
    if account is None:
        raise_(draft)
    assert account
    opened = draft.open(account, "id")
    if active(draft.state, account, on):
        draft.refuse("INVALID_STATE", "id")
    links = [c for t in ("MANAGED_BY", "ASSIGNED_TO") for c in draft.state.links(t, account)]
    links += [c for t in ("IDENTIFIES", "SERVES") for c in draft.state.links(t, end=account)]
    draft.things[account] = {"status": "CLOSED", "closedOn": on}
    if on <= draft.get(account, "openedOn"):
        draft.refuse("INTERVAL_CONFLICT", "validTo")
    elif opened:
        draft.end(links, on, "validTo")


def active(state: State, account: str, on: date) -> bool:
    """Whether it takes part in ISA actively."""
    links = [c for c in state.links("PARTICIPATES_IN", account) if c.holds(on)]
    return any(state.things[c.end]["status"] == "ACTIVE" for c in links)


def grouping(random: Random, state: State) -> Given:
    given: Given = {"accountId": some(random, state, "Account"), "on": day(random)}
    account = given["accountId"]
    mine = [c.start for c in state.links("IDENTIFIES", end=account) if c.start in state.of(NUMBERS)]
    if random.random() < 0.5 and mine:
        given["importerNumberIds"] = random.choices(mine, k=random.choice([1, 1, 2]))
    else:
        given["importerNumberIds"] = several(random, state, "ImporterNumber", 2)
    given["filerCodeIds"] = several(random, state, "FilerCode", 2) if random.random() < 0.2 else []
    return given


Grouped = tuple[str | None, list[tuple[str, Path]], date]


def grouped(draft: Draft, given: Given) -> Grouped:
    """The account, the numbers with their paths, and the day; what is wrong is noted."""
    on = draft.past(given["on"], "on")
    if not given["importerNumberIds"] and not given["filerCodeIds"]:
        draft.refuse("REQUIRED", "importerNumberIds")
    account = draft.thing(given["accountId"], ("Account",), "accountId")
    if account:
        draft.open(account, "accountId")
        if on < draft.get(account, "openedOn"):
            draft.refuse("INTERVAL_CONFLICT", "on")
    found: list[tuple[str, Path]] = []
    for kind, name in LISTS.items():
        for at, key in enumerate(given[name]):
            if key.startswith(f"{kind}:") and key in given[name][:at]:
                draft.refuse("ALREADY_EXISTS", name, at)
            if there := draft.thing(key, (kind,), name, at):
                found.append((there, (name, at)))
    return account, found, on


def attach_identifiers(draft: Draft, given: Given) -> None:
    account, things, on = grouped(draft, given)
    for number, path in things:
        mine = draft.state.links("IDENTIFIES", number)
        if account and any(c.end == account and c.last is None for c in mine):
            draft.refuse("ALREADY_EXISTS", *path)
        elif account:
            draft.put(claim("IDENTIFIES", number, account, on), *path)
    draft.check()


def detach_identifiers(draft: Draft, given: Given) -> None:
    account, things, on = grouped(draft, given)
    if account is None:
        raise_(draft)
    assert account
    leave(draft, account, things, on, forever=False)
    draft.check()


def raise_(draft: Draft) -> None:
    """End here."""
    draft.check()
    raise AssertionError("an error was to be noted")


def leave(
    draft: Draft, account: str, things: list[tuple[str, Path]], on: date, *, forever: bool
) -> list[tuple[str, Path]]:
    """Numbers go out of an account; those that do, after what is wrong is noted."""
    links = draft.state.links("IDENTIFIES", end=account)
    gone: list[tuple[str, Path]] = []
    for number, path in things:
        mine = [c for c in links if c.start == number]
        if not any(c.holds(on) and not (forever and c.last) for c in mine):
            draft.refuse("INVALID_STATE", *path)
            continue
        gone.append((number, path))
        draft.end(mine, on, *path)
    kind = OWN[draft.get(account, "kind")]
    left = {number for number, _ in gone}
    stay = [c for c in links if c.start not in left]
    lost = any(number.startswith(kind) for number, _ in gone)
    if (
        lost
        and draft.get(account, "status") == "ACTIVE"
        and not identified(stay, kind, draft.today)
    ):
        draft.refuse("ACCOUNT_NEEDS_IDENTIFIER", LISTS[kind])
    _uncover(draft, things, on)
    return gone


def _uncover(draft: Draft, things: list[tuple[str, Path]], on: date) -> None:
    """Participations cease to cover what leaves; an active one keeps it."""
    paths = dict(things)
    for number, path in paths.items():
        for cover in draft.state.links("COVERS", end=number):
            if cover.last is not None:
                continue
            if draft.get(cover.start, "status") == "ACTIVE":
                draft.refuse("NUMBER_NOT_IN_ACCOUNT", *path)
            else:
                draft.end([cover], on, *path)
