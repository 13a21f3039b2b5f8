"""Work that may take an hour ends sooner if the database falls silent: others ask it meanwhile."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from graph.errors import TimedOut

SILENT = 60.0  # seconds without an answer: a machine that builds an index is busy, not dead
EVERY = 5.0  # seconds between two questions
TOLD = "A change of the schema ran past its time limit, or the database fell silent meanwhile."


@asynccontextmanager
async def answering(seconds: float, ask: Callable[[], Awaitable[object]]) -> AsyncIterator[None]:
    """What may take so long as `ask`, asked beside it, is answered. Raises TimedOut."""
    try:
        async with asyncio.timeout(seconds) as limit:
            listening = asyncio.create_task(_listen(limit, ask))
            try:
                yield
            finally:
                listening.cancel()
                await asyncio.wait({listening})
    except TimeoutError:
        raise TimedOut(TOLD) from None


async def _listen(limit: asyncio.Timeout, ask: Callable[[], Awaitable[object]]) -> None:
    """Ask again and again; end the work once nothing was answered for too long."""
    heard = time.monotonic()
    while True:
        await asyncio.sleep(EVERY)
        try:
            async with asyncio.timeout(SILENT):
                await ask()
            heard = time.monotonic()
        except Exception:  # whatever it is, that is no answer
            if time.monotonic() - heard >= SILENT:
                break
    if not limit.expired():
        limit.reschedule(asyncio.get_running_loop().time())
