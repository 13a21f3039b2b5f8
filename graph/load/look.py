"""What the graph says about the rows of a batch before it is judged."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from neo4j import Query

from graph.load import ends
from graph.load.bare import Touched
from graph.load.hashes import claim_digest, claim_of, thing_digest
from graph.load.rows import ClaimRow, NodeRow
from graph.load.units import Unit
from graph.queries import query
from graph.rows import OPEN_INSTANT

Rows = list[dict[str, Any]]
Ask = Callable[..., Awaitable[Rows]]
"""One statement, inside a unit of work or, for a dry run, outside: ask(query, **parameters)."""


@dataclass(slots=True)
class Thing:
    """A thing to write and how it stands."""

    row: NodeRow
    digest: str | None  # None if a person writes it: a file that says what it said is known by it
    node: str | None = None
    labels: list[str] = field(default_factory=list)
    same: bool = False
    active: bool | None = None  # as stored
    before: dict[str, Any] = field(default_factory=dict)  # of the properties that differ


@dataclass(slots=True)
class Claim:
    """A claim to write, its ends as stored, and its version that stands."""

    row: ClaimRow
    claim: str
    digest: str
    start: str | None = None
    start_labels: list[str] | None = None
    end_labels: list[str] | None = None
    end: str | None = None
    active: bool | None = None  # of the end
    standing: str | None = None
    version: int = 0
    same: bool = False


@dataclass(slots=True)
class Interval:
    """A stretch of days in which a node is joined to another."""

    claim: str
    other: str
    role: str | None
    valid_from: date
    valid_to: date

    def meets(self, other: "Interval") -> bool:
        """Whether they have a day in common."""
        return self.valid_from < other.valid_to and other.valid_from < self.valid_to

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.valid_from <= day < self.valid_to


async def things(ask: Ask, batch: list[Unit], loaded: bool = True) -> list[list[Thing]]:
    """The things of each unit and how they stand."""
    found = [
        [Thing(row, thing_digest(row) if loaded else None) for row in unit.things] for unit in batch
    ]
    flat = [thing for unit in found for thing in unit]
    for statement, wanted in ((query("load/entities"), False), (query("load/others"), True)):
        rows = [
            {"number": number, "key": thing.row.key, "digest": thing.digest}
            for number, thing in enumerate(flat)
            if (thing.row.kind in ends.UNWALKED) is wanted
        ]
        for row in await ask(statement, rows=rows) if rows else []:
            thing = flat[row["number"]]
            thing.node, thing.labels, thing.same = row["node"], row["labels"], row["same"]
    return found


async def differences(ask: Ask, changing: list[Thing]) -> None:
    """Compare each with what is stored: a digest may differ where no property does."""
    rows = [
        {"number": number, "node": thing.node, "properties": thing.row.properties}
        for number, thing in enumerate(changing)
    ]
    for row in await ask(query("load/differences"), rows=rows) if rows else []:
        thing = changing[row["number"]]
        thing.before, thing.active = dict(row["before"]), row["active"]
        thing.same = not thing.before and not isinstance(thing.row, Touched)


async def claims(ask: Ask, batch: list[Unit]) -> list[list[Claim]]:
    """The claims of each unit and how they stand."""
    found = [[Claim(r, claim_of(r), claim_digest(r)) for r in unit.claims] for unit in batch]
    await again(ask, [claim for unit in found for claim in unit])
    return found


async def again(ask: Ask, flat: list[Claim]) -> None:
    """Look once more, as after a lock."""
    rows = [
        {
            "number": number,
            "start": claim.row.start,
            "end": claim.row.end,
            "claim": claim.claim,
            "by": None if claim.row.claim else claim.row.recorded_by,
        }
        for number, claim in enumerate(flat)
    ]
    for row in await ask(query("load/claims"), rows=rows, open=OPEN_INSTANT) if rows else []:
        claim = flat[row["number"]]
        claim.start, claim.start_labels = row["start"], row["startLabels"]
        claim.end, claim.end_labels = row["end"], row["endLabels"]
        claim.active, claim.standing = row["active"], row["standing"]
        claim.version = row["version"] or 0
        # Who says again what they said last says nothing new, whatever others have said since.
        same = claim.digest in (row["digest"], row["told"]) and not claim.row.withdrawn
        # A correction may have another source: the digest leaves its name to the claim's identity.
        claim.same = same and (not claim.row.claim or claim.row.source.name == row["source"])


async def intervals(ask: Ask, keys: set[str]) -> dict[tuple[str, str], list[Interval]]:
    """What is claimed now of these nodes that only one may be at a time, by key and type."""
    found: dict[tuple[str, str], list[Interval]] = {}
    statement = query("load/exclusive")
    for row in await ask(statement, keys=sorted(keys), open=OPEN_INSTANT) if keys else []:
        held = Interval(
            row["claim"],
            row["other"],
            row["role"],
            row["validFrom"].to_native(),
            row["validTo"].to_native(),
        )
        found.setdefault((row["key"], row["type"]), []).append(held)
    return found


async def numbers(ask: Ask, lookups: set[str]) -> dict[str, str]:
    """The key of each importer number that is there, by its keyed hash."""
    rows = await ask(query("load/numbers"), lookups=sorted(lookups)) if lookups else []
    return {row["lookup"]: row["key"] for row in rows}


async def participants(ask: Ask, accounts: set[str], day: date) -> set[str]:
    """Which of these accounts take part in ISA on the day."""
    return await _keys(ask, query("load/participants"), accounts, day)


async def left_alone(ask: Ask, managers: set[str], day: date) -> set[str]:
    """Which ISA participants have one of these managers as their primary one on the day."""
    return await _keys(ask, query("load/indispensable"), managers, day)


async def _keys(ask: Ask, statement: Query, keys: set[str], day: date) -> set[str]:
    if not keys:
        return set()
    rows = await ask(statement, keys=sorted(keys), day=day, open=OPEN_INSTANT)
    return {row["key"] for row in rows}
