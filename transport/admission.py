"""How many operations run at once; the next ones wait a little, the rest come again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class Busy(Exception):
    """There are too many operations already."""


class Admission:
    """Turns for operations; streams take none."""

    def __init__(self, at_once: int = 64, waiting: int = 64, seconds: float = 1.0) -> None:
        """Let `at_once` run and `waiting` more wait for so many seconds."""
        self._turns = asyncio.Semaphore(at_once)
        self._most = waiting
        self._seconds = seconds
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Take a turn, or raise Busy."""
        if self._turns.locked():
            await self._wait()
        else:
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    async def _wait(self) -> None:
        if self._waiting >= self._most:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                await self._turns.acquire()
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1
