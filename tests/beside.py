"""What works beside a test for as long as a block lasts, and what a server beside it has done."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from graph.derived.marks import mark
from graph.session import Graph

PATIENCE = 300.0  # seconds: a busy machine plans what follows anew after each kill


@asynccontextmanager
async def running(*made: Coroutine[Any, Any, None]) -> AsyncIterator[list[asyncio.Task[None]]]:
    """These beside the block, until it ends."""
    tasks = [asyncio.create_task(one) for one in made]
    try:
        yield tasks
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def still(tasks: list[asyncio.Task[None]]) -> None:
    """Raise what ended one of these."""
    for ended in (one for one in tasks if one.done()):
        await ended


async def all_is_told(graph: Graph) -> None:
    """Wait until the server that runs has told what follows from all that was written."""
    async with asyncio.timeout(PATIENCE):
        while True:
            seen = await mark(graph)
            if seen.derived == seen.sequence:
                return
            await asyncio.sleep(0.2)
