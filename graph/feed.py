"""The change log as it grows: one reader for all who follow it.

While anybody follows, the log is asked what is new, once for all: after each commit of this process
and four times a second for those of others. What was read is kept in blocks of the log, which never
change once they are full, so that many who go through the same part of it read it once. Who follows
is a place in the log and pulls: a slow client costs a place, not a queue.
"""

import asyncio
import logging
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Hashable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from graph import changes
from graph.changes import LAST, Excerpt, Filter, Place
from graph.lists import Window
from graph.outlived import outlived
from graph.records.changes import Change
from graph.session import Graph

BLOCK = 250  # entries read at once
BLOCKS = 40  # of them kept
EVERY = 0.25  # seconds until the log is asked again, if nobody here has written
AGAIN = 1.0  # seconds until a database that is away is asked again
FRESH = 1.0  # seconds for which what a wave of events shows is read once for all
T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pace:
    """How a stream goes: seconds and entries of the log.

    A stream whose client took longer than `patience` for one event while more than `behind` entries
    came in is ended.
    """

    heartbeat: float = 15.0
    patience: float = 10.0
    behind: int = 1_000


class Feed:
    """What one server knows of the log's end."""

    def __init__(self, graph: Graph, pace: Pace | None = None) -> None:
        """Read nothing before somebody follows."""
        self.pace = pace or Pace()
        self.place = Place(None, 0)
        self.followers = 0
        self._graph = graph
        self._reader: asyncio.Task[None] | None = None
        self._moved = asyncio.Event()
        self._lock = asyncio.Lock()  # what is read later is known later
        self._starting = asyncio.Lock()
        self._blocks: OrderedDict[int, list[Change]] = OrderedDict()
        self._wave: object = None
        self._shared: dict[Hashable, Any] = {}

    @asynccontextmanager
    async def following(self) -> AsyncIterator[None]:
        """Have the log read, if it is not yet; the last to leave ends that.

        Raises TimedOut or Unavailable.
        """
        self.followers += 1
        try:
            async with self._starting:  # of many who come at once, one asks
                if self._reader is None or self._reader.done():
                    await self.look(LAST)
                    self._reader = asyncio.create_task(self._read())
            yield
        finally:
            self.followers -= 1
            if not self.followers and self._reader:
                self._reader.cancel()
                self._reader = None
                self._blocks.clear()
                self._shared = {}

    async def look(self, after: int | None = None) -> None:
        """Learn where the log stands, and what is new since a place: since the last one known."""
        self._graph.written.clear()  # before asking: a commit meanwhile wakes the reader again
        since = self.place.sequence if after is None else after
        async with self._lock:
            found = await changes.excerpt(self._graph, Filter(), Window(BLOCK - 1, (since,)))
            self._learn(found)

    async def entries(self, after: int) -> list[Change]:
        """The entries that follow a place without a gap, as far as they lie in one block.

        Empty if they are not there yet: a number may be seen before all that it counts.
        """
        number = after // BLOCK
        async with self._lock:
            kept = self._run(number, after)
            if not kept:
                window = Window(BLOCK, (number * BLOCK,), ((number + 1) * BLOCK + 1,))
                self._learn(await changes.excerpt(self._graph, Filter(), window))
                kept = self._run(number, after)
        return kept

    async def moved(self, place: Place, seconds: float) -> None:
        """Wait until the log stands elsewhere than at a place, at most so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, seconds)):
                while self.place == place:
                    await self._moved.wait()

    def together(self, who: Hashable, make: Callable[[], T]) -> T:
        """What the events of one wave share among those who may see the same.

        It is made after everything that the log is known to hold, and for one second at most.
        """
        wave = (self.place, int(time.monotonic() / FRESH))
        if wave != self._wave:
            self._wave, self._shared = wave, {}
        if who not in self._shared:
            self._shared[who] = make()
        found: T = self._shared[who]
        return found

    async def _read(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._graph.written.wait()
            with outlived(log, "The change log is not read."):
                await self.look()
                continue
            await asyncio.sleep(AGAIN)

    def _learn(self, found: Excerpt) -> None:
        """Keep what was read, and wake those who wait for it."""
        if found.place.lost(self.place.sequence, self.place.incarnation):
            self._blocks.clear()  # the log is another one, or was set back
        for change in found.changes:
            block = self._blocks.setdefault((change.sequence - 1) // BLOCK, [])
            if block and change.sequence != block[-1].sequence + 1:
                if change.sequence <= block[-1].sequence and block[0].sequence <= change.sequence:
                    continue
                block.clear()
            block.append(change)
        while len(self._blocks) > BLOCKS:
            self._blocks.popitem(last=False)
        before, self.place = self.place, found.place
        if before != self.place:
            moved, self._moved = self._moved, asyncio.Event()
            moved.set()

    def _run(self, number: int, after: int) -> list[Change]:
        block = self._blocks.get(number, [])
        first = block[0].sequence if block else 0
        return block[after + 1 - first :] if 0 < first <= after + 1 else []


FEEDS: WeakKeyDictionary[Graph, Feed] = WeakKeyDictionary()


def feed(graph: Graph) -> Feed:
    """The one reader of a graph's log."""
    if graph not in FEEDS:
        FEEDS[graph] = Feed(graph)
    return FEEDS[graph]


def numbers(graph: Graph) -> dict[str, float]:
    """What is counted about the streams of a graph."""
    found = feed(graph)
    return {"feed_followers": found.followers, "feed_sequence": found.place.sequence}
