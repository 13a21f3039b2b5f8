"""Turns of all callers: as many at once as the server keeps up with, the others in a short queue.

Who could not be let in within time is refused at once, and is always the newest: nobody waits for
nothing. See docs/adr/0045.
"""

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from transport.keeping_up import FEW, FIRST, Limit

BEAT = 0.05  # seconds
STOOD = 0.1  # seconds for which a queue may stand and be a burst; then there are too many
SOON = 0.2  # seconds that one may have to wait in a queue that stands, unless it is short
FORGOTTEN = 2.0  # seconds after which a pace is no longer believed
RECENT = 0.1  # how much the last turn counts in the pace

Clock = Callable[[], float]


class Full(Exception):
    """There is no turn, or none in time."""


class Pace:
    """How many seconds lie between two turns while somebody waits for one."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._seconds = 0.0
        self._last = -FORGOTTEN

    def begin(self, now: float) -> None:
        """Somebody waits, and nobody did."""
        if now - self._last >= FORGOTTEN:
            self._seconds = 0.0
        self._last = now

    def turn(self, now: float) -> None:
        """One who waited has a turn."""
        gap = now - self._last
        self._seconds += (gap - self._seconds) * (RECENT if self._seconds else 1.0)
        self._last = now

    def wait(self, before: int, now: float) -> float:
        """How long one waits behind so many."""
        return (before + 1) * max(self._seconds, now - self._last)


class Crowd:
    """Turns one after the other: so many at once at most, so many more waiting so many seconds."""

    def __init__(
        self, at_once: int, waiting: int, seconds: float, clock: Clock = time.monotonic
    ) -> None:
        """Start empty."""
        self._limit = Limit(at_once)
        self._pace = Pace()
        self._most = waiting
        self._seconds = seconds
        self._clock = clock
        self._running = 0
        self._queue: deque[asyncio.Future[None]] = deque()
        self._since = 0.0  # when the queue began to stand
        self._beating = False

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._queue)

    @property
    def limit(self) -> int:
        """How many may run at once now."""
        return self._limit.now

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Take a turn; raises Full, at once if there would be none in time."""
        if self._queue or self._running >= self._limit.now:
            await self._wait()
        else:
            self._running += 1
        began, calm = self._clock(), self._running <= FEW and not self._queue
        try:
            yield
        finally:
            now, wanted = self._clock(), bool(self._queue)
            self._limit.ended(began, now, calm and not wanted, wanted)
            self._leave()

    async def _wait(self) -> None:
        now = self._clock()
        if not self._queue:
            self._since = now
            self._pace.begin(now)
            self._limit.begin(now)
        if self._hopeless(now):
            raise Full
        turn = asyncio.get_running_loop().create_future()
        self._queue.append(turn)
        self._beat_later()
        try:
            async with asyncio.timeout(self._seconds):
                await turn
        except BaseException as error:
            self._left(turn)
            if isinstance(error, TimeoutError):
                raise Full from None
            raise

    def _hopeless(self, now: float) -> bool:
        """Whether one who comes now would wait too long."""
        stands = len(self._queue) >= FIRST and now - self._since > STOOD
        most = min(SOON, self._seconds) if stands else self._seconds
        return len(self._queue) >= self._most or self._pace.wait(len(self._queue), now) > most

    def _left(self, turn: asyncio.Future[None]) -> None:
        """One who waited goes; a turn that came at the last moment is the next one's."""
        if turn.done() and not turn.cancelled():
            self._leave()
        with suppress(ValueError):
            self._queue.remove(turn)

    def _leave(self) -> None:
        self._running -= 1
        self._admit()

    def _admit(self) -> None:
        while self._queue and self._running < self._limit.now:
            turn = self._queue.popleft()
            if not turn.done():
                self._running += 1
                self._pace.turn(self._clock())
                turn.set_result(None)

    def _beat_later(self) -> None:
        if not self._beating:
            self._beating = True
            asyncio.get_running_loop().call_later(BEAT, self._beat)

    def _beat(self) -> None:
        self._beating = False
        if self._queue:
            if self._limit.starved(self._clock()):
                self._admit()
            self._beat_later()
