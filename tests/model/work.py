"""Flags, issues and saved views."""

from dataclasses import replace
from random import Random

from tests.model.choosing import day, some
from tests.model.state import Draft, Given, State, claim, identity, stored

SUBJECTS = ("Account", "ImporterNumber", "FilerCode", "Party")
PURPOSES = ["ADVICE", "COMPLIANCE"]
CLOSED = ("RESOLVED", "CANCELLED")


def flagging(random: Random, state: State) -> Given:
    kind = random.choice(["Account", "Account", "ImporterNumber", "Party"])
    return {
        "flag": {
            "subjectId": some(random, state, kind),
            "kind": random.choice(["IPR", "PENALTY", "NOTHING"]),
            "raisedOn": day(random),
            "evidence": random.choice([[], [{"name": "Seizure"}], [{"name": "Seizure"}]]),
        }
    }


def raise_risk_flag(draft: Draft, given: Given) -> None:
    flag = given["flag"]
    subject = draft.thing(flag["subjectId"], SUBJECTS, "flag", "subjectId")
    on = draft.past(flag["raisedOn"], "flag", "raisedOn")
    if not flag["evidence"]:
        draft.refuse("REQUIRED", "flag", "evidence")
    if flag["kind"] == "NOTHING":
        draft.refuse("NOT_FOUND", "flag", "kind")
    draft.check()
    assert subject
    key = "RiskFlag:NEW"
    draft.things[key] = {
        "kind": "RiskFlag", "flag": flag["kind"], "raisedOn": on, "resolvedOn": None
    }  # fmt: skip
    made = replace(claim("FLAGS", key, subject, on), source=("Seizure", None))
    draft.put(replace(made, identity=identity(made)), "flag")
    draft.named = lambda payload: {key: stored(payload["flag"]["id"])}


def resolving(random: Random, state: State, kind: str) -> Given:
    said = random.choice(["Seen to.", "Seen to.", ""])
    return {
        "id": some(random, state, kind),
        "resolution": said,
        "on": day(random),
        "cancel": random.random() < 0.2,
    }


def resolving_flag(random: Random, state: State) -> Given:
    return resolving(random, state, "RiskFlag")


def resolve_risk_flag(draft: Draft, given: Given) -> None:
    if given["cancel"]:
        draft.refuse("INVALID_FORMAT", "cancel")
    flag = draft.thing(given["id"], ("RiskFlag",), "id")
    if not given["resolution"]:
        draft.refuse("REQUIRED", "resolution")
    on = draft.past(given["on"], "on")
    if flag and draft.get(flag, "resolvedOn"):
        draft.refuse("INVALID_STATE", "id")
    elif flag and on <= draft.get(flag, "raisedOn"):
        draft.refuse("INTERVAL_CONFLICT", "on")
    draft.check()
    draft.things[str(flag)] = {"resolvedOn": on}


def issuing(random: Random, state: State) -> Given:
    given: Given = {}
    if random.random() < 0.5:
        given["id"] = some(random, state, "Issue")
    if "id" not in given or random.random() < 0.1:
        given["accountId"] = some(random, state, "Account")
    if random.random() < 0.8:
        given["title"] = random.choice(["Late papers", "Wrong class", ""])
    if random.random() < 0.8:
        given["purpose"] = random.choice([*PURPOSES, *PURPOSES, None])
    if random.random() < 0.4:
        given["status"] = random.choice(["OPEN", "IN_PROGRESS", "WAITING", "RESOLVED"])
    if random.random() < 0.4:
        given["handlerId"] = random.choice([None, some(random, state, "AccountManager")])
    if random.random() < 0.3:
        given["shared"] = random.choice([True, False, None])
    return given


def save_issue(draft: Draft, given: Given) -> None:
    new = "id" not in given
    issue = draft.thing(given.get("id"), ("Issue",), "id")
    account = draft.thing(given.get("accountId"), ("Account",), "accountId")
    handler = draft.thing(given.get("handlerId"), ("AccountManager", "Specialist"), "handlerId")
    if issue and draft.get(issue, "status") in CLOSED:
        draft.refuse("INVALID_STATE", "id")
    if given.get("status") == "RESOLVED":
        draft.refuse("INVALID_STATE", "status")
    if handler and not draft.get(handler, "active"):
        draft.refuse("INVALID_STATE", "handlerId")
    _filled(draft, given, new)
    if new and given.get("accountId") is None:
        draft.refuse("REQUIRED", "accountId")
    if account:
        draft.open(account, "accountId")
        _stays(draft, issue, account, new)
    draft.check()
    key = issue or "Issue:NEW"
    said: Given = {n: given[n] for n in ("title", "purpose", "status") if n in given}
    said |= {n: bool(given[n]) for n in ("shared",) if n in given}
    if new:
        usual = {"kind": "Issue", "status": "OPEN", "openedOn": draft.today, "closedOn": None}
        said = {**usual, "shared": False, **said}
        draft.put(claim("CONCERNS", key, str(account), draft.today), "accountId")
        draft.named = lambda payload: {key: stored(payload["issue"]["key"])}
    draft.things[key] = said
    if "handlerId" in given:
        _handled(draft, key, handler)


def _stays(draft: Draft, issue: str | None, account: str, new: bool) -> None:
    """Note an issue that would be another account's."""
    links = draft.state.links("CONCERNS", issue) if issue else []
    if not new and all(c.end != account for c in links):
        draft.refuse("INVALID_STATE", "accountId")


def _filled(draft: Draft, given: Given, new: bool) -> None:
    """Note an issue without title or purpose."""
    missing = {} if new else {"title": "as it is", "purpose": "as it is"}
    for name in ("title", "purpose"):
        if not {**missing, **given}.get(name):
            draft.refuse("REQUIRED", name)


def _handled(draft: Draft, issue: str, handler: str | None) -> None:
    """Who has it: the one before ends today."""
    links = [c for c in draft.state.links("HANDLED_BY", issue) if c.last is None]
    draft.end([c for c in links if c.end != handler], draft.today)
    if handler and all(c.end != handler for c in links):
        draft.put(claim("HANDLED_BY", issue, handler, draft.today, part="HANDLER"), "handlerId")


def resolving_issue(random: Random, state: State) -> Given:
    return resolving(random, state, "Issue")


def resolve_issue(draft: Draft, given: Given) -> None:
    issue = draft.thing(given["id"], ("Issue",), "id")
    if not given["resolution"]:
        draft.refuse("REQUIRED", "resolution")
    on = draft.past(given["on"], "on")
    if issue and draft.get(issue, "status") in CLOSED:
        draft.refuse("INVALID_STATE", "id")
    elif issue and on < draft.get(issue, "openedOn"):
        draft.refuse("INTERVAL_CONFLICT", "on")
    draft.check()
    status = "CANCELLED" if given["cancel"] else "RESOLVED"
    draft.things[str(issue)] = {"status": status, "closedOn": on}


def viewing(random: Random, state: State) -> Given:
    given: Given = {"title": random.choice(["Mine", "Yours", ""])}
    if random.random() < 0.5:
        given["id"] = some(random, state, "SavedView")
    if "id" not in given or random.random() < 0.5:
        given["document"] = random.choice(["{ viewer { name } }", "{ broken"])
    return given


def save_view(draft: Draft, given: Given) -> None:
    view = draft.thing(given.get("id"), ("SavedView",), "id")
    if not given["title"]:
        draft.refuse("REQUIRED", "title")
    if given.get("document") == "{ broken":
        draft.refuse("INVALID_FORMAT", "document")
    draft.check()
    key = view or "SavedView:NEW"
    draft.things[key] = {"kind": "SavedView", "title": given["title"]}
    if view is None:
        draft.named = lambda payload: {key: stored(payload["view"]["id"])}


def deleting(random: Random, state: State) -> Given:
    return {"id": some(random, state, "SavedView")}


def delete_view(draft: Draft, given: Given) -> None:
    view = draft.thing(given["id"], ("SavedView",), "id")
    draft.check()
    draft.gone.append(str(view))
