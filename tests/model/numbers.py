"""Importer numbers: registered, changed, held by another."""

from random import Random

from tests.model.choosing import some
from tests.model.state import Draft, Given, State, claim, stored


def registering(random: Random, state: State) -> Given:
    texts = [*state.numbers, f"66-{random.randrange(10**6):07d}00", "12-34"]
    known = random.random() < 0.6
    given: Given = {"id": some(random, state, "ImporterNumber")} if known else {}
    if not known or random.random() < 0.05:
        given["number"] = random.choice(texts[-6:])
    if random.random() < 0.5:
        given["status"] = random.choice(["ACTIVE", "INACTIVE", "VOIDED"])
    if random.random() < 0.6:
        given["holderId"] = random.choice([None, some(random, state, "Party")])
    return given


def save_importer_number(draft: Draft, given: Given) -> None:
    id_, text = given.get("id"), given.get("number")
    if id_ is not None and text is not None:
        draft.refuse("INVALID_STATE", "number")
    new = id_ is None and text is not None
    if new and text == "12-34":
        draft.refuse("INVALID_FORMAT", "number")
    elif new and text in draft.state.numbers:
        draft.refuse("ALREADY_EXISTS", "number")
    number = draft.thing(id_, ("ImporterNumber",), "id")
    holder = draft.thing(given.get("holderId"), ("Party",), "holderId")
    draft.check()
    key = number or f"ImporterNumber:NEW{text}"
    draft.things[key] = {"kind": "ImporterNumber"}
    if "status" in given:
        draft.things[key]["status"] = given["status"]
    if new:
        draft.named = lambda payload: {key: stored(payload["importerNumber"]["key"])}
    if "holderId" in given:
        held_by(draft, key, holder)


def held_by(draft: Draft, key: str, holder: str | None) -> None:
    """Who holds it from today on."""
    now = [c for c in draft.state.links("HOLDS", end=key) if c.holds(draft.today)]
    if holder is None or [c.start for c in now] != [holder]:
        made = claim("HOLDS", holder, key, draft.today) if holder else None
        draft.end(now, draft.today, "holderId", new=made)
        if made:
            draft.put(made, "holderId")
