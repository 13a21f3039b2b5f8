"""What is read whole into memory, by moment, and then kept current along the change log.

Before each answer the log's place is asked for; what was recorded since is read again. So an answer
rests on everything that was committed before it was asked. The last few moments are kept.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from graph import changes
from graph.changes import Place
from graph.records.moment import Moment
from graph.session import Graph

ANEW = 20_000  # so many changes behind, all is read again
KEPT = 4  # moments


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


@dataclass
class Kept(Generic[Held]):
    """What one graph's moments came to, the last used at the end."""

    found: "OrderedDict[object, Held]" = field(default_factory=OrderedDict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    read: int = 0
    advanced: int = 0


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
        async with kept.lock:
            place = await changes.place(graph)
            if moment.open:
                # Claims recorded while the question waited are read too: the log is followed only
                # from this place on, and they would be missing for good.
                moment = replace(moment, known_at=max(moment.known_at, datetime.now(UTC)))
            at = (moment.as_of, None if moment.open else moment.known_at)
            found = kept.found.get(at)
            if found is None or not _follows(found.place, place):
                found = await self._read(graph, moment, place)
                kept.read += 1
            elif found.place != place:
                found = await self._advance(graph, moment, found, place)
                kept.advanced += 1
            kept.found[at] = found
            kept.found.move_to_end(at)
            while len(kept.found) > KEPT:
                kept.found.popitem(last=False)
            return found

    def newest(self, graph: Graph) -> tuple[Held | None, Kept[Held]]:
        """What was last asked for of a graph, and what is counted about all that was."""
        kept = self.known.get(graph, Kept())
        return next(reversed(kept.found.values()), None), kept


def _follows(before: Place, place: Place) -> bool:
    """Whether the same log has gone on by few enough entries to follow it."""
    behind = place.sequence - before.sequence
    return before.incarnation == place.incarnation and 0 <= behind <= ANEW
