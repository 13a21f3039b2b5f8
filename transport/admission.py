"""How many operations run at once; the next ones wait a little, the rest come again."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from schema.extensions.errors import RATE_LIMITED
from transport.crowd import Crowd, Full

UNAVAILABLE = "UNAVAILABLE"


class TurnedAway(Exception):
    """An operation that is not run now, and may come again after so many seconds."""

    code = UNAVAILABLE
    seconds = 1

    def __init__(self, message: str) -> None:
        """Say to the client why."""
        super().__init__(message)


class Busy(TurnedAway):
    """There are too many operations already."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__("There are too many requests: try again in a second.")


class Crowded(TurnedAway):
    """This caller has too many already."""

    code = RATE_LIMITED

    def __init__(self, most: int) -> None:
        """Say how many there may be."""
        super().__init__(f"You may have {most} requests at once: let one end first.")


class Lane:
    """Turns one after the other: so many at once, so many more waiting for so many seconds."""

    def __init__(self, at_once: int, waiting: int, seconds: float) -> None:
        """Start empty."""
        self._turns = asyncio.Semaphore(at_once)
        self._most = waiting
        self._seconds = seconds
        self.waiting = 0
        self.users = 0

    @asynccontextmanager
    async def turn(self, full: Callable[[], TurnedAway]) -> AsyncIterator[None]:
        """Take a turn, or raise what `full` makes."""
        if self._turns.locked():
            await self._wait(full)
        else:
            await self._turns.acquire()
        try:
            yield
        finally:
            self._turns.release()

    async def _wait(self, full: Callable[[], TurnedAway]) -> None:
        if self.waiting >= self._most:
            raise full()
        self.waiting += 1
        try:
            async with asyncio.timeout(self._seconds):
                await self._turns.acquire()
        except TimeoutError:
            raise full() from None
        finally:
            self.waiting -= 1


class Admission:
    """Turns for operations; streams take none."""

    def __init__(
        self,
        at_once: int = 64,
        waiting: int = 64,
        seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Let at most `at_once` run and `waiting` more wait for so many seconds."""
        self._all = Crowd(at_once, waiting, seconds, clock)
        self._seconds = seconds
        self._lanes: dict[str, Lane] = {}

    @property
    def waiting(self) -> int:
        """How many wait for a turn of all; those who wait for their caller's own are not among."""
        return self._all.waiting

    @property
    def limit(self) -> int:
        """How many may run at once now."""
        return self._all.limit

    @asynccontextmanager
    async def turn(self, caller: str, most: int) -> AsyncIterator[None]:
        """Take a turn of this caller's, as many again may wait for one, then one of all.

        Raises Busy, or Crowded if it is the caller who has too many.
        """
        lane = self._lanes.setdefault(caller, Lane(most, most, self._seconds))
        lane.users += 1
        try:
            async with lane.turn(lambda: Crowded(most)), self._all.turn():
                yield
        except Full:
            raise Busy from None
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[caller]  # a caller who is gone leaves nothing
