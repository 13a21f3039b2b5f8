"""What happens to whole accounts: split and merged."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from tests.model.accounts import LISTS, OWN, grouped, grouping, leave, raise_
from tests.model.choosing import day, several, some
from tests.model.state import Draft, Given, State, claim, identity, stored

COPIED = ("kind", "status", "national", "centerEligibility")
OVER = ("REMOVED", "WITHDRAWN")


def splitting(random: Random, state: State) -> Given:
    return {**grouping(random, state), "name": random.choice(["Part", "Branch", ""])}


def split_account(draft: Draft, given: Given) -> None:
    account, things, on = grouped(draft, given)
    if not given["name"]:
        draft.refuse("REQUIRED", "name")
    if account is None:
        raise_(draft)
    assert account
    if draft.get(account, "openedOn") == on:
        draft.refuse("INTERVAL_CONFLICT", "on")
    gone = leave(draft, account, things, on, forever=True)
    kind = OWN[draft.get(account, "kind")]
    if things and not any(key.startswith(kind) for key, _ in things):
        draft.refuse("ACCOUNT_NEEDS_IDENTIFIER", LISTS[kind])
    draft.check()
    new = "Account:NEW"
    draft.things[new] = {name: draft.get(account, name) for name in COPIED}
    draft.things[new] |= {"name": given["name"], "openedOn": on, "closedOn": None}
    for number, path in gone:
        draft.put(claim("IDENTIFIES", number, new, on), *path)
    links = [c for t in ("MANAGED_BY", "ASSIGNED_TO") for c in draft.state.links(t, account)]
    for each in [*links, *draft.state.links("SERVES", end=account)]:
        who = each.start if each.type == "SERVES" else each.end
        if each.last is None and draft.get(who, "active") is not False:
            start, end = (new if key == account else key for key in (each.start, each.end))
            first = max(on, each.first or on)
            draft.put(claim(each.type, start, end, first, **dict(each.said)))
    draft.named = lambda payload: {new: stored(payload["account"]["key"])}


def merging(random: Random, state: State) -> Given:
    given: Given = {"intoId": some(random, state, "Account"), "on": day(random)}
    given["fromIds"] = several(random, state, "Account", 2)
    return given


def merge_accounts(draft: Draft, given: Given) -> None:
    sources = given["fromIds"]
    if not sources:
        draft.refuse("OUT_OF_RANGE", "fromIds")
    on = draft.past(given["on"], "on")
    into = draft.thing(given["intoId"], ("Account",), "intoId")
    if into:
        draft.open(into, "intoId")
        if on < draft.get(into, "openedOn"):
            draft.refuse("INTERVAL_CONFLICT", "on")
    closing = _closing(draft, sources, given["intoId"], into, on)
    if into is None:
        raise_(draft)
    assert into
    for account, at in closing:
        draft.things[account] = {"status": "CLOSED", "closedOn": on}
        _over(draft, account, on, at)
    _pass(draft, [account for account, _ in closing], into, on)


def _closing(
    draft: Draft, sources: list[str], wanted: str, into: str | None, on: date
) -> list[tuple[str, int]]:
    """The accounts that can be closed with their places; what is wrong is noted."""
    closing = []
    for at, key in enumerate(sources):
        wrong = len(draft.errors)
        if key.startswith("Account:") and key in [*sources[:at], wanted]:
            draft.refuse("ALREADY_EXISTS", "fromIds", at)
            continue
        account = draft.thing(key, ("Account",), "fromIds", at)
        if account is None:
            continue
        draft.open(account, "fromIds", at)
        if on <= draft.get(account, "openedOn"):
            draft.refuse("INTERVAL_CONFLICT", "on")
        if into and draft.get(into, "kind") != draft.get(account, "kind"):
            draft.refuse("WRONG_KIND", "fromIds", at)
        if len(draft.errors) == wrong:
            closing.append((account, at))
    return closing


def _over(draft: Draft, account: str, on: date, at: int) -> None:
    """Assignments end, and an application to ISA; an active participation keeps its account."""
    state = draft.state
    links = [c for t in ("MANAGED_BY", "ASSIGNED_TO") for c in state.links(t, account)]
    draft.end([*links, *state.links("SERVES", end=account)], on, "on")
    for link in state.links("PARTICIPATES_IN", account):
        part = state.things[link.end]
        if part["status"] in OVER:
            continue
        if part["status"] == "ACTIVE":
            draft.refuse("INVALID_STATE", "fromIds", at)
        if on < (part["acceptedOn"] or part["appliedOn"]):
            draft.refuse("INTERVAL_CONFLICT", "on")
        draft.things[link.end] = {
            "status": "WITHDRAWN", "endedOn": on, "nextNotificationDue": None, "pendingSince": None
        }  # fmt: skip
        draft.end(state.links("COVERS", link.end), on, "on")


def _pass(draft: Draft, closing: list[str], into: str, on: date) -> None:
    """Identifiers and open matters go to the account that remains, each once."""
    state = draft.state
    numbers = [c for a in closing for c in state.links("IDENTIFIES", end=a)]
    matters = [c for a in [into, *closing] for c in _matters(state, a)]
    there = {_matter(c) for c in matters if c.end == into}
    old = [*numbers, *sorted((c for c in matters if c.end != into), key=_order)]
    draft.end(old, on, "on")
    for each in sorted(old, key=lambda c: c.days[1], reverse=True):
        if each.days[1] <= on or _matter(each) in there:
            continue
        there.add(_matter(each))
        made = replace(each, end=into, first=on, identity=())
        draft.put(replace(made, identity=identity(made)), "fromIds")


def _matter(each: Any) -> tuple[str, ...]:
    """What passes once: of a number, what each source says."""
    return each.type, each.start, *((each.source[0],) if each.type == "IDENTIFIES" else ())


def _order(each: Any) -> tuple[str, str, str]:
    return each.type, each.start, each.end


def _matters(state: State, account: str) -> list[Any]:
    """The claims of open flags and issues about it."""
    found = [c for t in ("FLAGS", "CONCERNS") for c in state.links(t, end=account)]
    return [
        c for c in found
        if c.last is None
        and not state.things[c.start].get("resolvedOn")
        and not state.things[c.start].get("closedOn")
        and not state.things[c.start].get("endedOn")
    ]  # fmt: skip
