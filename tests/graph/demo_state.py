"""The rows of the demo world as a state that grows by batches, for tests without a database."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from graph.demo.book import Batch
from graph.load.hashes import claim_of
from graph.load.rows import ClaimRow, NodeRow

LAST = date(9999, 12, 31)
REFERENCE = {"Center", "Discipline", "Port", "HtsChapter"}  # kinds, and labels, there before


class State:
    """What is known after a batch."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.things: dict[str, NodeRow] = {}
        self.claims: dict[str, ClaimRow] = {}

    def learn(self, batch: Batch) -> None:
        self.day = batch.at.date()
        for row in batch.rows:
            if isinstance(row, NodeRow):
                self.things[row.key] = row
            else:
                self.claims[claim_of(row)] = row

    def of(self, kind: str) -> list[NodeRow]:
        return [row for row in self.things.values() if row.kind == kind]

    def labels(self, key: str) -> list[str]:
        kind = key.partition(":")[0]
        return [kind] if kind in REFERENCE else list(self.things[key].labels)

    def ever(self, type_: str) -> list[ClaimRow]:
        return [row for row in self.claims.values() if row.type == type_]

    def now(self, type_: str) -> list[ClaimRow]:
        return [row for row in self.ever(type_) if first(row) <= self.day < last(row)]


def states(world: list[Batch]) -> Iterator[State]:
    """One growing state, after each batch."""
    state = State(date.min)
    for batch in world:
        state.learn(batch)
        yield state


def current(state: State, type_: str) -> set[tuple[str, str]]:
    """The pairs joined now."""
    return {(row.start, row.end) for row in state.now(type_)}


def first(row: ClaimRow) -> date:
    return row.valid_from or date.min


def last(row: ClaimRow) -> date:
    return row.valid_to or LAST


def overlap(claims: list[ClaimRow]) -> bool:
    spans = sorted((first(row), last(row)) for row in claims)
    return any(later[0] < former[1] for former, later in pairwise(spans))


def grouped(claims: list[ClaimRow], end: str, *names: str) -> dict[str, list[ClaimRow]]:
    """Claims by their start or end, and by these properties."""
    found: dict[str, list[ClaimRow]] = defaultdict(list)
    for row in claims:
        told = [str(row.properties.get(name)) for name in names]
        found[" ".join([getattr(row, end), *told])].append(row)
    return found
