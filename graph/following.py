"""What is read whole into memory, by moment, and then kept current along the change log.

Before each answer the log's place is asked for; what was recorded since is read again. So an answer
rests on everything that was committed before it was asked. The last few moments are kept.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary, WeakValueDictionary

from graph import changes
from graph.changes import Place
from graph.clock import CLOCK
from graph.records.moment import Moment
from graph.session import Graph

ANEW = 20_000  # so many changes behind, all is read again
KEPT = 4  # moments
READERS = 2  # moments that are read whole at once


@dataclass(frozen=True, eq=False)
class Standing:
    """What was read of a moment, at a place of the log, and when it was read or read again."""

    place: Place
    known_at: datetime
    seconds: float  # that reading it took

    def moment(self, asked: Moment) -> Moment:
        """The moment at which it answers: if the record time is open, the one it was read at.

        Nothing has been recorded since, or it would have been read again: so the same question has
        the same answer to the letter until something is.
        """
        return replace(asked, known_at=self.known_at) if asked.open else asked


Held = TypeVar("Held", bound=Standing)


Which = tuple[date, datetime | None]
"""A moment as it is kept: its day, and its record time unless that is open."""


@dataclass
class Kept(Generic[Held]):
    """What one graph's moments came to, the last used at the end."""

    found: "OrderedDict[Which, Held]" = field(default_factory=OrderedDict)
    turns: "WeakValueDictionary[Which, asyncio.Lock]" = field(default_factory=WeakValueDictionary)
    under_way: "dict[Which, asyncio.Task[Held]]" = field(default_factory=dict)
    readers: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(READERS))
    read: int = 0
    advanced: int = 0

    def keep(self, which: Which, found: Held) -> None:
        """Keep what a moment came to; of too many the one longest unused goes, never today's."""
        self.found[which] = found
        self.found.move_to_end(which)
        today = (CLOCK.now().date(), None)
        while len(self.found) > KEPT:
            del self.found[next(one for one in self.found if one != today)]


class Following(Generic[Held]):
    """Reads a moment, and reads again what has changed since."""

    def __init__(
        self,
        read: Callable[[Graph, Moment, Place], Awaitable[Held]],
        advance: Callable[[Graph, Moment, Held, Place], Awaitable[Held]],
    ) -> None:
        """From a way to read all, and one to follow the log to a later place."""
        self._read, self._advance = read, advance
        self.known: WeakKeyDictionary[Graph, Kept[Held]] = WeakKeyDictionary()

    async def at(self, graph: Graph, moment: Moment) -> Held:
        """What holds at the moment, with everything recorded before this call.

        One statement where nothing has changed. Raises TimedOut, LimitExceeded or Unavailable.
        """
        kept = self.known.setdefault(graph, Kept())
        which = _which(moment)
        turn = kept.turns.setdefault(which, asyncio.Lock())
        async with turn:  # a moment that takes long to be read holds up nobody who asks for another
            place = await changes.place(graph)
            if moment.open:
                # Claims recorded while the question waited are read too: the log is followed only
                # from this place on, and they would be missing for good.
                moment = replace(moment, known_at=max(moment.known_at, CLOCK.now()))
            found = kept.found.get(which)
            if found is None or not _follows(found.place, place):
                found = await self._anew(kept, which, graph, moment, place)
            if found.place != place:
                found = await self._advance(graph, moment, found, place)
                kept.advanced += 1
            kept.keep(which, found)
            return found

    async def _anew(
        self, kept: Kept[Held], which: Which, graph: Graph, moment: Moment, place: Place
    ) -> Held:
        """Read all, or wait for the reading that an earlier caller began and did not wait for.

        It goes on when this caller leaves: of a large graph that takes longer than one request may.
        """

        async def reading() -> Held:
            async with kept.readers:
                found = await self._read(graph, moment, place)
            kept.read += 1
            kept.keep(which, found)
            return found

        task = kept.under_way.get(which)
        if task is None:
            task = kept.under_way[which] = asyncio.create_task(reading())
            task.add_done_callback(lambda done: _over(kept, which, done))
        return await asyncio.shield(task)

    def newest(self, graph: Graph) -> tuple[Held | None, Kept[Held]]:
        """What is in memory of today, else of what was last asked for; and what is counted."""
        kept = self.known.get(graph, Kept())
        return self.present(graph) or next(reversed(kept.found.values()), None), kept

    def keeps(self, graph: Graph, moment: Moment) -> bool:
        """Whether a moment of this graph is in memory."""
        return _which(moment) in self.known.get(graph, Kept()).found

    def present(self, graph: Graph) -> Held | None:
        """What is in memory of today, as far as it was last followed."""
        return self.known.get(graph, Kept()).found.get((CLOCK.now().date(), None))


def _which(moment: Moment) -> Which:
    return moment.as_of, None if moment.open else moment.known_at


def _over(kept: Kept[Held], which: Which, done: "asyncio.Task[Held]") -> None:
    """The reading has ended; why it failed, if nobody waited, is for the next to find."""
    kept.under_way.pop(which, None)
    if not done.cancelled():
        done.exception()


def _follows(before: Place, place: Place) -> bool:
    """Whether the same log has gone on by few enough entries to follow it."""
    behind = place.sequence - before.sequence
    return before.incarnation == place.incarnation and 0 <= behind <= ANEW
