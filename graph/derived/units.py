"""Entries of the change log, with what they put on record and what they take off it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from neo4j import Query

from graph.algorithms.network import KINDS, TYPES
from graph.queries import query, within
from graph.rows import native
from graph.session import Graph
from graph.terms import ChangeKind

TOGETHER = 5_000  # claims, flags or entries read at once
SECONDS = 60.0
WALKED = frozenset({*TYPES, "FLAGS"})
DERIVED = frozenset(
    {
        ChangeKind.RISK_RATING_CHANGED,
        ChangeKind.BLOCKED_STATUS_CHANGED,
        ChangeKind.SEGMENT_CHANGED,
    }
)
"""What is told here; nothing follows from these."""


class Logged(NamedTuple):
    """One entry of the log; versions of a claim it opens and closes, of a thing it makes."""

    sequence: int
    kind: ChangeKind
    unit: int
    at: datetime
    subject: str | None
    type: str | None
    opened: str | None
    closed: str | None
    version: int | None
    rules: str | None

    @property
    def flag(self) -> bool:
        """Whether it makes a version of a flag."""
        return self.version is not None and (self.subject or "").startswith("RiskFlag:")

    @property
    def claim(self) -> bool:
        """Whether it is about a claim that risk or ownership stands on."""
        return self.type in WALKED and bool(self.opened or self.closed)


class Claimed(NamedTuple):
    """What a version of a claim says; shares in parts per billion."""

    id: str
    type: str
    start: str
    end: str
    start_label: str | None
    end_label: str | None
    low: int
    high: int
    disclosed: bool
    interest: str | None
    source: str
    indirect: bool
    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether it holds on the day."""
        return self.first <= day < self.last


class Said(NamedTuple):
    """What a version of a flag says."""

    kind: str
    severity: float
    raised: date | None
    resolved: date | None

    def counts(self, day: date) -> bool:
        """Whether it counts on the day."""
        raised = self.raised is not None and self.raised <= day
        return raised and (self.resolved is None or day < self.resolved)


@dataclass(frozen=True)
class Unit:
    """What was committed together, in the order of the log; or more, if it is taken together."""

    entries: tuple[Logged, ...]
    claims: dict[str, Claimed]  # by version
    flags: dict[tuple[str, int], Said]  # by key and version

    @property
    def last(self) -> Logged:
        """The last entry."""
        return self.entries[-1]

    @property
    def moving(self) -> list[Logged]:
        """The entries on which risk or ownership may stand."""
        return [each for each in self.entries if each.claim or each.flag or each.rules]


async def entries(graph: Graph, after: int, up_to: int) -> list[Logged]:
    """What the log says between two places, without what was derived from it."""
    found = []
    for first in range(after, up_to, TOGETHER):
        rows = await _rows(
            graph, query("derived/entries"), after=first, upTo=min(up_to, first + TOGETHER)
        )
        found += [
            Logged(sequence, ChangeKind(kind), unit or sequence, native(at), *rest)
            for sequence, kind, unit, at, *rest in rows
        ]
    return [each for each in found if each.kind not in DERIVED]


async def units(graph: Graph, logged: Sequence[Logged], *, together: bool) -> list[Unit]:
    """The entries by what was committed together, or all as one, with what they say."""
    if not logged:
        return []
    claims = await _claims(graph, logged)
    flags = await _flags(graph, logged)
    if together:
        return [Unit(tuple(logged), claims, flags)]
    parts = (tuple(some) for _, some in groupby(logged, key=lambda each: each.unit))
    return [Unit(part, claims, flags) for part in parts]


async def _claims(graph: Graph, logged: Iterable[Logged]) -> dict[str, Claimed]:
    """What the versions of claims say that these entries open and close."""
    wanted = sorted(
        {(e.type, id_) for e in logged if e.claim for id_ in (e.opened, e.closed) if id_}
    )
    found = {}
    for at in range(0, len(wanted), TOGETHER):
        of: dict[str, list[str]] = {}
        for type_, id_ in wanted[at : at + TOGETHER]:
            of.setdefault(str(type_), []).append(id_)
        for row in await _rows(graph, query("derived/claims"), of=of, kinds=list(KINDS)):
            claim = Claimed._make([*row[:-2], *(day.to_native() for day in row[-2:])])
            found[claim.id] = claim
    return found


async def _flags(graph: Graph, logged: Iterable[Logged]) -> dict[tuple[str, int], Said]:
    """What the versions of flags say that these entries make, and those before them."""
    made = {(e.subject or "", e.version or 0) for e in logged if e.flag}
    wanted = sorted(made | {(key, version - 1) for key, version in made if version > 1})
    found = {}
    for at in range(0, len(wanted), TOGETHER):
        versions = [list(each) for each in wanted[at : at + TOGETHER]]
        rows = await _rows(graph, query("derived/flag_versions"), versions=versions)
        for key, version, kind, severity, raised, resolved in rows:
            if kind is not None:
                found[key, version] = Said(kind, severity, native(raised), native(resolved))
    return found


async def _rows(graph: Graph, question: Query, **given: object) -> list[Any]:
    """The rows of a statement that may take long: nobody waits for it."""
    [found] = await graph.read(within(question, SECONDS), **given)
    rows: list[Any] = found["rows"]
    return rows
