"""How far what follows from the change log has been derived: kept in the log itself.

Whoever tells what follows moves the mark in the same unit of work, under the log's lock: of several
servers one does, and a crash leaves both undone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from uuid import uuid4

from neo4j import AsyncManagedTransaction

from graph.clock import CLOCK
from graph.load import log
from graph.load.journal import Entry
from graph.queries import query
from graph.session import Graph, Row

SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the log stands and which log it is; how far has been derived, and for which day.

    Nothing has been derived yet where `derived` is None.
    """

    incarnation: str | None
    sequence: int
    derived: int | None
    day: date | None

    def at(self, derived: int, day: date) -> "Mark":
        """The mark moved on."""
        return replace(self, derived=derived, day=day)

    def same(self, other: "Mark") -> bool:
        """Whether as much has been derived, however far the log has come."""
        return replace(self, sequence=0) == replace(other, sequence=0)


async def mark(graph: Graph) -> Mark:
    """The mark as it stands."""
    [row] = await graph.read(query("derived/mark"))
    return _mark(row)


async def move(graph: Graph, seen: Mark, to: Mark, made: Sequence[Entry]) -> int | None:
    """Append what was derived and move the mark, if it still stands where it was seen.

    Answers where it stands then; None, and nothing is written, if somebody else has told this. A
    mark at the end of the log is put behind what is appended, which changes no fact.
    """
    assert to.derived is not None
    assert to.day is not None

    async def work(tx: AsyncManagedTransaction) -> int | None:
        ask = partial(graph.run, tx)
        [row] = await ask(query("load/log_derived"), incarnation=uuid4().hex)
        found = _mark(row)
        begun = seen.incarnation is None and found.derived is None  # a log that begins with this
        if not (begun or found.same(seen)):
            return None
        told = await log.append(ask, made, CLOCK.now())
        derived = to.derived
        if derived == found.sequence and told:
            derived = told[-1]
        await ask(query("load/log_derive"), derived=derived, day=to.day)
        return derived

    return await graph.write(work, name="derived/move", seconds=SECONDS)


def _mark(row: Row) -> Mark:
    day = row["day"].to_native() if row["day"] else None
    return Mark(row["incarnation"], row["sequence"], row["derived"], day)
