"""Sends what the change log says to the webhooks that want it: one server at a time.

Each turn writes what attempts came to, reads how everything stands in one statement, stores what is
to be sent next and starts what is due. What it knows beside the store are places in the log and the
attempts on their way: if it is killed, the next one goes on from what is stored.
"""

import asyncio
import logging
import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from graph import feed as feeds
from graph.errors import GraphError
from graph.outlived import fault
from graph.paging import Seal
from graph.policy import Viewer
from graph.session import Graph
from graph.webhooks import lines, store
from graph.webhooks.attempts import Attempts
from graph.webhooks.filling import Filling
from graph.webhooks.lines import Line, Waiting
from graph.webhooks.lookups import Crowded
from graph.webhooks.owners import Owners
from graph.webhooks.posting import SECONDS, Posts
from graph.webhooks.secrets import Locksmith
from graph.webhooks.store import LEASE, Beat, Result

EVERY = 2.0  # seconds between two beats when nothing happens
LEAST = 0.02  # between two turns whatever happens
AGAIN = 2.0  # until a database that is away is asked again
LONG = 30.0  # the same after a fault of ours
AT_ONCE = 100  # attempts on their way
OF_ONE = 4  # of one webhook; 1 while it fails
SURE = SECONDS + 1  # what must be left of the lease for an attempt to begin
log = logging.getLogger(__name__)
Clock = Callable[[], datetime]


@dataclass
class Counts:
    """What was counted since the server started, and what waits."""

    sent: int = 0
    failed: int = 0
    waiting: int = 0
    sending: bool = False


class Sender:
    """The one that sends, if this server holds the lease."""

    def __init__(
        self,
        graph: Graph,
        seal: Seal,
        locks: Locksmith,
        owners: Owners,
        posts: Posts,
        *,
        alone: bool = False,
        clock: Clock = lambda: datetime.now(UTC),
        chance: Callable[[], float] = random.random,
    ) -> None:
        """`alone` if no other server can be on this graph: the lease of one before is over."""
        self.counts = Counts()
        self.news = asyncio.Event()
        self._graph, self._alone, self._clock, self._chance = graph, alone, clock, chance
        self._owners = owners
        self._holder = uuid4().hex
        self._until = 0.0
        self._feed = feeds.feed(graph)
        self._filling = Filling(graph, self._feed)
        self._attempts = Attempts(graph, seal, locks, posts, clock)
        self._flying: set[str] = (
            set()
        )  # deliveries on their way, and what came of which is not kept
        self._busy: Counter[str] = Counter()  # lanes on their way, by webhook
        self._tasks: set[asyncio.Task[None]] = set()
        self._results: list[Result] = []
        self._following = AsyncExitStack()
        self._follows = False
        self._seen = self._feed.place

    async def run(self) -> None:
        """Until cancelled; a database that is away is asked again."""
        try:
            while True:
                pause = await self._safely()
                await self._pause(pause)
        finally:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await self._following.aclose()
            if self.counts.sending:
                with suppress(GraphError):  # it ends by itself
                    await store.lease(self._graph, self._holder, alone=False, seconds=0)

    async def _safely(self) -> float:
        try:
            return await self.turn()
        except GraphError as error:
            log.warning("Webhooks are not sent now.", extra={"fault": error.code})
            self._filling.forget()
            return AGAIN
        except Exception:  # whatever it is, it must not end what is sent for good
            log.exception("Webhooks were not sent.")
            self._filling.forget()
            return LONG

    async def turn(self) -> float:
        """Do what there is to do now; in how many seconds there is more, at most."""
        await self._tell()
        at = self._clock()
        beat = await store.beat(self._graph, at)
        self.counts.waiting = sum(len(line.waiting) for line in beat.lines)
        if not beat.lines:
            await self._follow(False)
            return EVERY
        if not await self._leads(beat):
            await self._follow(False)
            return EVERY
        await self._owners.current()
        await self._follow(any(line.active for line in beat.lines))
        standing = [(line, owner) for line in beat.lines if (owner := self._owner(line))]
        self._start(standing, at)
        active = [(line, owner) for line, owner in standing if line.active]
        self._seen = self._feed.place
        put, more = await self._filling.rows(active, at)
        if put:
            await self._filling.kept(put, await store.put(self._graph, self._holder, put))
        if more or any(row["deliveries"] for row in put):
            return LEAST
        return self._next(beat, at)

    def _owner(self, line: Line) -> Viewer | None:
        return self._owners.standing(line.owner, by_key=line.by_key)

    async def _leads(self, beat: Beat) -> bool:
        """Whether this server sends: it holds the lease, or nobody does and it takes it."""
        mine = beat.holder == self._holder
        if mine and self._left() > LEASE / 2:
            return True
        free = not beat.held or (self._alone and not self.counts.sending)
        began = time.monotonic()
        taken = (mine or free) and await store.lease(
            self._graph, self._holder, alone=self._alone and not self.counts.sending
        )
        self._until = began + LEASE if taken else 0.0
        self.counts.sending = taken
        return taken

    def _left(self) -> float:
        return self._until - time.monotonic()

    async def _follow(self, wanted: bool) -> None:
        """Have the log read while anything is sent to."""
        if wanted and not self._follows:
            await self._following.enter_async_context(self._feed.following())
        elif self._follows and not wanted:
            await self._following.aclose()
        self._follows = wanted

    def _start(self, standing: list[tuple[Line, Viewer]], at: datetime) -> None:
        """Begin what is due: of each webhook a few at once, so that a slow one holds up nobody."""
        random.shuffle(standing)  # whoever stands last would wait whenever there is much to do
        for line, _ in standing:
            of_one = OF_ONE if line.failing_since is None else 1
            found = lines.lanes(line.waiting, at, self._flying, active=line.active)
            for lane in found[: max(0, of_one - self._busy[line.key])]:
                if len(self._tasks) >= AT_ONCE or self._left() < SURE:
                    return
                self._flying |= {each.key for each in lane}
                self._busy[line.key] += 1
                task = asyncio.create_task(self._lane(line, lane))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _lane(self, line: Line, lane: list[Waiting]) -> None:
        """Send the changes of one account one after the other, as far as they are acknowledged."""
        try:
            for each in lane:
                owner = self._owner(line)
                if owner is None or self._left() < SURE:
                    break
                found = await self._made(line, each, owner)
                self._results.append(found)
                self.counts.sent += found.delivered
                self.counts.failed += found.failed
                self.news.set()
                if found.failed:
                    break
        except Crowded:
            log.debug("A webhook waits: no name can be looked up now.")
        except GraphError as error:  # it is not known what its owner may see: it waits
            log.warning("A webhook was not sent to.", extra={"fault": error.code})
        finally:
            told = {result.key for result in self._results}
            self._flying -= {each.key for each in lane} - told  # these when their result is stored
            self._busy[line.key] -= 1

    async def _made(self, line: Line, each: Waiting, owner: Viewer) -> Result:
        """What an attempt came to. After a fault of ours it counts too: else it never ends."""
        chance = self._chance()
        try:
            return await self._attempts.made(line, each, owner, chance)
        except GraphError:
            raise
        except Exception as error:
            log.error("An attempt of a webhook ended by a fault.", extra=fault(error))
            return self._attempts.faulty(line, each, chance)

    async def _tell(self) -> None:
        """Store what attempts came to; what cannot be stored now is told the next time."""
        found = list(self._results)
        if not found:
            return
        await store.results(self._graph, self._holder, found, self._clock())
        del self._results[: len(found)]
        self._flying -= {each.key for each in found}

    def _next(self, beat: Beat, at: datetime) -> float:
        """Seconds until something is due."""
        if self._results:
            return LEAST
        due = [w.due for line in beat.lines for w in line.waiting if w.due and w.due > at]
        soon = min(due, default=at + timedelta(seconds=EVERY)) - at
        return max(LEAST, min(EVERY, soon.total_seconds()))

    async def _pause(self, seconds: float) -> None:
        """Until something happens, here or in the log."""
        await asyncio.sleep(LEAST)
        waits: list[asyncio.Task[object]] = [asyncio.create_task(self.news.wait())]
        if self._follows and seconds > LEAST:
            waits.append(asyncio.create_task(self._feed.moved(self._seen, seconds)))
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        await asyncio.gather(*waits, return_exceptions=True)
        self.news.clear()
