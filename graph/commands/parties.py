"""Registering and changing parties."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from graph import identifiers, policy
from graph.commands import texts
from graph.commands.header import KEEP, Given, Header
from graph.commands.owning import tied
from graph.commands.run import run
from graph.commands.writing import Held, Step, Writing
from graph.errors import BadInput
from graph.load.rows import NodeRow
from graph.queries import query
from graph.records import Written
from graph.session import Graph
from graph.terms import EntityKind, Permission, UnspecifiedReason, UserErrorCode

LABELS = {
    EntityKind.ORGANIZATION: "Organization",
    EntityKind.PERSON: "Person",
    EntityKind.UNSPECIFIED_PARTY: "Unspecified",
}
OWN = {
    "Organization": ("name", "legalForm", "lei", "duns"),
    "Person": ("name",),
    "Unspecified": ("unspecifiedReason", "note"),
}
"""What only parties of a kind say, by the names of the input."""
ALIASES = 50
# An unspecified party has no name: words that say why stand for it.
WORDS = {
    UnspecifiedReason.NO_BENEFICIAL_OWNERS: "No beneficial owner",
    UnspecifiedReason.UNABLE_TO_CONFIRM: "Owner not confirmed",
    UnspecifiedReason.NOT_PROVIDED: "Owner not provided",
    UnspecifiedReason.SUBJECT_EXEMPT: "Exempt from disclosure",
    UnspecifiedReason.PARTY_EXEMPT: "Owner exempt from disclosure",
    UnspecifiedReason.NOT_KNOWN_TO_PUBLISHER: "Owner not known to the register",
    UnspecifiedReason.UNKNOWN: "Unknown owner",
}


@dataclass(frozen=True, slots=True)
class PartyGiven:
    """A party as a caller gives it; without an id it is a new one."""

    id: str | None = None
    kind: EntityKind | None = None
    name: Given[str] = KEEP
    aliases: Given[tuple[str, ...]] = KEEP
    country: Given[str] = KEEP
    legal_form: Given[str] = KEEP
    lei: Given[str] = KEEP
    duns: Given[str] = KEEP
    unspecified_reason: Given[UnspecifiedReason] = KEEP
    note: Given[str] = KEEP

    @property
    def said(self) -> dict[str, object]:
        """What is given, by the names of the input."""
        values = {
            "name": self.name,
            "aliases": self.aliases,
            "country": self.country,
            "legalForm": self.legal_form,
            "lei": self.lei,
            "duns": self.duns,
            "unspecifiedReason": self.unspecified_reason,
            "note": self.note,
        }
        return {name: value for name, value in values.items() if value is not KEEP}


async def save(graph: Graph, header: Header, given: PartyGiven) -> Written:
    """Register a party, or change what is known of it."""
    policy.reaching(header.viewer, Permission.WRITE_OWNERSHIP)
    id_ = f"P-{uuid4().hex[:16]}"

    async def plan(writing: Writing) -> Written:
        return await _save(writing, given, id_)

    return await run(graph, header, plan, Permission.WRITE_OWNERSHIP)


async def _save(writing: Writing, given: PartyGiven, id_: str) -> Written:
    key = writing.key(given.id, ("Party",), "id") if given.id is not None else None
    await writing.hold([key])
    party = writing.thing(key, "id")
    if party is not None:
        tied(writing, [party.key], "id")
    label = _label(writing, given, party)
    said = given.said
    if label is not None:
        _fits(writing, label, said)
    if given.id is None and label is not None:
        _required(writing, label, said)
    writing.expect(party.version if party else 0)
    properties = await _properties(writing, said, key)
    writing.check()
    assert label is not None
    row = NodeRow("Party", party.id if party else id_, ("Party", label), properties)
    await writing.write([Step((row,))])
    return Written(things=(row.key,))


def _label(writing: Writing, given: PartyGiven, party: Held | None) -> str | None:
    """The kind of party; noted if it is none, or not that of the party there is."""
    label = LABELS.get(given.kind) if given.kind else None
    if given.kind is not None and label is None:
        told = "A party is an ORGANIZATION, a PERSON or an UNSPECIFIED_PARTY. Give one of these."
        writing.refuse(UserErrorCode.WRONG_KIND, told, "kind")
    if given.kind is None and given.id is None:
        told = "A new party needs its kind. Give it."
        writing.refuse(UserErrorCode.REQUIRED, told, "kind")
    if party is None:
        return label
    stands = next(each for each in OWN if each in party.labels)
    if label not in (None, stands):
        told = "A party does not change its kind. Leave it out, or register another party."
        writing.refuse(UserErrorCode.WRONG_KIND, told, "kind")
    return stands


def _fits(writing: Writing, label: str, said: dict[str, object]) -> None:
    """Note what parties of this kind do not say."""
    for name in said:
        if any(name in own for own in OWN.values()) and name not in OWN[label]:
            told = f"A party of the kind {label} has no {name}. Leave it out."
            writing.refuse(UserErrorCode.INVALID_FORMAT, told, name)


def _required(writing: Writing, label: str, said: dict[str, object]) -> None:
    """Note what a new party lacks."""
    name = "unspecifiedReason" if label == "Unspecified" else "name"
    if name not in said:
        told = "A new party needs this. Give it."
        writing.refuse(UserErrorCode.REQUIRED, told, name)


async def _properties(
    writing: Writing, said: dict[str, object], key: str | None
) -> dict[str, object]:
    """What is given in its one spelling, checked."""
    found: dict[str, object] = {}
    if "name" in said:
        found["name"] = texts.text(writing, _text(said["name"]), texts.NAME, "name", required=True)
    if "aliases" in said:
        found["aliases"] = _aliases(writing, said["aliases"])
    found |= await _coded(writing, said)
    found |= await _registered(writing, said, key)
    if "unspecifiedReason" in said:
        reason = said["unspecifiedReason"]
        if isinstance(reason, UnspecifiedReason):
            found |= {"unspecifiedReason": reason.value, "name": WORDS[reason]}
        else:
            told = "An unspecified party has a reason. Give one, or leave it out."
            writing.refuse(UserErrorCode.REQUIRED, told, "unspecifiedReason")
    if "note" in said:
        found["note"] = texts.text(writing, _text(said["note"]), texts.LONG, "note")
    return found


async def _coded(writing: Writing, said: dict[str, object]) -> dict[str, object]:
    """Codes of vocabularies; noted if there are none such."""
    found: dict[str, object] = {}
    for name, vocabulary in (("country", "COUNTRY"), ("legalForm", "LEGAL_FORM")):
        if name in said:
            code = _text(said[name])
            found[name] = code
            if code is not None and not await writing.terms([(vocabulary, code)]):
                told = f"There is no such code. Give one of the vocabulary {vocabulary}."
                writing.refuse(UserErrorCode.NOT_FOUND, told, name)
    return found


def _aliases(writing: Writing, given: object) -> list[str]:
    """Other names, each once."""
    some = given if isinstance(given, tuple) else ()
    if len(some) > ALIASES:
        texts.counted(writing, len(some), ALIASES, "aliases")
    found = [
        texts.text(writing, each, texts.NAME, "aliases", at, required=True)
        for at, each in enumerate(some[:ALIASES])
    ]
    return list(dict.fromkeys(each for each in found if each))


async def _registered(
    writing: Writing, said: dict[str, object], key: str | None
) -> dict[str, object]:
    """LEI and DUNS number; noted if they have no form or are another party's."""
    parsers: dict[str, Callable[[str], str]] = {"lei": identifiers.lei, "duns": identifiers.duns}
    found: dict[str, object] = {}
    for name, parse in parsers.items():
        text = _text(said.get(name))
        if name in said:
            found[name] = None
        if text is None:
            continue
        try:
            found[name] = parse(text)
        except BadInput as error:
            writing.refuse(UserErrorCode.INVALID_FORMAT, str(error), name)
    wanted = {name: found.get(name) for name in parsers}
    for row in await writing.ask(query("command/registered"), **wanted) if found else []:
        if row["key"] != key:
            told = "Another party is registered under it. Change that one, or correct this."
            writing.refuse(UserErrorCode.ALREADY_EXISTS, told, row["name"])
    return found


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
