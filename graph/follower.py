"""Following the change log from a place: first what is behind, then what comes, without a seam."""

import asyncio
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass

from graph import changes
from graph.changes import Filter
from graph.errors import TimedOut, Unavailable
from graph.feed import AGAIN, Feed
from graph.lists import Window
from graph.policy import Viewer
from graph.reach import ASSIGNING, reach
from graph.records.changes import Change
from graph.session import Graph
from graph.terms import ChangeEventKind, Permission
from graph.visible import Reached

FAR = 20_000  # entries behind: the store is asked for those that match
SPAN = 50_000  # of them looked through by one statement
MOST = 100  # matching entries at once, if not fewer are asked for
SOON = 0.05  # seconds until an entry is looked for again that must be there
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Step:
    """What comes next: entries that match, a gap, or nothing for a while."""

    kind: ChangeEventKind
    changes: tuple[Change, ...] = ()


class Follower:
    """One stream: a place in the log, and which entries it wants.

    `sequence` and `incarnation` are the place after which the next step goes on.
    """

    def __init__(
        self, graph: Graph, feed: Feed, wanted: Filter, sequence: int, incarnation: str | None
    ) -> None:
        """Start after a place of the log."""
        self._graph, self._feed, self._wanted = graph, feed, wanted
        self.sequence, self.incarnation = sequence, incarnation
        self._most = MOST

    async def step(self) -> Step:
        """The next step; it takes as long as a heartbeat at most, but for a database that is away.

        Changes are in the order of the log, each once. After a gap the place is before the oldest
        entry that is kept.
        """
        until = time.monotonic() + self._feed.pace.heartbeat
        while True:
            place = self._feed.place
            if (step := await self.there()) is None:
                await self._feed.moved(place, until - time.monotonic())
            elif step.changes or step.kind is not ChangeEventKind.CHANGE:
                return step
            if time.monotonic() >= until and self._feed.place == place:
                return Step(ChangeEventKind.HEARTBEAT)

    async def there(self, most: int = MOST) -> Step | None:
        """What is there already: a gap, or so many entries of the next ones; None at the end.

        None of the next ones may match.
        """
        self._most, place = most, self._feed.place
        if place.lost(self.sequence, self.incarnation):
            self.sequence, self.incarnation = place.earliest - 1, place.incarnation
            return Step(ChangeEventKind.GAP)
        self.incarnation = place.incarnation
        if self.sequence >= place.sequence:
            return None
        return Step(ChangeEventKind.CHANGE, tuple(await self._some()))

    async def _some(self) -> list[Change]:
        """Some of the entries that are there already, and match; moves on."""
        sequence = self.sequence
        try:
            behind = self._feed.place.sequence - sequence
            found, end = await (self._stored() if behind > FAR else self._kept())
        except (Unavailable, TimedOut) as error:
            # A line for each stream, each second: whoever looks for a silent one asks for them.
            log.debug("A stream waits for the change log.", extra={"fault": error.code})
            await asyncio.sleep(AGAIN)
            return []
        if self._feed.place.lost(sequence, self.incarnation):
            return []  # it was pruned while it was read
        if end == sequence:
            await asyncio.sleep(SOON)
        self.sequence = end
        return found

    async def _kept(self) -> tuple[list[Change], int]:
        """From what all streams share."""
        found = await self._feed.entries(self.sequence)
        end = found[-1].sequence if found else self.sequence
        mine = [change for change in found if self._wanted.matches(change)]
        if len(mine) > self._most:
            return mine[: self._most], mine[self._most - 1].sequence
        return mine, end

    async def _stored(self) -> tuple[list[Change], int]:
        """From the store, which passes over what does not match."""
        end = self.sequence + SPAN
        end = min(end, self._feed.place.sequence - FAR // 2)
        window = Window(self._most - 1, (self.sequence,), (end + 1,))
        found = await changes.excerpt(self._graph, self._wanted, window)
        if found.place.lost(self.sequence, self.incarnation):
            await self._feed.look()
            return [], self.sequence
        full = len(found.changes) == self._most
        return found.changes, found.changes[-1].sequence if full else end


class Sight:
    """What a follower may be told of entries, by the rights and the reach of now."""

    def __init__(self, graph: Graph, viewer: Viewer, right: Permission) -> None:
        """Nothing has been told yet."""
        self._graph, self._viewer, self._right = graph, viewer, right
        self.reached: Reached | None = None

    async def told(self, changes: Sequence[Change]) -> tuple[Change, ...]:
        """Those that were in reach before them, or are after them. Raises Forbidden.

        So that what leaves their reach is told once more. What happens out of reach is silence.
        """
        anew = any(one.relationship_type in ASSIGNING for one in changes)
        now = await reach(self._graph, self._viewer, self._right, anew=anew)
        before, self.reached = self.reached or now, now
        return tuple(one for one in changes if before.tells(one) or now.tells(one))
