"""Parties and filer codes: registered, changed, held by another."""

from random import Random

from tests.model.choosing import some
from tests.model.numbers import held_by
from tests.model.state import Draft, Given, State, stored

LABELS = {"ORGANIZATION": "Organization", "PERSON": "Person", "UNSPECIFIED_PARTY": "Unspecified"}
OWN = {
    "Organization": ("name", "duns"), "Person": ("name",),
    "Unspecified": ("unspecifiedReason", "note"),
}  # fmt: skip
REASONS = {"UNKNOWN": "Unknown owner", "NOT_PROVIDED": "Owner not provided"}
DUNS = ["12-345-6789", "123456789", "987654321", "98-765-4320", "111111111"]
CODES = ["QA1", "QA2", "QA3", "qa4", "QA5", "000", "AB1"]


def registering(random: Random, state: State) -> Given:
    """A party, in all fields that it could be given."""
    given: Given = {}
    if random.random() < 0.5:
        given["id"] = some(random, state, "Party")
    if "id" not in given or random.random() < 0.2:
        given["kind"] = random.choice([*LABELS, *LABELS, *LABELS, "CENTER", None])
    new, label = "id" not in given, LABELS.get(given.get("kind") or "")
    named = label != "Unspecified" if label else random.random() < 0.5
    if (named and (new or random.random() < 0.4)) or random.random() < 0.05:
        given["name"] = random.choice(
            ["Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "", None]
        )
    for name, often, values in (
        ("unspecifiedReason", 0.95 if label == "Unspecified" else 0.03, [*REASONS, *REASONS, None]),
        ("country", 0.3, ["US", "US", "CA", "CA", None, None, "XX"]),
        ("aliases", 0.3, [[], ["Alias"], ["Alias", "Alias", "Other"], ["Other"], ["Other", ""]]),
        ("duns", 0.3 if label == "Organization" else 0.03, [*DUNS, None, "12"]),
        ("note", 0.3 if label == "Unspecified" else 0.02, ["Asked", None, ""]),
    ):
        if random.random() < often:
            given[name] = random.choice(values)
    return given


def save_party(draft: Draft, given: Given) -> None:
    new = "id" not in given
    party = draft.thing(given.get("id"), ("Party",), "id")
    label = _label(draft, given, party)
    for name in given:
        owned = any(name in own for own in OWN.values())
        if label and owned and name not in OWN[label]:
            draft.refuse("INVALID_FORMAT", name)
    needed = "unspecifiedReason" if label == "Unspecified" else "name"
    if new and label and needed not in given:
        draft.refuse("REQUIRED", needed)
    said = _said(draft, given, party)
    draft.check()
    key = party or "Party:NEW"
    if new:
        usual: Given = {"country": None, "aliases": [], "duns": None}
        said = {"kind": label, **usual, **said}
        draft.named = lambda payload: {key: stored(payload["party"]["key"])}
    draft.things[key] = said


def _label(draft: Draft, given: Given, party: str | None) -> str | None:
    """What kind it is; noted if none, or not the one that it has."""
    kind = given.get("kind")
    label = LABELS.get(kind) if kind else None
    stands = draft.get(party, "kind") if party else None
    if kind and not label:
        draft.refuse("WRONG_KIND", "kind")
    if kind is None and "id" not in given:
        draft.refuse("REQUIRED", "kind")
    if stands and label not in (None, stands):
        draft.refuse("WRONG_KIND", "kind")
    return stands or label


def _said(draft: Draft, given: Given, party: str | None) -> Given:
    said: Given = {name: given[name] for name in ("name", "country", "duns") if name in given}
    for name, empty in (("name", ("", None)), ("unspecifiedReason", (None,)), ("note", ("",))):
        if name in given and given[name] in empty:
            draft.refuse("REQUIRED", name)
    if given.get("country") == "XX":
        draft.refuse("NOT_FOUND", "country")
    if "aliases" in given:
        said["aliases"] = _aliases(draft, given["aliases"])
    if given.get("duns"):
        said["duns"] = _duns(draft, given["duns"], party)
    if "unspecifiedReason" in given:
        said["name"] = REASONS.get(given["unspecifiedReason"])
    return said


def _aliases(draft: Draft, told: list[str]) -> list[str]:
    """Other names, each once; noted if one is empty."""
    for at, each in enumerate(told):
        if not each:
            draft.refuse("REQUIRED", "aliases", at)
    return list(dict.fromkeys(told))


def _duns(draft: Draft, text: str, party: str | None) -> str:
    """The number in its one spelling; noted if it has no form, or is another's."""
    if text == "12":
        draft.refuse("INVALID_FORMAT", "duns")
    number = text.replace("-", "")
    others = [key for key in draft.state.of("Party") if key != party]
    if any(draft.get(key, "duns") == number for key in others):
        draft.refuse("ALREADY_EXISTS", "duns")
    return number


def coding(random: Random, state: State) -> Given:
    given: Given = {}
    if random.random() < 0.5:
        given["id"] = some(random, state, "FilerCode")
    if ("id" not in given and random.random() < 0.97) or random.random() < 0.05:
        given["code"] = random.choice(CODES)
    if random.random() < 0.6:
        given["holderId"] = random.choice([None, some(random, state, "Party")])
    return given


def save_filer_code(draft: Draft, given: Given) -> None:
    id_, text = given.get("id"), given.get("code")
    if (id_ is None) == (text is None):
        draft.refuse("REQUIRED" if id_ is None else "INVALID_STATE", "code")
    new = f"FilerCode:{text.upper()}" if text and id_ is None else None
    if new == "FilerCode:000":
        draft.refuse("INVALID_FORMAT", "code")
    elif new in draft.state.things:
        draft.refuse("ALREADY_EXISTS", "code")
    code = draft.thing(id_, ("FilerCode",), "id")
    holder = draft.thing(given.get("holderId"), ("Party",), "holderId")
    draft.check()
    key = code or str(new)
    draft.things[key] = {"kind": "FilerCode"} | ({"code": text.upper()} if text else {})
    if "holderId" in given:
        held_by(draft, key, holder)
