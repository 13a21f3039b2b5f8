"""One starter at a time: a lock in the graph that ends by itself when its holder falls silent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from graph.errors import GraphError, SetupError
from graph.queries import query
from graph.session import Graph

LEASE = 30.0  # a starter silent for so long (seconds) has died and loses the lock
PATIENCE = 600.0  # seconds to wait for another starter


@asynccontextmanager
async def held(graph: Graph, holder: str, lease: float) -> AsyncIterator[None]:
    """Hold the lock: wait for it, renew it while inside, give it back.

    Raises SetupError when another starter does not come to an end.
    """
    await _taken(graph, holder, lease)
    heartbeat = asyncio.create_task(_renew(graph, holder, lease))
    try:
        yield
    finally:
        heartbeat.cancel()
        with suppress(asyncio.CancelledError):
            await heartbeat
        with suppress(GraphError):  # the lock then ends with its lease
            await _unlock(graph, holder)


async def _taken(graph: Graph, holder: str, lease: float) -> None:
    pause = min(0.2, lease / 10)
    for _ in range(int(PATIENCE / pause)):
        if await _lock(graph, holder, lease):
            return
        await asyncio.sleep(pause)
    raise SetupError(f"Another starter has been migrating for {PATIENCE:.0f} s; look at it.")


async def _renew(graph: Graph, holder: str, lease: float) -> None:
    while True:
        await asyncio.sleep(lease / 3)
        with suppress(GraphError):  # if the lock is lost, recording the file fails and tells
            await _lock(graph, holder, lease)


async def _lock(graph: Graph, holder: str, lease: float) -> bool:
    milliseconds = int(lease * 1000)
    rows = await graph.write(
        lambda tx: graph.run(tx, query("migrate/lock"), holder=holder, lease=milliseconds),
        name="migrate/lock",
    )
    return bool(rows[0]["holder"] == holder)


async def _unlock(graph: Graph, holder: str) -> None:
    await graph.write(
        lambda tx: graph.run(tx, query("migrate/unlock"), holder=holder), name="migrate/unlock"
    )
