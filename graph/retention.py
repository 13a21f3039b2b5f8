"""How long the change log is kept: its oldest entries are given up, then forgotten.

First the log says from which entry on it is kept, in a commit of its own; only then the entries
before go. So whoever reads them meanwhile sees either them or that they are missing, never silence.
"""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from neo4j import AsyncManagedTransaction

from graph.following import ANEW
from graph.outlived import outlived
from graph.queries import query
from graph.session import Graph

MOST = 1_000  # entries at once: writers wait for it
SECONDS = 30.0
EVERY = 3600.0  # seconds
SENT = timedelta(days=7)  # for which deliveries of webhooks are kept
log = logging.getLogger(__name__)


async def prune(graph: Graph, before: datetime, kept: int = ANEW) -> int:
    """Forget entries recorded before an instant; answers how many.

    The last `kept` entries stay: ownership and risk in memory follow the log over so many. Raises
    TimedOut, Unavailable or Unconfirmed; what is left then is forgotten the next time.
    """
    total = 0
    while True:
        old, forgotten = await _some(graph, before, kept)
        total += forgotten
        if max(old, forgotten) < MOST:
            return total


async def pruning(graph: Graph, days: int) -> None:
    """Prune once an hour, until cancelled; a database that is away is tried again."""
    while True:
        with outlived(log, "The change log is not pruned."):
            before = datetime.now(UTC) - timedelta(days=days)
            if forgotten := await prune(graph, before):
                log.info("The change log was pruned.", extra={"count": forgotten})
            await forget_deliveries(graph, datetime.now(UTC) - SENT)
        await asyncio.sleep(EVERY)


async def forget_deliveries(graph: Graph, before: datetime) -> int:
    """Forget what was sent to webhooks before an instant, or is of none any more; how many.

    What waits for its next attempt stays. Raises TimedOut, Unavailable or Unconfirmed.
    """
    total = 0

    async def forget(tx: AsyncManagedTransaction) -> int:
        rows = await graph.run(tx, query("retention/deliveries"), before=before, most=MOST)
        return int(rows[0]["forgotten"])

    while True:
        some = await graph.write(forget, name="retention/deliveries", seconds=SECONDS)
        total += some
        if some < MOST:
            return total


async def _some(graph: Graph, before: datetime, kept: int) -> tuple[int, int]:
    async def give_up(tx: AsyncManagedTransaction) -> int:
        rows = await graph.run(tx, query("retention/give_up"), before=before, kept=kept, most=MOST)
        return rows[0]["old"] if rows else 0

    async def forget(tx: AsyncManagedTransaction) -> int:
        rows = await graph.run(tx, query("retention/forget"), most=MOST)
        return int(rows[0]["forgotten"])

    old = await graph.write(give_up, name="retention/give_up", seconds=SECONDS)
    return old, await graph.write(forget, name="retention/forget", seconds=SECONDS)
