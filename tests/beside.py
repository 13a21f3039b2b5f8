"""What works beside a test for as long as a block lasts."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any


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
