"""Whether the graph can be asked now, and how it is kept so."""

import asyncio
import logging

from graph.errors import SetupError
from graph.local import LocalDatabase
from graph.migrate import check
from graph.queries import query
from graph.session import Graph

EVERY = 1.0  # seconds between two looks at the local database
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


async def supervise(database: LocalDatabase) -> None:
    """Start the local database again whenever it has died; call on the main thread."""
    while True:
        await asyncio.sleep(EVERY)
        if database.alive():
            continue
        log.warning("The local database has ended; it is started again.")
        try:
            # Started on this thread, the main one: the child dies with the thread that started it.
            database.launch()
            await asyncio.to_thread(database.wait)
        except SetupError as error:
            log.error("The local database does not start: %s", error)
