"""Claims and the parties and numbers they join: record, correct, end, register."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

from tests.days import today
from tests.model.choosing import day, some
from tests.model.state import DAYS, Claim, Draft, Given, State, claim, identity

RECORDED = ("OWNS", "CONTROLS", "HOLDS", "GRANTED_POA", "NOMINEE_FOR")
PARTY = ("Organization", "Person", "Unspecified")
ENDS = {
    "OWNS": (PARTY, ("Organization",)),
    "CONTROLS": (PARTY, ("Organization",)),
    "HOLDS": (PARTY, ("ImporterNumber", "FilerCode")),
    "GRANTED_POA": (("Importer",), ("Broker",)),
    "NOMINEE_FOR": (PARTY, PARTY),
}
BETWEEN_TWO = ("CONTROLS", "NOMINEE_FOR")
KINDS = ("Account", "ImporterNumber", "Party", "FilerCode")
ALL = 1_000_000_000


def recording(random: Random, state: State) -> Given:
    return {"relationships": [_told(random, state) for _ in range(random.choice([1, 1, 2]))]}


def _told(random: Random, state: State) -> Given:
    type_ = random.choice([*RECORDED, "OWNS", "OWNS", "MANAGED_BY"])
    ends: list[str] = []
    for place in (0, 1):
        labels = ENDS.get(type_, (("Importer",), ("Organization",)))[place]
        fitting = [key for key, thing in state.things.items() if thing["kind"] in labels]
        usual = random.random() < 0.9 and fitting
        ends.append(random.choice(fitting) if usual else some(random, state, "Party"))
    given: Given = {"type": type_, "fromId": ends[0], "toId": ends[1]}
    given["validFrom"] = random.choice([None, *DAYS[:3]])
    given["validTo"] = random.choice([None, None, *DAYS, today()])
    given["source"] = {"name": "Register", "reference": random.choice([None, "1", "2"])}
    if random.random() < 0.06:
        given["source"] = None
    if (type_ == "OWNS" and random.random() < 0.7) or random.random() < 0.05:
        given["share"] = {"min": random.choice([10, 30]), "max": random.choice([20, 60])}
    if random.random() < 0.2:
        given["interest"] = random.choice(["VOTING_RIGHTS", "TRUSTEE"])
    if (type_ == "GRANTED_POA" and random.random() < 0.5) or random.random() < 0.05:
        given["scope"] = random.choice(["IMPORT", "NOTHING"])
    return given


def record_relationships(draft: Draft, given: Given) -> None:
    made: list[tuple[int, Claim]] = []
    for at, each in enumerate(given["relationships"]):
        found = _recorded(draft, each, at)
        if found:
            made.append((at, found))
    seen: set[Any] = set()
    for at, each in made:
        before = draft.state.claims.get(each.identity)
        if each.identity in seen or (before and not before.withdrawn):
            draft.refuse("ALREADY_EXISTS", "relationships", at)
        seen.add(each.identity)
        draft.put(each, "relationships", at)
    draft.check()


def _recorded(draft: Draft, each: Given, at: int) -> Claim | None:
    path, type_ = ("relationships", at), each["type"]
    start = draft.thing(each["fromId"], KINDS, *path, "fromId")
    end = draft.thing(each["toId"], KINDS, *path, "toId")
    if each["source"] is None:
        draft.refuse("REQUIRED", *path, "source")
    _days(draft, each["validFrom"], each["validTo"], *path)
    if type_ not in RECORDED:
        draft.refuse("RELATIONSHIP_NOT_ALLOWED", *path, "type")
        return None
    _ends(draft, each, start, end, *path)
    said = _said(draft, type_, each, *path)
    if not (start and end and each["source"]):
        return None
    made = claim(type_, start, end, each["validFrom"], **said)
    source = ("Register", each["source"]["reference"])
    made = replace(made, last=each["validTo"], source=source)
    return replace(made, identity=identity(made))


def _ends(draft: Draft, each: Given, start: str | None, end: str | None, *path: str | int) -> None:
    """Note ends that a claim of the type cannot join."""
    for place, (key, name) in enumerate(((start, "fromId"), (end, "toId"))):
        if key and draft.get(key, "kind") not in ENDS[each["type"]][place]:
            draft.refuse("RELATIONSHIP_NOT_ALLOWED", *path, name)
        if key and draft.get(key, "status") == "CLOSED" and not each["validTo"]:
            draft.refuse("INVALID_STATE", *path, name)
    if each["type"] in BETWEEN_TWO and start and start == end:
        draft.refuse("RELATIONSHIP_NOT_ALLOWED", *path, "toId")


def _days(draft: Draft, first: date | None, last: date | None, *path: str | int) -> None:
    if first and last and not first < last:
        draft.refuse("INTERVAL_CONFLICT", *path, "validTo")


def _said(draft: Draft, type_: str, each: Given, *path: str | int) -> Given:
    """Share, interest and scope, for the types that have them."""
    said: Given = {}
    share = each.get("share")
    if type_ == "OWNS":
        said["share"] = (share["min"], share["max"]) if share else None
        if share and share["min"] > share["max"]:
            draft.refuse("OUT_OF_RANGE", *path, "share", "min")
    elif share:
        draft.refuse("INVALID_FORMAT", *path, "share")
    if type_ in ("OWNS", "CONTROLS"):
        said["interest"] = each.get("interest") or _usual(type_)
    elif each.get("interest"):
        draft.refuse("INVALID_FORMAT", *path, "interest")
    scope = each.get("scope")
    if scope and type_ != "GRANTED_POA":
        draft.refuse("INVALID_FORMAT", *path, "scope")
    elif scope == "NOTHING":
        draft.refuse("NOT_FOUND", *path, "scope")
    return {**said, "scope": scope}


def _usual(type_: str) -> str:
    return "SHAREHOLDING" if type_ == "OWNS" else "UNKNOWN"


def _any(random: Random, state: State) -> str:
    """The id of a relationship, mostly of one that was recorded; made up at times."""
    if random.random() < 0.05 or not state.known:
        return random.choice(["nonsense", "Relationship:R-0", "Party:O-1"])
    return random.choice(sorted(state.known))


def found_by(draft: Draft, id_: str) -> Claim | None:
    """The claim of an id; noted if none stands."""
    if ":" not in id_:
        draft.refuse("INVALID_FORMAT", "id")
    elif not id_.startswith("Relationship:"):
        draft.refuse("WRONG_KIND", "id")
    elif id_ not in draft.state.known:
        draft.refuse("NOT_FOUND", "id")
    else:
        found = draft.state.claims[draft.state.known[id_]]
        if not found.withdrawn:
            return found
        draft.refuse("INVALID_STATE", "id")
    return None


def correcting(random: Random, state: State) -> Given:
    given: Given = {"id": _any(random, state), "source": {"name": "Correction"}}
    if random.random() < 0.5:
        given["share"] = {"min": random.choice([5, 50]), "max": random.choice([40, 90])}
    if random.random() < 0.4:
        given["validFrom"] = random.choice([None, *DAYS[:3]])
    if random.random() < 0.4:
        given["validTo"] = random.choice([None, *DAYS, today()])
    if random.random() < 0.15:
        given["retract"] = True
    return given


def correct_relationship(draft: Draft, given: Given) -> None:
    found = found_by(draft, given["id"])
    if given.get("retract"):
        for name in ("share", "validFrom", "validTo"):
            if name in given:
                draft.refuse("INVALID_STATE", name)
    if found is None or found.type not in RECORDED:
        if found:
            draft.refuse("RELATIONSHIP_NOT_ALLOWED", "id")
        _days(draft, given.get("validFrom"), given.get("validTo"))
        _said(draft, "OWNS", given)
        draft.check()
    assert found
    first = given.get("validFrom", found.first)
    last = given.get("validTo", found.last)
    _days(draft, first, last)
    told = dict(found.said)
    if "share" in given:
        told |= {"share": _said(draft, found.type, {"share": given["share"]}).get("share")}
    draft.check()
    said = tuple(sorted((n, v) for n, v in told.items() if v is not None))
    draft.put(
        replace(
            found, first=first, last=last, said=said, source=("Correction", None),
            withdrawn=given.get("retract", False),
        )
    )  # fmt: skip


def ending(random: Random, state: State) -> Given:
    return {"id": _any(random, state), "validTo": day(random)}


def end_relationship(draft: Draft, given: Given) -> None:
    on = draft.past(given["validTo"], "validTo")
    found = found_by(draft, given["id"])
    if found is None:
        draft.check()
    assert found
    if found.type not in (*RECORDED, "MANAGED_BY", "SERVES", "ASSIGNED_TO"):
        draft.refuse("RELATIONSHIP_NOT_ALLOWED", "id")
    if found.last is not None and found.last <= on:
        draft.refuse("INVALID_STATE", "id")
    if found.first is not None and on <= found.first:
        draft.refuse("INTERVAL_CONFLICT", "validTo")
    draft.check()
    draft.put(replace(found, last=on))
    if found.type == "MANAGED_BY" and found.get("role") == "PRIMARY":
        links = draft.state.links("PARTICIPATES_IN", found.start)
        active = any(draft.get(c.end, "status") == "ACTIVE" for c in links)
        if active and found.holds(draft.today) and on <= draft.today:
            draft.refuse("ISA_NEEDS_MANAGER", "id")
