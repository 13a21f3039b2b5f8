"""BODS 0.4: statements of entities, of persons and of relationships, as packages or JSON lines.

The last statement of a record counts. A pass over all files takes entities and persons, a second
one relationships: an owner may be stated after what it owns.
"""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from graph.load.bods_interests import claims
from graph.load.check import Bad
from graph.load.context import Context
from graph.load.rows import NodeRow, Row, Source
from graph.terms import UnspecifiedReason
from graph.words import search_name

NAME = "BODS"
KINDS = {"entity": 1, "person": 1, "relationship": 2}
REASONS = {
    "noBeneficialOwners": UnspecifiedReason.NO_BENEFICIAL_OWNERS,
    "subjectUnableToConfirmOrIdentifyBeneficialOwner": UnspecifiedReason.UNABLE_TO_CONFIRM,
    "interestedPartyHasNotProvidedInformation": UnspecifiedReason.NOT_PROVIDED,
    "subjectExemptFromDisclosure": UnspecifiedReason.SUBJECT_EXEMPT,
    "interestedPartyExemptFromDisclosure": UnspecifiedReason.PARTY_EXEMPT,
    "informationUnknownToPublisher": UnspecifiedReason.NOT_KNOWN_TO_PUBLISHER,
}
HIDDEN = {"anonymousPerson", "unknownPerson", "anonymousEntity", "unknownEntity"}
PLAIN = re.compile(r"[A-Za-z0-9._-]{1,60}")
Json = Mapping[str, Any]
Known = Callable[[str], object]


def record(statement: Any) -> str:
    """Which record a statement is about, over all files. Raises Bad if it is none of BODS 0.4."""
    if not isinstance(statement, dict):
        raise Bad("INVALID_FORMAT", "", "", *NO_STATEMENT)
    version = (statement.get("publicationDetails") or {}).get("bodsVersion")
    if "statementType" in statement or (version or "0.4") != "0.4":
        raise Bad("INVALID_FORMAT", "bodsVersion", str(version or "before 0.4"), *VERSION)
    kind = statement.get("recordType")
    if kind not in KINDS:
        raise Bad("INVALID_FORMAT", "recordType", str(kind or ""), *NO_KIND)
    if not statement.get("recordId"):
        raise Bad("REQUIRED", "recordId", "", "The statement has no record id.", "Give it one.")
    return f"{kind} {_id(statement, statement['recordId'])}"


def turn(statement: Json) -> int:
    """In which pass a statement is taken."""
    return KINDS[statement["recordType"]]


def read(known: Known, statement: Json, line: int, context: Context) -> list[Row]:
    """The rows of one statement; `known` tells whether a record was stated."""
    try:
        details = statement.get("recordDetails") or {}
        if statement["recordType"] == "relationship":
            return _relationship(known, statement, details, line, context)
        return [_party(statement, details, line)]
    except (KeyError, TypeError, AttributeError) as error:
        told = ("The statement is not built as BODS 0.4 says.", "Have its publisher correct it.")
        raise Bad("INVALID_FORMAT", str(error).strip("'")[:40], "", *told) from None


def _party(statement: Json, details: Json, line: int) -> NodeRow:
    person = statement["recordType"] == "person"
    kind = details.get("personType") if person else (details.get("entityType") or {}).get("type")
    id_ = _id(statement, statement["recordId"])
    if kind in HIDDEN:
        hidden = details.get("unspecifiedPersonDetails" if person else "unspecifiedEntityDetails")
        return _unspecified(id_, hidden or {}, line, _name(details, person))
    name = _name(details, person)
    if name is None:
        raise Bad("REQUIRED", "name", "", "The statement names nobody.", "Give a name.")
    properties: dict[str, object] = {
        "name": name,
        "searchName": search_name(name),
        "aliases": _aliases(details, person, name),
    }
    if country := _country(details, person):
        properties["country"] = country
    if not person:
        properties["legalForm"] = _form(str(kind)) if kind else None
        properties |= _registered(details)
    labels = ("Party", "Person" if person else "Organization")
    return NodeRow("Party", id_, labels, properties, line)


def _form(kind: str) -> str:
    """`registeredEntity` as our vocabulary spells it."""
    return re.sub(r"(?<!^)([A-Z])", r"_\1", kind).upper()


def _unspecified(id_: str, hidden: Json, line: int, name: str | None = None) -> NodeRow:
    reason = REASONS.get(str(hidden.get("reason")), UnspecifiedReason.UNKNOWN)
    name = name or "Unspecified party"
    properties: dict[str, object] = {
        "name": name,
        "searchName": search_name(name),
        "unspecifiedReason": reason.value,
        "note": hidden.get("description"),
    }
    return NodeRow("Party", id_, ("Party", "Unspecified"), properties, line)


def _relationship(
    known: Known, statement: Json, details: Json, line: int, context: Context
) -> list[Row]:
    subject, owner = details["subject"], details["interestedParty"]
    if not isinstance(subject, str):
        raise Bad("NOT_FOUND", "subject", str(subject.get("reason")), *NO_SUBJECT)
    made: list[Row] = []
    if isinstance(owner, str):
        start = _id(statement, owner)
    else:
        start = _id(statement, f"{statement['recordId']}-party")
        made = [_unspecified(start, owner, line)]
    said = _source(statement, context)
    end = f"Party:{_id(statement, subject)}"
    person = not known(f"entity {start}") and not made
    return [*made, *claims(statement, details, (f"Party:{start}", end), said, line, person)]


def _source(statement: Json, context: Context) -> Source:
    publisher = ((statement.get("publicationDetails") or {}).get("publisher") or {}).get("name")
    url = (statement.get("source") or {}).get("url")
    name = context.source or (f"{NAME}: {publisher}" if publisher else NAME)
    return Source(name, str(statement["recordId"]), url, context.at)


def _id(statement: Json, record_id: str) -> str:
    """A record's id is unique with its publisher only."""
    publisher = (statement.get("publicationDetails") or {}).get("publisher") or {}
    whose = hashlib.sha256(json.dumps(publisher, sort_keys=True).encode()).hexdigest()[:8]
    if not PLAIN.fullmatch(record_id):
        record_id = hashlib.sha256(record_id.encode()).hexdigest()[:24]
    return f"bods-{whose}-{record_id}"


def _name(details: Json, person: bool) -> str | None:
    if not person:
        return details.get("name")
    names = details.get("names") or []
    first = next((name for name in names if name.get("type") == "legal"), names[0] if names else {})
    parts = [first.get("givenName"), first.get("familyName")]
    return first.get("fullName") or " ".join(part for part in parts if part) or None


def _aliases(details: Json, person: bool, name: str) -> list[str]:
    others = details.get("alternateNames") or []
    if person:
        others = [one.get("fullName") for one in details.get("names") or []]
    return [other for other in dict.fromkeys(others) if other and other != name]


def _country(details: Json, person: bool) -> str | None:
    places = details.get("nationalities") or [] if person else [details.get("jurisdiction") or {}]
    code = str((places[0] if places else {}).get("code") or "")[:2].upper()
    return code if len(code) == 2 else None


def _registered(details: Json) -> dict[str, object]:
    """An LEI among the identifiers."""
    for identifier in details.get("identifiers") or []:
        if identifier.get("scheme") == "XI-LEI":
            return {"lei": identifier.get("id")}
    return {}


NO_STATEMENT = ("This is no statement.", "Give statements of BODS 0.4, each an object.")
VERSION = ("Only version 0.4 of the standard is read.", "Have the file converted to 0.4.")
NO_KIND = ("A record is of an entity, a person or a relationship.", "Correct recordType.")
NO_SUBJECT = (
    "The subject is not specified: there is nothing that could be owned.",
    "Nothing needs to be done.",
)
