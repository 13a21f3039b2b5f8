"""Parties, a line each."""

from enum import StrEnum

from graph.errors import BadInput
from graph.identifiers import duns, lei
from graph.load.check import Bad
from graph.load.context import Context
from graph.load.fields import Fields
from graph.load.rows import NodeRow, Row
from graph.terms import UnspecifiedReason
from graph.words import search_name


class PartyKind(StrEnum):
    """The kinds of parties."""

    ORGANIZATION = "ORGANIZATION"
    PERSON = "PERSON"
    UNSPECIFIED = "UNSPECIFIED"


REQUIRED = ("id", "name")
OWN = {
    PartyKind.ORGANIZATION: {"lei", "duns", "legal_form"},
    PartyKind.PERSON: set[str](),
    PartyKind.UNSPECIFIED: {"unspecified_reason", "note"},
}
COLUMNS = {*REQUIRED, "kind", "aliases", "country"}.union(*OWN.values())


def read(fields: Fields, _: Context) -> list[Row]:
    """The party."""
    kind = fields.word(PartyKind, "kind") or PartyKind.ORGANIZATION
    for other in PartyKind:
        for column in sorted(OWN[other] - OWN[kind]):
            if value := fields.text(column):
                told = (f"{kind.capitalize()} has no {column}.", "Leave it empty.")
                raise Bad("INVALID_FORMAT", column, value, *told)
    name = fields.required("name")
    properties: dict[str, object] = {"name": name, "searchName": search_name(name)}
    if "aliases" in fields:
        properties["aliases"] = fields.items("aliases")
    if "country" in fields:
        properties["country"] = fields.country()
    if kind is PartyKind.ORGANIZATION:
        properties |= _organization(fields)
    if kind is PartyKind.UNSPECIFIED:
        reason = fields.word(UnspecifiedReason, "unspecified_reason") or UnspecifiedReason.UNKNOWN
        properties |= {"unspecifiedReason": reason.value, "note": fields.text("note")}
    labels = ("Party", kind.capitalize())
    return [NodeRow("Party", fields.id(), labels, properties, fields.line)]


def _organization(fields: Fields) -> dict[str, object]:
    found: dict[str, object] = {}
    for column, parse in (("lei", lei), ("duns", duns)):
        if column not in fields:
            continue
        value = fields.text(column)
        try:
            found[column] = parse(value) if value else None
        except BadInput as error:
            told = (str(error), "Correct it, or leave it empty.")
            raise Bad("INVALID_FORMAT", column, value or "", *told) from None
    if "legal_form" in fields:
        found["legalForm"] = fields.text("legal_form")
    return found
