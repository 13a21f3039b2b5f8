"""Which disciplines a specialist practises now, for whose rights depend on it."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress

from graph.errors import GraphError
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph

KEPT = 5.0  # seconds that an answer counts
LOOKED = 3.0  # the same for who has a stream, which is looked at each second and told the next time
MOST = 1000  # specialists whose disciplines are kept


class Practising:
    """The disciplines of the specialists of a graph, as they were read a moment ago."""

    def __init__(self, graph: Graph, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing yet; `clock` tells seconds."""
        self._graph = graph
        self._clock = clock
        self._kept: dict[str, tuple[float, frozenset[str]]] = {}
        self._reading: dict[str, asyncio.Task[None]] = {}

    async def of(self, id_: str, kept: float = KEPT) -> frozenset[str]:
        """The codes of what the specialist with this id practises; none for nobody.

        What was read fewer seconds ago than it is `kept` is not read again.
        Raises Unavailable or TimedOut.
        """
        now = self._clock()
        began, found = self._kept.get(id_, (now - kept, None))
        if found is None or now - began >= kept:
            if len(self._kept) >= MOST:
                self._kept.clear()
            given = {"key": f"Specialist:{id_}", **Moment.now().parameters}
            rows = await self._graph.read(query("reach/practised"), **given)
            found = frozenset(row["code"] for row in rows)
            self._kept[id_] = now, found
        return found

    def still(self, id_: str, known: frozenset[str]) -> bool:
        """Whether a specialist practises these, as far as was read.

        What was read a while ago is read anew beside, for whoever asks next; while the database is
        away, what was read last counts.
        """
        began, found = self._kept.get(id_, (self._clock() - LOOKED, known))
        if self._clock() - began >= LOOKED and id_ not in self._reading:
            reading = self._reading[id_] = asyncio.create_task(self._again(id_))
            reading.add_done_callback(lambda _: self._reading.pop(id_))
        return found == known

    async def _again(self, id_: str) -> None:
        with suppress(GraphError):
            await self.of(id_, LOOKED)
