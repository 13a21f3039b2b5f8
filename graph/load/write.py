"""The writer: rows into the graph, a batch in one unit of work, again and again with one result."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from functools import partial

from neo4j import AsyncManagedTransaction
from neo4j.exceptions import ConstraintError

from graph.load.batch import Batch
from graph.load.journal import LOAD, By
from graph.load.judge import Pending
from graph.load.look import Ask
from graph.load.outcome import Outcome
from graph.load.rows import ClaimRow, NodeRow
from graph.load.units import Unit, batches, units
from graph.session import Graph

SECONDS = 120.0  # for one batch
TRIES = 5  # when another writer creates the same thing at the same time
Also = Callable[[Ask, Outcome, range], Awaitable[None]]
"""What is done in the unit of work of a batch, last; told what came of it and its log entries."""


async def write(
    graph: Graph, rows: Sequence[NodeRow | ClaimRow], *, at: datetime, batch: int = 5000
) -> Outcome:
    """Write things and claims as recorded at this instant; the same rows again change nothing."""
    outcome = Outcome()
    for some in batches(units(rows), batch):
        outcome.add(await write_units(graph, some, at=at))
    return outcome


async def write_units(
    graph: Graph,
    batch: list[Unit],
    *,
    at: datetime | None,
    by: By = LOAD,
    also: Also | None = None,
) -> Outcome:
    """Write one batch in one unit of work, as recorded at an instant, now if none is given."""

    async def work(tx: AsyncManagedTransaction) -> Outcome:
        ask = partial(graph.run, tx)
        writing = Batch(ask, batch, at, by=by)
        outcome = await writing.written()
        if also:
            await also(ask, outcome, writing.entries)
        return outcome

    for _ in range(TRIES - 1):
        try:
            return await graph.write(work, name="load/write", seconds=SECONDS)
        except ConstraintError:
            continue  # it is there now, and will be found
    return await graph.write(work, name="load/write", seconds=SECONDS)


async def tried(
    graph: Graph, batch: list[Unit], pending: Pending, *, at: datetime | None
) -> Outcome:
    """What would come of a batch, if the things that `pending` knows were there."""
    trial = Batch(graph.read, batch, at, pending)
    await trial.look()
    return trial.outcome(trial.verdict())
