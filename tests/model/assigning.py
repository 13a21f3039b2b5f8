"""Who works with accounts: managers, specialists, Centers, and requests for another Center."""

from datetime import date
from random import Random

from tests.model.accounts import CENTERS, centered, raise_, serving
from tests.model.choosing import day, several, some
from tests.model.state import Claim, Draft, Given, State, claim

BASES = ["PREDOMINANT_NUMBER", "HIGHEST_VALUE", "BUSINESS_PRACTICE"]


def accounts_of(draft: Draft, wanted: list[str]) -> list[tuple[int, str]]:
    """The open accounts of a list with their places; what is wrong is noted."""
    if not wanted:
        draft.refuse("OUT_OF_RANGE", "accountIds")
    found = []
    for at, key in enumerate(wanted):
        if key.startswith("Account:") and key in wanted[:at]:
            draft.refuse("ALREADY_EXISTS", "accountIds", at)
            continue
        account = draft.thing(key, ("Account",), "accountIds", at)
        if account and draft.open(account, "accountIds", at):
            found.append((at, account))
    return found


def managing(random: Random, state: State) -> Given:
    return {
        "accountIds": several(random, state, "Account", 3),
        "managerId": some(random, state, "AccountManager"),
        "role": random.choice(["PRIMARY", "PRIMARY", "BACKUP"]),
        "validFrom": day(random),
    }


def assign_manager(draft: Draft, given: Given) -> None:
    accounts = accounts_of(draft, given["accountIds"])
    manager = serving(draft, given["managerId"], "managerId")
    on = draft.past(given["validFrom"], "validFrom")
    if manager is None:
        raise_(draft)
    assert manager
    for at, account in accounts:
        managed(draft, account, manager, given["role"], on, "accountIds", at)
    draft.check()


def managed(
    draft: Draft, account: str, manager: str, role: str, on: date, *path: str | int
) -> None:
    """The account gets the manager, and the one before ends."""
    made = claim("MANAGED_BY", account, manager, on, role=role)
    mine = [c for c in draft.state.links("MANAGED_BY", account) if c.get("role") == role]
    if any(c.end == manager and c.last is None for c in mine):
        draft.refuse("ALREADY_EXISTS", *path)
    draft.end(mine, on, *path, new=made)
    draft.put(made, *path)


def centering(random: Random, state: State) -> Given:
    given: Given = {
        "accountIds": several(random, state, "Account", 2),
        "center": random.choice([*CENTERS, *CENTERS, "CEE099", None]),
        "validFrom": day(random),
        "basis": random.choice(BASES),
    }
    if random.random() < 0.3 or given["center"] is None:
        given["basis"] = random.choice([None, None, "APPEAL"])
    if random.random() < 0.3:
        given["eligibility"] = random.choice(["NOT_ELIGIBLE", "PENDING"])
    return given


def assign_center(draft: Draft, given: Given) -> None:
    center = centered(draft, given["center"], "center")
    basis, eligible = given["basis"], given.get("eligibility")
    if given["center"] and not basis:
        draft.refuse("REQUIRED", "basis")
    if given["center"] and eligible:
        draft.refuse("INVALID_STATE", "eligibility")
    if not given["center"] and basis:
        draft.refuse("INVALID_STATE", "basis")
    on = draft.past(given["validFrom"], "validFrom")
    accounts = accounts_of(draft, given["accountIds"])
    if given["center"] and not center:
        raise_(draft)
    for at, account in accounts:
        moved(draft, account, center, basis, on, "accountIds", at)
        if eligible or center:
            draft.things[account] = {"centerEligibility": eligible}
    draft.check()


def moved(
    draft: Draft, account: str, center: str | None, basis: str | None, on: date, *path: str | int
) -> None:
    """The account goes to the Center, and leaves the one before."""
    mine = draft.state.links("ASSIGNED_TO", account)
    made = claim("ASSIGNED_TO", account, center, on, basis=basis) if center else None
    now = [c for c in mine if c.last is None]
    same = basis and any(c.end == center and c.get("basis") == basis for c in now)
    if same or not (center or now):
        draft.refuse("ALREADY_EXISTS", *path)
    draft.end(mine, on, *path, new=made)
    if made:
        draft.put(made, *path)


def teaming(random: Random, state: State) -> Given:
    return {
        "accountIds": several(random, state, "Account", 2),
        "specialistId": some(random, state, "Specialist"),
        "topic": random.choice([None, "AUDIT", "NOTHING"]),
        "validFrom": day(random),
    }


def assign_specialist(draft: Draft, given: Given) -> None:
    accounts = accounts_of(draft, given["accountIds"])
    specialist = draft.thing(given["specialistId"], ("Specialist",), "specialistId")
    if specialist and not draft.get(specialist, "active"):
        draft.refuse("INVALID_STATE", "specialistId")
    topic = given["topic"]
    if topic == "NOTHING":
        draft.refuse("NOT_FOUND", "topic")
    on = draft.past(given["validFrom"], "validFrom")
    if specialist is None:
        raise_(draft)
    assert specialist
    for at, account in accounts:
        links: list[Claim] = draft.state.links("SERVES", specialist, account)
        if any(c.get("topic") == topic and c.days[1] > on for c in links):
            draft.refuse("ALREADY_EXISTS", "accountIds", at)
        draft.put(claim("SERVES", specialist, account, on, topic=topic), "accountIds", at)
    draft.check()
