"""Who owns what around some parties at a past moment of a large graph.

A whole snapshot of another moment than now costs as much time and memory as that of now, for one
question. So where a graph has more than WHOLE claims, only what the question rests on is read, a
level at a time: above a party all that its owners, its controller and its being blocked depend on;
below one what it may control, and every claim on that. Nothing is kept: it costs what lies around.
"""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from time import monotonic, perf_counter

from neo4j import Query

from graph.algorithms.columns import Row
from graph.algorithms.control import controlled
from graph.algorithms.recorded import Recorded
from graph.changes import Place
from graph.errors import TimedOut
from graph.queries import query
from graph.records.moment import Moment
from graph.scenarios import Scenario, world
from graph.session import Graph
from graph.snapshot import SNAPSHOTS, Snapshot, listed, snapshot
from graph.terms import CompletenessState

WHOLE = 250_000  # claims: of a graph with more, another moment than now is read in part
MOST = 50_000  # claims that are read around
SECONDS = 3.0  # no level is begun after these
NOWHERE = Place(None, 0)  # of the log: what is read of a past moment is not kept, nor followed


async def whole(graph: Graph, moment: Moment) -> Snapshot | None:
    """All claims at the moment; None if they are too many to be read for a past one."""
    if await _readable(graph, moment):
        return await snapshot(graph, moment)
    return None


async def _readable(graph: Graph, moment: Moment) -> bool:
    present = moment.open and moment.as_of == Moment.now().as_of
    if present or SNAPSHOTS.keeps(graph, moment):
        return True
    known = SNAPSHOTS.present(graph)
    if known is not None:
        return len(known.recorded.id) <= WHOLE
    [found] = await graph.read(query("snapshot/size"))
    return bool(found["claims"] <= WHOLE)


async def around(
    graph: Graph,
    moment: Moment,
    scenario: Scenario | None = None,
    *,
    above: Collection[str] = (),
    below: Collection[str] = (),
) -> Snapshot:
    """The claims on which questions rest about what stands above these, and below those.

    What joins a scenario's relationships is looked at too. Raises BadInput for a scenario that
    goes against what is recorded.
    """
    started = perf_counter()
    reading = _Reading(graph, moment, scenario)
    try:
        await reading.above({*above, *(scenario.joined if scenario else ())})
        if below:
            await reading.below(below)
    except TimedOut:
        reading.cut = CompletenessState.TIMED_OUT
    recorded = await reading.recorded()
    told = await listed(graph, moment)
    seconds = perf_counter() - started
    return Snapshot(NOWHERE, moment.known_at, seconds, recorded, told, reading.cut)


async def directly(graph: Graph, moment: Moment, keys: Collection[str]) -> Recorded:
    """The claims on these, and for whom their holders stand."""
    reading = _Reading(graph, moment)
    await reading.on(keys)
    return await reading.recorded()


@dataclass
class _Reading:
    graph: Graph
    moment: Moment
    scenario: Scenario | None = None
    rows: dict[str, Row] = field(default_factory=dict)
    cut: CompletenessState | None = None  # why not all was read
    until: float = field(default_factory=lambda: monotonic() + SECONDS)

    async def recorded(self) -> Recorded:
        """What was read, as arrays."""
        return await asyncio.to_thread(Recorded.of, tuple(self.rows.values()))

    async def above(self, keys: Collection[str]) -> None:
        """Whatever holds these by any chain, nominees and nominators among it."""
        seen: set[str] = set()
        frontier = set(keys)
        while frontier and self._goes_on():
            seen |= frontier
            found = await self._above(frontier, frontier)
            frontier = _uppers(found) - seen

    async def on(self, keys: Collection[str]) -> None:
        """Every claim on these, and for whom their holders stand."""
        found = await self._above(keys, ())
        seen: set[str] = set()
        while (frontier := _uppers(found) - seen) and self._goes_on():
            seen |= frontier
            found = await self._above((), frontier)

    async def below(self, keys: Collection[str]) -> None:
        """Whatever these may control, at the upper ends of all ranges, and every claim on it."""
        opened: set[str] = set()
        judged = {row.end for row in self.rows.values() if row.type == "OWNS"}
        frontier = set(keys)
        while frontier and self._goes_on():
            opened |= frontier
            found = await self._read(query("snapshot/below"), keys=sorted(frontier))
            owned = {row.end for row in found if row.type == "OWNS"} - judged
            judged |= owned
            if owned:
                await self.on(owned)
            # What nominees hold for these counts too.
            frontier = {row.start for row in found if row.type != "OWNS"} - opened
            if not frontier:
                frontier = await self._won(keys) - opened

    async def _won(self, keys: Collection[str]) -> set[str]:
        """What they may control by what is known so far, with what a scenario imagines."""
        known = Snapshot(NOWHERE, self.moment.known_at, 0.0, await self.recorded(), ())

        def run() -> set[str]:
            after = world(known, self.scenario, self.moment).recorded
            places = [at for key in sorted(keys) if (at := after.place(key)) is not None]
            order = controlled(after.holdings, places).high.order.tolist() if places else []
            return {after.key(one) for one in order}

        return await asyncio.to_thread(run)

    async def _above(self, keys: Collection[str], nominees: Collection[str]) -> list[Row]:
        above = query("snapshot/above")
        return await self._read(above, keys=sorted(keys), nominees=sorted(nominees))

    async def _read(self, question: Query, **asked: object) -> list[Row]:
        left = MOST - len(self.rows)
        given = {**asked, "limit": max(0, left) + 1, **self.moment.parameters}
        found = await self.graph.read(question, **given)
        rows = [Row(*row) for row in found[0]["rows"]]
        if len(rows) > left:
            self.cut = CompletenessState.TRUNCATED
            rows = rows[: max(0, left)]
        self.rows |= {row.id: row for row in rows}
        return rows

    def _goes_on(self) -> bool:
        if self.cut is None and monotonic() > self.until:
            self.cut = CompletenessState.TIMED_OUT
        return self.cut is None


def _uppers(rows: Iterable[Row]) -> set[str]:
    """Who stands above by these claims: the owner, or whom a nominee stands for."""
    return {row.start if row.type == "OWNS" else row.end for row in rows}
