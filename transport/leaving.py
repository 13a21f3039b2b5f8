"""Work for a client that hangs up is stopped."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

PATIENCE = 0.2  # seconds; most answers are out by then, and nobody has to watch


class Gone(Exception):
    """The client hung up."""


@asynccontextmanager
async def until_gone(request: Request) -> AsyncIterator[None]:
    """Cancel the body once the client is gone; its request must have been read."""
    task = asyncio.current_task()
    assert task
    watcher: list[asyncio.Task[None]] = []
    gone = False

    async def watch() -> None:
        nonlocal gone
        while (await request.receive())["type"] != "http.disconnect":
            pass
        gone = True
        task.cancel()

    loop = asyncio.get_running_loop()
    timer = loop.call_later(PATIENCE, lambda: watcher.append(loop.create_task(watch())))
    try:
        yield
    except asyncio.CancelledError:
        if gone and task.uncancel() == 0:
            raise Gone from None
        raise
    finally:
        timer.cancel()
        for one in watcher:
            one.cancel()
