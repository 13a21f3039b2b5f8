"""Requests for another Center, and their decisions."""

from random import Random

from tests.model.accounts import CENTERS, centered
from tests.model.assigning import BASES, moved
from tests.model.choosing import some
from tests.model.state import Draft, Given, State, stored

OPEN = ("REQUESTED", "UNDER_REVIEW")


def requesting(random: Random, state: State) -> Given:
    given: Given = {
        "accountId": some(random, state, "Account"),
        "toCenter": random.choice([*CENTERS, "CEE099"]),
        "basis": random.choice(BASES),
        "statement": random.choice(["They trade in it.", "They trade in it.", ""]),
    }
    if random.random() < 0.3:
        given["appealsId"] = some(random, state, "CenterChangeRequest")
    return given


def request_center_change(draft: Draft, given: Given) -> None:
    center = centered(draft, given["toCenter"], "toCenter")
    if not given["statement"]:
        draft.refuse("REQUIRED", "statement")
    appeals = given.get("appealsId")
    if appeals is not None and not appeals.startswith("CenterChangeRequest:"):
        draft.refuse("INVALID_FORMAT" if ":" not in appeals else "WRONG_KIND", "appealsId")
        appeals = None
    account = draft.thing(given["accountId"], ("Account",), "accountId")
    if account:
        draft.open(account, "accountId")
        others = [
            (key, draft.state.things[key])
            for key in draft.state.of("CenterChangeRequest")
            if draft.get(key, "account") == account
        ]
        _appealed(draft, dict(others), appeals)
        if any(each["to"] == center and each["state"] in OPEN for _, each in others):
            draft.refuse("ALREADY_EXISTS", "toCenter")
        links = draft.state.links("ASSIGNED_TO", account)
        if any(c.end == center and c.holds(draft.today) for c in links):
            draft.refuse("INVALID_STATE", "toCenter")
    draft.check()
    key = "CenterChangeRequest:NEW"
    draft.things[key] = {
        "kind": "CenterChangeRequest", "account": account, "to": center, "state": "REQUESTED",
        "basis": given["basis"], "appeals": appeals,
    }  # fmt: skip
    draft.named = lambda payload: {key: stored(payload["request"]["id"])}


def _appealed(draft: Draft, others: dict[str, Given], appeals: str | None) -> None:
    if appeals is None:
        return
    if appeals not in others:
        draft.refuse("NOT_FOUND", "appealsId")
    elif others[appeals]["state"] != "DENIED":
        draft.refuse("INVALID_STATE", "appealsId")
    elif any(o["appeals"] == appeals and o["state"] in OPEN for o in others.values()):
        draft.refuse("ALREADY_EXISTS", "appealsId")


def deciding(random: Random, state: State) -> Given:
    return {
        "id": some(random, state, "CenterChangeRequest"),
        "state": random.choice(["REQUESTED", "UNDER_REVIEW", "GRANTED", "DENIED", "WITHDRAWN"]),
        "decision": random.choice(["Decided so.", "Decided so.", None]),
    }


def decide_center_change(draft: Draft, given: Given) -> None:
    wanted = given["state"]
    if given["decision"] is None and wanted in ("GRANTED", "DENIED"):
        draft.refuse("REQUIRED", "decision")
    if wanted == "REQUESTED":
        draft.refuse("INVALID_STATE", "state")
    key = draft.thing(given["id"], ("CenterChangeRequest",), "id")
    if key:
        stands = draft.get(key, "state")
        if stands not in OPEN:
            draft.refuse("INVALID_STATE", "id")
        elif stands == wanted:
            draft.refuse("INVALID_STATE", "state")
        if wanted == "GRANTED":
            draft.open(draft.get(key, "account"), "id")
    draft.check()
    assert key
    draft.things[key] = {"state": wanted}
    account, center = draft.get(key, "account"), draft.get(key, "to")
    links = draft.state.links("ASSIGNED_TO", account)
    if wanted == "GRANTED" and not any(c.end == center and c.holds(draft.today) for c in links):
        moved(draft, account, center, draft.get(key, "basis"), draft.today, "id")
    draft.check()
