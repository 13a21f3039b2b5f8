"""Rows to records: the one place where camelCase meets snake_case and open ends become None."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_type_hints

from neo4j.time import Date, DateTime

from graph import lives, records
from graph.records.moment import Moment
from graph.terms import CenterBasis, Interest, ManagerRole, RelationshipType

OPEN_DAY = date(9999, 12, 31)  # stored for "still": one predicate serves open and closed
UNKNOWN_DAY = date(1, 1, 1)  # stored for a beginning that is not known
OPEN_INSTANT = datetime(9999, 12, 31, tzinfo=UTC)
CODES = {
    "country": "country_code",
    "legalForm": "legal_form_code",
    "kind": "kind_code",
    "priorityTradeIssues": "priority_trade_issue_codes",
    "measures": "measure_texts",
    "segment": "segment_id",
    "flags": "flag_ids",
}
REMEMBERED = 10_000  # days and instants as text: few are met often
NOT_FIELDS = {"key", "id", "labels"}
AS_IT_IS = frozenset({str, bool, int, float})  # how a field may declare what needs no reading
Row = Mapping[str, Any]
Word = TypeVar("Word", bound=StrEnum)


@cache
def snake(name: str) -> str:
    """`validFrom` as Python spells it; a code whose term is another field says so."""
    return CODES.get(name) or re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()


def native(value: Any) -> Any:
    """A property value as the standard library knows it; an open or unknown end is None."""
    if isinstance(value, Date | DateTime):
        value = value.to_native()
    if isinstance(value, list):
        return tuple(value)
    return None if value in (OPEN_DAY, UNKNOWN_DAY, OPEN_INSTANT) else value


@lru_cache(maxsize=REMEMBERED)
def day(text: str | None) -> date | None:
    """A day projected as text; an open or unknown end is None."""
    return native(date.fromisoformat(text)) if text else None


@lru_cache(maxsize=REMEMBERED)
def instant(text: str | None) -> datetime | None:
    """An instant projected as text; an open end is None."""
    return native(datetime.fromisoformat(text)) if text else None


class Reading(dict[str, tuple[str, Callable[[Any], Any] | None] | None]):
    """How each stored property of a kind of thing is read: learnt when it is first met.

    A property is its field's name and what reads its value, if it is not taken as it is; None for
    what no field names.
    """

    def __init__(self, kind: type[records.Entity]) -> None:
        """Read things of this kind."""
        super().__init__()
        self.kind = kind
        self._hints = get_type_hints(kind)

    def __missing__(self, key: str) -> tuple[str, Callable[[Any], Any] | None] | None:
        """Learn one."""
        known = key not in NOT_FIELDS and (name := self._name(key)) in self._hints
        self[key] = (name, _reader(self._hints[name])) if known else None
        return self[key]

    def _name(self, key: str) -> str:
        told = key == "evidence" and "evidence_texts" in self._hints
        return "evidence_texts" if told else snake(key)


def _reader(hint: Any) -> Callable[[Any], Any] | None:
    """What reads a property as its field declares it: enums by value, days also from text."""
    if isinstance(hint, UnionType):  # a word that may be missing
        hint = next(kind for kind in hint.__args__ if kind is not NoneType)
    if hint in AS_IT_IS:
        return None
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        words = {member.value: member for member in hint}
        return lambda value: words.get(value) or hint(value)
    if hint is date:
        return lambda value: day(value) if type(value) is str else native(value)
    return native


READINGS = {label: Reading(kind) for label, kind in records.RECORDS.items()}


class Labelled(dict[tuple[str, ...], Reading]):
    """The reading of things with these labels."""

    def __missing__(self, labels: tuple[str, ...]) -> Reading:
        """Find it once."""
        found = next(reading for label, reading in READINGS.items() if label in labels)
        return self.setdefault(labels, found)


LABELLED = Labelled()


def entity(row: Row, moment: Moment, parts: Mapping[str, Any] | None = None) -> records.Entity:
    """A thing from a property map that carries its `labels`; what no field names is left out."""
    reading = LABELLED[tuple(row["labels"])]
    values = {}
    for key, value in row.items():
        if value is not None and (field := reading[key]):
            name, read = field
            values[name] = read(value) if read else value
    made = reading.kind(stored_key=row["key"], moment=moment, parts=parts or {}, **values)
    return lives.at(made)


def relationship(
    row: Row, moment: Moment, ends: Mapping[str, records.Entity] | None = None
) -> records.Relationship:
    """A claim from its property map, which carries `type`, `from` and `to` (keys).

    `ends` are things read with it, those that it joins among them.
    """
    shared = "maxShare" in row
    recorded_at = instant(row["recordedAt"])
    assert recorded_at is not None
    return records.Relationship(
        business_id=row["id"],
        moment=moment,
        type=RelationshipType(row["type"]),
        from_key=row["from"],
        to_key=row["to"],
        valid_from=day(row["validFrom"]),
        valid_to=day(row["validTo"]),
        recorded_at=recorded_at,
        superseded_at=instant(row["recordedTo"]),
        superseded_by_id=row.get("supersededBy"),
        source=source(row),
        recorded_by=row.get("recordedBy") or "load",
        share=_share(row) if shared else None,
        interest=_term(Interest, row.get("interest")),
        role=_term(ManagerRole, row.get("role")),
        basis=_term(CenterBasis, row.get("basis")) if row["type"] == "ASSIGNED_TO" else None,
        scope_code=row.get("scope"),
        topic_code=row.get("topic"),
        reason=row.get("reason"),
        version=row.get("version", 1),
        ends=ends or {},
    )


def _term(kind: type[Word], value: str | None) -> Word | None:
    return None if value is None else kind(value)


def _share(row: Row) -> records.ShareRange:
    return records.ShareRange(row["minShare"], row["maxShare"], row.get("disclosed", True))


def source(row: Row) -> records.Source:
    """Who says so, from a claim's properties."""
    return records.Source(
        row["source"],
        row.get("sourceReference"),
        row.get("sourceUrl"),
        instant(row.get("retrievedAt")),
    )


def linked(found: Sequence[Sequence[Any]], moment: Moment) -> list[records.Linked]:
    """Neighbours from `[claim or null, node, sort key, rank, third thing]` lists, in their order.

    The last two may be missing.
    """
    return [_linked(moment, *row) for row in found]


def _linked(
    moment: Moment,
    claim: Row | None,
    node: Row,
    sort: Sequence[Any],
    rank: int = 1,
    via: Row | None = None,
) -> records.Linked:
    return records.Linked(
        entity(node, moment),
        relationship(claim, moment) if claim else None,
        tuple(sort),
        rank,
        entity(via, moment) if via else None,
    )


def term(row: Row) -> records.Term:
    """A term of a vocabulary."""
    return records.Term(
        row["code"],
        row["label"],
        row.get("description"),
        row.get("source"),
        day(row.get("validFrom")),
        day(row.get("validTo")),
    )
