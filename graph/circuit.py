"""Whether the database answers: who asks while it does not is told so at once, not kept waiting.

Three failures within five seconds, and no answer between them, open the circuit. What waits then
ends, what comes is refused; once a second it is tried whether the database is back.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import TypeVar

from neo4j.exceptions import Neo4jError, ServiceUnavailable, SessionExpired

from graph.errors import Unavailable, Unsent

FAILURES, WITHIN = 3, 5.0  # seconds
AGAIN = 1.0  # seconds from one trial to the next
PATIENCE = 1.0  # that the database may take to say that it is there
BEAT = 0.5  # seconds between its answer and the next question
AWAY = "The database does not answer; try again in a few seconds."
CLOSED = "handler is closed"  # in what uvloop says of a socket
RESTING = 64  # connections in a pool, all of which may have broken

T = TypeVar("T")


class Rested(SessionExpired):
    """A connection that broke while it rested: nothing was sent over it."""


async def unbroken(ask: Callable[[], Awaitable[T]]) -> T:
    """What it answers, over another connection for each that broke while it rested."""
    for _ in range(RESTING):
        with suppress(Rested):
            return await ask()
    return await ask()


class Circuit:
    """Closed while the database answers. Failures are of the connection, not of a statement."""

    def __init__(self) -> None:
        """Begin closed; unless something watches, a caller's own statement is the trial."""
        self.open = False
        self.watched = False
        self._failures: deque[float] = deque(maxlen=FAILURES)
        self._running: set[asyncio.Timeout] = set()
        self._again = 0.0
        self._back = asyncio.Event()

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """What may take so long. Raises Unavailable if the circuit is or comes open; TimeoutError.

        A database that says nothing past the time has failed: it ends statements sooner itself.
        """
        self._enter()
        try:
            async with asyncio.timeout(seconds) as limit:
                self._running.add(limit)
                try:
                    yield
                finally:
                    self._running.discard(limit)
        except TimeoutError:
            self.failed()
            if self.open:
                raise Unavailable(AWAY) from None
            raise
        except (ServiceUnavailable, SessionExpired):
            self.failed()
            raise
        except Neo4jError:
            self.answered()
            raise
        self.answered()

    async def watch(self, ask: Callable[[], Awaitable[object]]) -> None:
        """Ask again and again, until cancelled; then only this tries whether it is back."""
        self.watched = True
        try:
            while True:
                begun = time.monotonic()
                try:
                    async with asyncio.timeout(PATIENCE):
                        await ask()
                except Exception:  # whatever it is, that is no answer
                    self.failed()
                    await asyncio.sleep(max(0.0, begun + AGAIN - time.monotonic()))
                else:
                    self.answered()
                    await asyncio.sleep(BEAT)
        finally:
            self.watched = False

    def answered(self) -> None:
        """The database said something: it is there."""
        self._failures.clear()
        if self.open:
            self._back.set()
        self.open = False

    async def back(self) -> None:
        """Wait until the database answers again that was away; for one who waits."""
        await self._back.wait()
        self._back.clear()

    def failed(self) -> None:
        """It did not, or a connection broke."""
        now = time.monotonic()
        self._failures.append(now)
        self._again = now + AGAIN
        if len(self._failures) < FAILURES or now - self._failures[0] > WITHIN or self.open:
            return
        self.open = True
        for limit in self._running:
            if not limit.expired():
                limit.reschedule(asyncio.get_running_loop().time())

    def _enter(self) -> None:
        if not self.open:
            return
        if self.watched or time.monotonic() < self._again:
            raise Unsent(AWAY)
        self._again = time.monotonic() + AGAIN  # one may try
