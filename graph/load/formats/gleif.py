"""GLEIF's API: records of legal entities, and of who consolidates whose accounts.

Consolidation is control, never a share. A pass over all files takes the entities, a second one
the relationships: a parent may stand in a later file.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from graph.errors import BadInput
from graph.identifiers import lei
from graph.load import check
from graph.load.bare import Bare
from graph.load.check import Bad
from graph.load.context import Context
from graph.load.rows import ClaimRow, NodeRow, Row, Source
from graph.text import fold
from graph.words import search_name

NAME = "GLEIF"
LABELS = ("Party", "Organization")
CONSOLIDATION = {
    "IS_DIRECTLY_CONSOLIDATED_BY": "direct",
    "IS_ULTIMATELY_CONSOLIDATED_BY": "unknown",  # whether there are companies between
}
WITHDRAWN = {"ANNULLED", "DUPLICATE"}
KINDS = {"lei-records": 1, "relationship-records": 2}
Json = Mapping[str, Any]


def records(document: Any) -> Iterator[Json]:
    """The records of a document of the API: one, a page of them, or none."""
    data = document.get("data") if isinstance(document, dict) else None
    if isinstance(document, dict) and "data" not in document and "attributes" in document:
        data = document
    if data is None:
        raise Bad("INVALID_FORMAT", "data", "", *NO_DOCUMENT)
    for record in data if isinstance(data, list) else [data]:
        if not isinstance(record, dict):
            raise Bad("INVALID_FORMAT", "data", "", *NO_DOCUMENT)
        yield record


def turn(record: Json) -> int:
    """In which pass a record is taken; what nobody takes is told in the first."""
    return KINDS.get(str(record.get("type")), 1)


def read(record: Json, line: int, context: Context) -> list[Row]:
    """The rows of one record."""
    kind = str(record.get("type"))
    try:
        if kind == "lei-records":
            return [_entity(record["attributes"], line)]
        if kind == "relationship-records":
            return _relationship(record, line, context)
    except (KeyError, TypeError, AttributeError) as error:
        told = ("The record lacks what every record of its kind has.", "Get it again.")
        raise Bad("REQUIRED", str(error).strip("'"), "", *told) from None
    told = ("Records of this kind are not read.", "Give lei-records or relationship-records.")
    raise Bad("INVALID_FORMAT", "type", kind, *told)


def _entity(attributes: Json, line: int) -> NodeRow:
    entity = attributes["entity"]
    name = entity["legalName"]["name"]
    others = [*entity.get("otherNames", ()), *entity.get("transliteratedOtherNames", ())]
    form = entity.get("legalForm") or {}
    properties: dict[str, object] = {
        "name": name,
        "searchName": search_name(name),
        "aliases": list(dict.fromkeys(other["name"] for other in others)),
        "country": entity["legalAddress"]["country"],
        "lei": _lei(attributes["lei"], "lei"),
        "legalForm": form.get("id") or form.get("other"),
    }
    return NodeRow("Party", f"lei-{properties['lei']}", LABELS, properties, line)


def _relationship(record: Json, line: int, context: Context) -> list[Row]:
    attributes = record["attributes"]
    related = attributes["relationship"]
    direct = CONSOLIDATION.get(related["type"])
    if direct is None:
        raise Bad("RELATIONSHIP_NOT_ALLOWED", "type", related["type"], *NOT_CONTROL)
    if attributes["registration"]["status"] in WITHDRAWN:
        raise Bad("INVALID_STATE", "status", attributes["registration"]["status"], *WITHDREW)
    child = _known_by_lei(related["startNode"], "startNode", line)
    parent = _known_by_lei(related["endNode"], "endNode", line)
    first, last = _days(related, attributes["registration"])
    claim = ClaimRow(
        "CONTROLS",
        parent.key,
        child.key,
        _source(record, context),
        first,
        last,
        {"interest": "ACCOUNTING_CONSOLIDATION", "directOrIndirect": direct},
        discriminator=related["type"],
        line=line,
    )
    return [child, parent, claim]


def _source(record: Json, context: Context) -> Source:
    ends = record["attributes"]["relationship"]
    child, kind = ends["startNode"]["id"], ends["type"]
    which = "direct" if "DIRECTLY" in kind else "ultimate"
    url = f"https://api.gleif.org/api/v1/lei-records/{child}/{which}-parent-relationship"
    return Source(context.source or NAME, record.get("id"), url, context.at)


def _known_by_lei(end: Json, column: str, line: int) -> NodeRow:
    """An end: named by its LEI, for as long as no record of it is loaded."""
    if end.get("type") != "LEI":
        told = ("This end has no LEI.", "Only relationships between LEI holders are read.")
        raise Bad("INVALID_FORMAT", column, str(end.get("id")), *told)
    number = _lei(end["id"], column)
    properties: dict[str, object] = {"name": number, "searchName": fold(number), "lei": number}
    return Bare("Party", f"lei-{number}", LABELS, properties, line)


def _lei(text: str, column: str) -> str:
    try:
        return lei(text)
    except BadInput as error:
        raise Bad("INVALID_FORMAT", column, text, str(error), "Get the record again.") from None


def _days(related: Json, registration: Json) -> tuple[date | None, date | None]:
    """The period of the relationship; one that is inactive has ended by its last update."""
    periods = {period["type"]: period for period in related.get("periods", ())}
    period = periods.get("RELATIONSHIP_PERIOD", {})
    first, last = _day(period.get("startDate")), _day(period.get("endDate"))
    if last is None and related.get("status") == "INACTIVE":
        last = _day(registration.get("lastUpdateDate"))
    return first, last


def _day(text: str | None) -> date | None:
    return check.day(text, "periods") if text else None


NO_DOCUMENT = (
    "This is no document of the GLEIF API: it has no data.",
    "Give the API's answers as they come, version 1.",
)
NOT_CONTROL = (
    "Relationships of branches and funds are not consolidation and are not read.",
    "Leave it out.",
)
WITHDREW = ("GLEIF has withdrawn this record.", "Nothing needs to be done.")
