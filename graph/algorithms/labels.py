"""SC-k over all things at once: the best chains into each, by labels that settle in falling order.

Definitions stand in `docs/risk.md`. A label is the best chain from one source; k + 1 of them are
kept at each thing, because a thing must skip itself in its neighbours' lists. Order: cost in
nano-nats, then the source's key; of one source's chains with the same cost, the one over the lower
key. Attenuations are below 1, so that every chain costs more than the one it goes on from.

Costs are dealt with in steps no wider than the cheapest arc: what is within one step cannot better
anything else within it. So each label settles once and is passed on once, without a heap.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from graph.algorithms.claims import Floats, Ints, Places
from graph.algorithms.kernels import compiled
from graph.algorithms.label_rows import NOWHERE, Chain, Rows, empty_table, put, rank_for, rows_of
from graph.algorithms.risk_arcs import NANO, RiskArcs, nano

Ways = tuple[Places, Places, Floats, Ints]
"""Where the arcs from each thing begin; by arc its end, what it leaves, and its cost."""
Queue = tuple[Places, Places, Places, Places]
"""By step, the first thing that waits for it; by thing, who follows, who precedes, and the step."""
STEPS = 1 << 22  # at most; an attenuation above 0.999998 would need more


@dataclass(frozen=True)
class Labels:
    """The best chains into each thing, strongest first."""

    table: Ints  # as `label_rows.rows_of` reads it
    seeds: Floats
    k: int
    floor: float

    @cached_property
    def rows(self) -> Rows:
        """Source, thing before, what arrives, and cost: of each thing, by rank."""
        return rows_of(self.table)

    @property
    def source(self) -> Places:
        """Where each chain begins; -1 for none."""
        return self.rows[0]

    @property
    def value(self) -> Floats:
        """What each chain brings; 0 for none."""
        return self.rows[2]

    @property
    def number(self) -> NDArray[np.int64]:
        """How many labels each thing has."""
        found: NDArray[np.int64] = np.count_nonzero(self.source >= 0, axis=1)
        return found

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return self.table.nbytes + self.seeds.nbytes

    def scores(self) -> Floats:
        """The score of every thing."""
        found = 1 - self.seeds
        for rank in range(self.k):
            found *= 1 - self.value[:, rank]  # nothing where there is no label
        return 1 - found

    def strengths(self, thing: int) -> tuple[float, ...]:
        """What the chains that count bring to a thing, strongest first."""
        return tuple(self.value[thing, : self.counted(thing)].tolist())

    def counted(self, thing: int) -> int:
        """How many chains count in the score of a thing."""
        return int(np.count_nonzero(self.source[thing, : self.k] >= 0))

    def rank(self, thing: int, source: int) -> int | None:
        """Which label of a thing is this source's."""
        found = np.flatnonzero(self.source[thing] == source)
        return int(found[0]) if len(found) else None

    def chain(self, arcs: RiskArcs, thing: int, rank: int) -> list[int]:
        """The arcs of one chain, from its source."""
        source = int(self.source[thing, rank])
        found: list[int] = []
        while thing != source:
            before = int(self.rows[1][thing, rank])
            found.append(arcs.between(before, thing))
            thing = before
            if thing != source:
                above = self.rank(thing, source)
                assert above is not None
                rank = above
        return found[::-1]


def labels(arcs: RiskArcs, seeds: Floats, k: int, floor: float) -> Labels:
    """The best k + 1 chains into every thing, each from another source, at or above the floor.

    Raises ValueError for a floor of 0, and if an arc leaves all but nothing of a risk.
    """
    if not 0 < floor < 1:
        raise ValueError("The floor must be above 0 and below 1.")
    highest = int(-NANO * np.log(floor)) + 1_000_000  # costs are rounded at each arc
    if arcs.least <= highest // STEPS:
        raise ValueError("An attenuation must stay well below 1.")
    table = empty_table(arcs.size, k + 1)
    step = min(arcs.least, highest)
    ways = (arcs.first, arcs.end, arcs.left, arcs.cost)
    _settle(ways, seeds, nano(seeds), floor, rows_of(table), step, highest // step + 1)
    return Labels(table, seeds, k, floor)


@compiled
def _move(queue: Queue, thing: int, step: int) -> None:
    """Let a thing wait for a step, and for no other; -1 for none."""
    head, following, preceding, waits = queue
    if waits[thing] >= 0:
        before, after = preceding[thing], following[thing]
        if before >= 0:
            following[before] = after
        else:
            head[waits[thing]] = after
        if after >= 0:
            preceding[after] = before
    waits[thing] = step
    if step >= 0:
        first = head[step]
        following[thing], preceding[thing] = first, -1
        if first >= 0:
            preceding[first] = thing
        head[step] = thing


@compiled
def _pass_on(
    ways: Ways,
    chain: Chain,
    floor: float,
    rows: Rows,
    progress: tuple[NDArray[np.uint8], Ints],
    queue: Queue,
    step: int,
) -> None:
    """Lead a chain on along each arc from where it ends."""
    first, ends, left, cost = ways
    one, source, value, so_far = chain
    settled, worst = progress
    last = rows[3].shape[1] - 1
    highest = len(queue[0]) * step  # above all steps
    for arc in range(first[one], first[one + 1]):
        total = so_far + cost[arc]
        # What comes below the floor, as from a large hub, is turned away before anything else is
        # fetched; most of the rest by the worst costs, which are an array of their own.
        if (
            total > highest
            or total > worst[ends[arc]]
            or ends[arc] == source
            or value * left[arc] < floor
        ):
            continue
        end = ends[arc]
        rank = rank_for(rows, end, total, source, one)
        if rank >= 0:
            rank = put(rows, end, rank, total, source, one, value * left[arc])
            worst[end] = rows[3][end, last]
            if rank == settled[end]:
                _move(queue, end, total // step)


@compiled
def _settle(
    ways: Ways,
    seeds: Floats,
    seed_costs: Ints,
    floor: float,
    rows: Rows,
    step: int,
    steps: int,
) -> None:
    """Fill the rows, step by step; a thing waits for the step of its first open label."""
    sources, _, values, costs = rows
    size, width = costs.shape
    progress = np.zeros(size, np.uint8), np.full(size, NOWHERE, np.int64)
    settled = progress[0]
    waiting = np.full((size, 3), -1, np.int32)  # side by side: they are used together
    queue = np.full(steps, -1, np.int32), waiting[:, 0], waiting[:, 1], waiting[:, 2]
    for one in range(size):
        if seeds[one] >= floor:
            chain = (one, one, seeds[one], seed_costs[one])
            _pass_on(ways, chain, floor, rows, progress, queue, step)
    for now in range(steps):
        while queue[0][now] >= 0:
            one = queue[0][now]
            _move(queue, one, -1)
            rank = settled[one]
            while rank < width and costs[one, rank] < (now + 1) * step:
                chain = (one, sources[one, rank], values[one, rank], costs[one, rank])
                rank += 1
                settled[one] = rank
                _pass_on(ways, chain, floor, rows, progress, queue, step)
            if rank < width and costs[one, rank] < NOWHERE:
                _move(queue, one, costs[one, rank] // step)
