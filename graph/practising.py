"""Which disciplines a specialist practises now, for whose rights depend on it."""

import time
from collections.abc import Callable

from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph

KEPT = 5.0  # seconds that an answer counts
MOST = 1000  # specialists whose disciplines are kept


class Practising:
    """The disciplines of the specialists of a graph, as they were read a moment ago."""

    def __init__(self, graph: Graph, clock: Callable[[], float] = time.monotonic) -> None:
        """Know nothing yet; `clock` tells seconds."""
        self._graph = graph
        self._clock = clock
        self._kept: dict[str, tuple[float, frozenset[str]]] = {}

    async def of(self, id_: str) -> frozenset[str]:
        """The codes of what the specialist with this id practises; none for nobody.

        Raises Unavailable or TimedOut.
        """
        now = self._clock()
        began, found = self._kept.get(id_, (now - KEPT, None))
        if found is None or now - began >= KEPT:
            if len(self._kept) >= MOST:
                self._kept.clear()
            given = {"key": f"Specialist:{id_}", **Moment.now().parameters}
            rows = await self._graph.read(query("reach/practised"), **given)
            found = frozenset(row["code"] for row in rows)
            self._kept[id_] = now, found
        return found
