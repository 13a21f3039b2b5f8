"""Whether the graph can be asked now, and how it is kept so."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path

from graph import heart, lending, room
from graph.errors import SetupError
from graph.local import LocalDatabase
from graph.migrate import check
from graph.queries import query
from graph.session import Graph

EVERY = 1.0  # seconds between two looks at the local database
SURE = 2  # looks at which it says that it is broken
log = logging.getLogger(__name__)


async def alive(graph: Graph) -> None:
    """Raises an error of graph.errors when the database does not answer."""
    await graph.read(query("health/alive"))


async def migrated(graph: Graph) -> None:
    """Raises SetupError when the graph is behind or a migration was edited."""
    if problems := await check(graph):
        raise SetupError(" ".join(problems))


async def finished(preparing: "asyncio.Task[int]") -> None:
    """Raises SetupError until what is prepared beside the first answers is done."""
    if not preparing.done():
        raise SetupError("Plans are still being made, or ownership read.")
    preparing.result()


async def supervise(
    database: LocalDatabase, startable: Callable[[Path], bool] = room.startable
) -> None:
    """Start the local database again whenever it has died; call on the main thread.

    One that says that only a start mends it, as on a full disk, is ended at once: a clean stop
    could write what is half. It is started when there is room for it, and not while it is lent.
    """
    faults, waits = 0, False
    lending.offer(database)
    async with heart.apart(database.address) as own:
        while True:
            await asyncio.sleep(EVERY)
            if await lending.lends(database):
                faults = 0
            elif database.alive():
                faults, waits = faults + 1 if await heart.broken(own) else 0, False
                if faults >= SURE and database.pid:
                    log.error("The local database met a fault and must be started anew.")
                    os.kill(database.pid, signal.SIGKILL)  # what was acknowledged is on disk
            elif not startable(database.home):
                if not waits:
                    log.error("The disk is full: the local database is started when there is room.")
                waits = True
            else:
                await _started(database)


async def _started(database: LocalDatabase) -> None:
    log.warning("The local database has ended; it is started again.")
    try:
        # Started on this thread, the main one: the child dies with the thread that started it.
        database.launch()
        await asyncio.to_thread(database.wait)
    except (SetupError, OSError) as error:  # OSError: the disk took not even the settings
        log.error("The local database does not start: %s", error)
