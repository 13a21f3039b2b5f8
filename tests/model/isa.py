"""Participation in ISA: applications, statuses, annual notifications."""

from calendar import monthrange
from datetime import date
from random import Random

from tests.model.accounts import serving
from tests.model.assigning import managed
from tests.model.choosing import day, some
from tests.model.regrouping import OVER
from tests.model.state import Draft, Given, State, claim, stored

NEXT = {
    "APPLICANT": ("ACCEPTED_PENDING_MANAGER", "ACTIVE", "WITHDRAWN"),
    "ACCEPTED_PENDING_MANAGER": ("ACTIVE", "REMOVED", "WITHDRAWN"),
    "ACTIVE": ("SUSPENDED", "REMOVED", "WITHDRAWN"),
    "SUSPENDED": ("ACTIVE", "REMOVED", "WITHDRAWN"),
}
STATUSES = ["ACCEPTED_PENDING_MANAGER", "ACTIVE", "ACTIVE", "SUSPENDED", "REMOVED", "WITHDRAWN"]


def after(first: date, months: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))


def applying(random: Random, state: State) -> Given:
    account = some(random, state, "Account")
    mine = [c.start for c in state.links("IDENTIFIES", end=account)]
    numbers = random.choices(mine, k=random.choice([1, 1, 2])) if mine else []
    if random.random() < 0.2:
        numbers = [*numbers, some(random, state, "ImporterNumber")]
    return {"accountId": account, "importerNumberIds": numbers, "appliedOn": day(random)}


def apply_for_isa(draft: Draft, given: Given) -> None:
    numbers = given["importerNumberIds"]
    _listed(draft, numbers)
    on = draft.past(given["appliedOn"], "appliedOn")
    account = draft.thing(given["accountId"], ("Account",), "accountId")
    if account:
        _may_apply(draft, account, on)
        for at, key in enumerate(numbers):
            if key.startswith("ImporterNumber:"):
                _own(draft, account, key, on, at)
    draft.check()
    assert account
    part = "IsaParticipation:NEW"
    draft.things[part] = {
        "kind": "IsaParticipation", "status": "APPLICANT", "appliedOn": on, "acceptedOn": None,
        "endedOn": None, "pendingSince": None, "nextNotificationDue": None, "notices": {},
    }  # fmt: skip
    draft.put(claim("PARTICIPATES_IN", account, part, on), "accountId")
    for at, number in enumerate(numbers):
        draft.put(claim("COVERS", part, number, on), "importerNumberIds", at)
    draft.named = lambda payload: {part: stored(payload["participation"]["key"])}


def _listed(draft: Draft, numbers: list[str]) -> None:
    """Note what is no number, or is given twice; whether it is there is seen with the account."""
    for at, key in enumerate(numbers):
        if ":" not in key:
            draft.refuse("INVALID_FORMAT", "importerNumberIds", at)
        elif not key.startswith("ImporterNumber:"):
            draft.refuse("WRONG_KIND", "importerNumberIds", at)
        elif key in numbers[:at]:
            draft.refuse("ALREADY_EXISTS", "importerNumberIds", at)
    if not numbers:
        draft.refuse("REQUIRED", "importerNumberIds")


def _may_apply(draft: Draft, account: str, on: date) -> None:
    draft.open(account, "accountId")
    if draft.get(account, "kind") != "Importer":
        draft.refuse("WRONG_KIND", "accountId")
    if on < draft.get(account, "openedOn"):
        draft.refuse("INTERVAL_CONFLICT", "appliedOn")
    links = draft.state.links("PARTICIPATES_IN", account)
    if any(draft.get(c.end, "status") not in OVER for c in links):
        draft.refuse("ALREADY_EXISTS", "accountId")


def _own(draft: Draft, account: str, key: str, on: date, at: int) -> None:
    number = draft.thing(key, ("ImporterNumber",), "importerNumberIds", at)
    links = draft.state.links("IDENTIFIES", number, account) if number else []
    if number and not any(c.holds(on) for c in links):
        draft.refuse("NUMBER_NOT_IN_ACCOUNT", "importerNumberIds", at)


def turning(random: Random, state: State) -> Given:
    part = some(random, state, "IsaParticipation")
    stands = state.things.get(part, {}).get("status", "")
    given: Given = {
        "id": part,
        "status": random.choice(NEXT.get(stands, STATUSES) if random.random() < 0.7 else STATUSES),
        "on": day(random),
    }
    if random.random() < 0.4:
        given["managerId"] = some(random, state, "AccountManager")
    return given


def change_isa_status(draft: Draft, given: Given) -> None:
    status = given["status"]
    on = draft.past(given["on"], "on")
    part = draft.thing(given["id"], ("IsaParticipation",), "id")
    manager = serving(draft, given.get("managerId"), "managerId")
    account = draft.state.links("PARTICIPATES_IN", end=part)[0].start if part else ""
    follows = False
    if part:
        follows = draft.open(account, "id")
        if status not in NEXT.get(draft.get(part, "status"), ()):
            draft.refuse("INVALID_STATE", "status")
            follows = False
        if on < (draft.get(part, "acceptedOn") or draft.get(part, "appliedOn")):
            draft.refuse("INTERVAL_CONFLICT", "on")
    if manager and status != "ACTIVE":
        draft.refuse("INVALID_STATE", "managerId")
    if part and follows:
        _turned(draft, part, account, given, manager, on)
    draft.check()


def _turned(
    draft: Draft, part: str, account: str, given: Given, manager: str | None, on: date
) -> None:
    """The participation takes on its status; what that lacks is noted."""
    status = given["status"]
    said: Given = {"status": status}
    if status == "ACCEPTED_PENDING_MANAGER":
        said |= {"acceptedOn": on, "pendingSince": on}
    if status == "ACTIVE":
        said |= _admitted(draft, part, account, given.get("managerId"), manager, on)
    if status in OVER:
        said |= {"endedOn": on, "nextNotificationDue": None, "pendingSince": None}
        draft.end(draft.state.links("COVERS", part), on, "on")
    draft.things[part] = said


def _admitted(
    draft: Draft, part: str, account: str, named: str | None, manager: str | None, on: date
) -> Given:
    """What an active participation says; notes what it lacks."""
    now = draft.state.manager(account, draft.today)
    for cover in draft.state.links("COVERS", part):
        links = draft.state.links("IDENTIFIES", cover.end, account)
        if cover.holds(on) and not any(c.holds(on) for c in links):
            draft.refuse("NUMBER_NOT_IN_ACCOUNT", "id")
            break
    if named is None and not (now and draft.get(now, "active")):
        draft.refuse("ISA_NEEDS_MANAGER", "managerId")
    if manager and manager != now:
        managed(draft, account, manager, "PRIMARY", on, "managerId")
    accepted = draft.get(part, "acceptedOn") or on
    due = draft.get(part, "nextNotificationDue") or after(accepted, 13)
    notices = {due: {}, **draft.get(part, "notices")}
    return {
        "acceptedOn": accepted, "pendingSince": None, "nextNotificationDue": due,
        "notices": notices,
    }  # fmt: skip


def notifying(random: Random, state: State) -> Given:
    part = some(random, state, "IsaParticipation")
    known = state.things.get(part, {}).get("notices") or {}
    given: Given = {
        "participationId": part,
        "dueOn": random.choice([*known, *known, date(2024, 2, 1)]),
    }
    if random.random() < 0.8:
        given["receivedOn"] = random.choice([day(random), date(2024, 1, 15)])
    if random.random() < 0.4:
        given["reviewedOn"] = random.choice([day(random), date(2024, 1, 20)])
    return given


def record_annual_notification(draft: Draft, given: Given) -> None:
    said = {name: given[name] for name in ("receivedOn", "reviewedOn") if name in given}
    for name, on in said.items():
        draft.past(on, name)
    if not said:
        draft.refuse("REQUIRED", "receivedOn")
    part = draft.thing(given["participationId"], ("IsaParticipation",), "participationId")
    due, found = given["dueOn"], {}
    if part:
        if draft.get(part, "status") not in ("ACTIVE", "SUSPENDED"):
            draft.refuse("INVALID_STATE", "participationId")
        notices = draft.get(part, "notices")
        found = notices.get(due, {})
        if due not in notices:
            draft.refuse("NOT_FOUND", "dueOn")
    now = {**found, **said}
    received = now.get("receivedOn")
    _reviewed(draft, received, now.get("reviewedOn"))
    draft.check()
    assert part
    notices = {**draft.get(part, "notices"), due: now}
    draft.things[part] = {"notices": notices}
    if received and draft.get(part, "nextNotificationDue") == due:
        draft.things[part]["nextNotificationDue"] = after(due, 12)
        notices.setdefault(after(due, 12), {})


def _reviewed(draft: Draft, received: date | None, reviewed: date | None) -> None:
    """Note a review of what was not received, or not yet."""
    if reviewed and not received:
        draft.refuse("INVALID_STATE", "reviewedOn")
    elif reviewed and received and reviewed < received:
        draft.refuse("INTERVAL_CONFLICT", "reviewedOn")
