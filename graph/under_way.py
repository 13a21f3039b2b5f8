"""Statements on their way, which may be left: the driver forgets a connection that is opening then.

Who leaves does not wait for it: the connection opens to its end, and is closed.
"""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from neo4j import AsyncSession

T = TypeVar("T")
Sessions = list[AsyncSession]
"""The session of a statement, once there is one."""

OPENING = 3.0  # seconds that a connection nobody waits for any more may still take to open
LOOK = 0.02  # seconds between two looks whether it is: the driver does not tell


class UnderWay:
    """What is on its way to the database, and what was left while its connection opened."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._left: set[asyncio.Task[None]] = set()

    async def run(self, work: Callable[[Sessions], Coroutine[Any, Any, T]]) -> T:
        """What this work returns, which puts its session into the list that it is given."""
        sessions: Sessions = []
        task = asyncio.ensure_future(work(sessions))
        try:
            return await asyncio.shield(task)
        finally:
            if not task.done():
                await self._leave(task, sessions)

    async def _leave(self, task: "asyncio.Task[Any]", sessions: Sessions) -> None:
        """End it now if its connection is open, or as soon as it is."""
        if _opened(sessions):
            task.cancel()
            await asyncio.wait({task})
            return
        ending = asyncio.create_task(_ended(task, sessions))
        self._left.add(ending)
        ending.add_done_callback(self._left.discard)

    async def settled(self) -> None:
        """Wait for what was left."""
        if self._left:
            await asyncio.wait(self._left, timeout=OPENING)


def _opened(sessions: Sessions) -> bool:
    return any(session._connection is not None for session in sessions)


async def _ended(task: "asyncio.Task[Any]", sessions: Sessions) -> None:
    """Let a connection open, then end what it was opened for."""
    end = asyncio.get_running_loop().time() + OPENING
    while not task.done() and not _opened(sessions) and asyncio.get_running_loop().time() < end:
        await asyncio.wait({task}, timeout=LOOK)
    task.cancel()
    await asyncio.wait({task})
