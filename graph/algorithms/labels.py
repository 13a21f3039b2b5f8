"""SC-k over all things at once: the best chains into each, by labels that settle in falling order.

Definitions stand in `docs/risk.md`. A label is the best chain from one source; k + 1 of them are
kept at each thing, because a thing must skip itself in its neighbours' lists. Order: cost in
nano-nats, then the source's key. Attenuations are below 1, so that labels settle as in Dijkstra's
algorithm, and each is the shortest by its order for ever.
"""

import heapq
from dataclasses import dataclass

import numpy as np

from graph.algorithms.claims import Floats, Ints
from graph.algorithms.kernels import compiled
from graph.algorithms.risk_arcs import RiskArcs, nano


@dataclass(frozen=True)
class Labels:
    """By thing and rank: the source, what arrives, and the last arc; `number` are there."""

    number: Ints
    source: Ints
    value: Floats
    arc: Ints
    seeds: Floats
    k: int

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        arrays = (self.number, self.source, self.value, self.arc, self.seeds)
        return sum(each.nbytes for each in arrays)

    def scores(self) -> Floats:
        """The score of every thing."""
        ranks = np.arange(self.k + 1)
        counted = ranks[None, : self.k] < self.number[:, None]
        kept = np.where(counted, 1 - self.value[:, : self.k], 1.0)
        found: Floats = 1 - (1 - self.seeds) * np.prod(kept, axis=1)
        return found

    def rank(self, thing: int, source: int) -> int | None:
        """Which label of a thing is this source's."""
        for rank in range(int(self.number[thing])):
            if self.source[thing, rank] == source:
                return rank
        return None

    def chain(self, arcs: RiskArcs, thing: int, rank: int) -> list[int]:
        """The arcs of one chain, from its source."""
        source = int(self.source[thing, rank])
        found: list[int] = []
        while thing != source:
            arc = int(self.arc[thing, rank])
            found.append(arc)
            thing = int(arcs.start[arc])
            if thing != source:
                before = self.rank(thing, source)
                assert before is not None
                rank = before
        return found[::-1]


def labels(arcs: RiskArcs, seeds: Floats, k: int, floor: float) -> Labels:
    """The best k + 1 chains into every thing, each from another source, at or above the floor."""
    first, order = arcs.out
    found = _labels(first, order, arcs.end, arcs.left, arcs.cost, seeds, nano(seeds), k, floor)
    return Labels(*found, seeds, k)


@compiled
def _known(sources: Ints, origin: np.int64) -> bool:
    found = False
    for each in sources:
        found = found or each == origin
    return found


@compiled
def _labels(
    first: Ints,
    order: Ints,
    ends: Ints,
    left: Floats,
    cost: Ints,
    seeds: Floats,
    seed_costs: Ints,
    k: int,
    floor: float,
) -> tuple[Ints, Ints, Floats, Ints]:
    size = len(first) - 1
    number = np.zeros(size, np.int64)
    source = np.full((size, k + 1), -1, np.int64)
    value = np.zeros((size, k + 1), np.float64)
    last = np.full((size, k + 1), -1, np.int64)
    heap = [(np.int64(0), np.int64(0), np.int64(0), np.int64(0), 0.0)]
    heap.pop()
    for one in np.flatnonzero(seeds > 0):
        for at in range(first[one], first[one + 1]):
            arc = order[at]
            worth = seeds[one] * left[arc]
            if worth >= floor:
                heapq.heappush(heap, (seed_costs[one] + cost[arc], one, ends[arc], arc, worth))
    while len(heap) > 0:
        total, origin, thing, arc, worth = heapq.heappop(heap)
        there = number[thing]
        if there > k or _known(source[thing, :there], origin):
            continue
        source[thing, there], value[thing, there], last[thing, there] = origin, worth, arc
        number[thing] = there + 1
        for at in range(first[thing], first[thing + 1]):
            following = order[at]
            further = worth * left[following]
            if further >= floor and ends[following] != origin:
                sum_ = total + cost[following]
                heapq.heappush(heap, (sum_, origin, ends[following], following, further))
    return number, source, value, last
