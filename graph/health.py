"""Whether the graph can be asked now, and how it is kept so."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable
from pathlib import Path

from graph import heart, lending, local_lock, room
from graph.errors import SetupError
from graph.local import LocalDatabase
from graph.migrate import check
from graph.outlived import outlived
from graph.queries import query
from graph.session import Graph

EVERY = 1.0  # seconds between two looks at the local database
SURE = 2  # looks at which it says that it is broken
FULL = "The disk is full: the local database is started when there is room."
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
            with outlived(log, "The local database cannot be looked after now."):
                if await lending.lends(database):
                    faults = 0
                elif database.alive():
                    faults, waits = faults + 1 if await heart.broken(own) else 0, False
                    _end_if_broken(database, faults)
                    await _announced(database, own)
                elif startable(database.home):
                    await _started(database)
                else:
                    if not waits:
                        log.error(FULL)
                    waits = True


async def _announced(database: LocalDatabase, own: Graph) -> None:
    """Let verbs join a database that recovered for longer than its start was waited for."""
    told = local_lock.connection_file(database.home)
    if not told.exists() and await heart.answers(own) and database.pid:
        local_lock.announce(database.home, database.address, database.pid, database.port)
        log.warning("The local database answers at last.")


def _end_if_broken(database: LocalDatabase, faults: int) -> None:
    """End a database that has said often enough that only a start mends it."""
    if faults >= SURE and database.pid:
        log.error("The local database met a fault and must be started anew.")
        os.kill(database.pid, signal.SIGKILL)  # what was acknowledged is on disk


async def _started(database: LocalDatabase) -> None:
    log.warning("The local database has ended; it is started again.")
    try:
        # Started on this thread, the main one: the child dies with the thread that started it.
        database.launch()
        await asyncio.to_thread(database.wait)
    except (SetupError, OSError) as error:  # OSError: the disk took not even the settings
        log.error("The local database does not start: %s", error)
