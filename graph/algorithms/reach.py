"""What one source reaches: its best chain to everything, by max-product Dijkstra from it."""

import heapq
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.algorithms.claims import Floats, Ints, Places
from graph.algorithms.kernels import compiled
from graph.algorithms.risk_arcs import RiskArcs


@dataclass(frozen=True)
class Reached:
    """Things reached, strongest first, ties by key; by thing, the last arc of its chain."""

    things: Ints
    strengths: Floats
    last: Ints

    def chain(self, arcs: RiskArcs, thing: int) -> list[int]:
        """The arcs of the chain to one thing, from the source."""
        found: list[int] = []
        while (arc := int(self.last[thing])) >= 0:
            found.append(arc)
            thing = int(arcs.start[arc])
        return found[::-1]


def reach(arcs: RiskArcs, source: int, seed: float, floor: float) -> Reached:
    """Everything that the source's chains reach at or above the floor."""
    things, strengths, last = _reach(
        arcs.first, arcs.end, arcs.left, arcs.cost, source, seed, floor
    )
    ranked = np.lexsort((things, -strengths))
    return Reached(things[ranked], strengths[ranked], last)


@compiled
def _reach(
    first: Places,
    ends: Places,
    left: Floats,
    cost: Ints,
    source: int,
    seed: float,
    floor: float,
) -> tuple[Ints, Floats, Ints]:
    size = len(first) - 1
    settled = np.zeros(size, np.bool_)
    last = np.full(size, -1, np.int64)
    things = np.empty(size, np.int64)
    strengths = np.empty(size, np.float64)
    number = 0
    heap: list[tuple[Any, ...]] = [(np.int64(0), np.int64(source), np.int64(-1), seed)]
    while len(heap) > 0:
        total, one, arc, worth = heapq.heappop(heap)
        if settled[one]:
            continue
        settled[one] = True
        last[one] = arc
        if one != source:
            things[number], strengths[number] = one, worth
            number += 1
        for following in range(first[one], first[one + 1]):
            further = worth * left[following]
            if further >= floor and not settled[ends[following]]:
                dearer = np.int64(total + cost[following])
                end, by = np.int64(ends[following]), np.int64(following)  # places are of 32 bits
                heapq.heappush(heap, (dearer, end, by, further))
    return things[:number], strengths[:number], last
