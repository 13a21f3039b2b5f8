"""The whole world, part by part: each counts on those before it."""

from collections.abc import Iterator
from datetime import date

from graph.demo import (
    accounts,
    assignments,
    cases,
    centers,
    harbor,
    identities,
    isa,
    issues,
    links,
    owners,
    performance,
    powers,
    risk,
    staff,
    strategies,
)
from graph.demo.book import Batch
from graph.demo.days import months_after
from graph.demo.sources import ASSIGNMENTS, ENTRIES
from graph.demo.world import World
from graph.identifiers import IdentifierKey
from graph.load.rows import ClaimRow

PARTS = (
    staff, accounts, identities, assignments, powers, isa, centers, harbor, owners, cases, links,
    risk, issues, strategies, performance,
)  # fmt: skip

LAST = ClaimRow(  # of all claims: where it is, the whole world is
    "SERVES", "Specialist:S-1", "Account:A-1001", ASSIGNMENTS, date(2026, 11, 24),
    properties={"topic": "MARKING"},
)  # fmt: skip


def world(key: IdentifierKey) -> World:
    """The world, written anew; the same every time."""
    made = World(key)
    for part in PARTS:
        part.write(made)
    for figures, account, known in made.measures:
        made.book.claim("MEASURES", figures, account, ENTRIES, months_after(known, -1), known=known)
    made.book.claim(LAST.type, LAST.start, LAST.end, LAST.source, LAST.valid_from, topic="MARKING")
    return made


def batches(key: IdentifierKey) -> Iterator[Batch]:
    """What was recorded, oldest first."""
    yield from world(key).book.batches()
