"""SC-k of one thing, searched from it: every source's best chain, by max-product Dijkstra.

It needs no labels, so that it answers for worlds that nobody keeps: with some claims ended and some
flags resolved. What is ended no longer damps its hub.
"""

import heapq
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from graph.algorithms.claims import Floats, Ints
from graph.algorithms.kernels import compiled
from graph.algorithms.risk_arcs import NANO, RiskArcs, nano


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain into the thing: its source, what arrives, and its arcs from the source."""

    source: int
    strength: float
    arcs: tuple[int, ...]


def chains(
    arcs: RiskArcs,
    seeds: Floats,
    thing: int,
    k: int,
    floor: float,
    ended: Collection[int] = (),
) -> list[Chain]:
    """The k strongest chains into one thing, these claims ended."""
    first, order = arcs.into
    gone = np.array(sorted(ended), np.int64)
    fewer = arcs.degree
    if len(gone):
        fewer = fewer.copy()
        of_gone = np.flatnonzero(np.isin(arcs.link, gone))
        _, once = np.unique(arcs.link[of_gone], return_index=True)
        np.subtract.at(fewer, arcs.hub[of_gone[once]], 1)
    found = _searched(
        first, order, arcs.start, arcs.link, arcs.base, arcs.most, arcs.hub, fewer, gone,
        seeds, nano(seeds), thing, floor,
    )  # fmt: skip
    sources, costs, following, factors = found
    ranked = np.lexsort((sources, costs))[:k]
    return [
        _chain(arcs, seeds, int(sources[at]), thing, following, factors) for at in ranked.tolist()
    ]


def _chain(
    arcs: RiskArcs, seeds: Floats, source: int, thing: int, following: Ints, factors: Floats
) -> Chain:
    """Read off the arcs that lead on; the strength is multiplied from the source on."""
    one, strength, found = source, float(seeds[source]), []
    while one != thing:
        arc = int(following[one])
        found.append(arc)
        strength *= float(factors[one])
        one = int(arcs.end[arc])
    return Chain(source, strength, tuple(found))


@compiled
def _ended(gone: Ints, link: int) -> bool:
    place = np.searchsorted(gone, link)
    return bool(place < len(gone) and gone[place] == link)


@compiled
def _damped(most: int, degree: int) -> float:
    return most / degree if 0 < most < degree else 1.0


@compiled
def _searched(
    first: Ints,
    order: Ints,
    starts: Ints,
    links: Ints,
    base: Floats,
    most: Ints,
    hub: Ints,
    degree: Ints,
    gone: Ints,
    seeds: Floats,
    seed_costs: Ints,
    thing: int,
    floor: float,
) -> tuple[Ints, Ints, Ints, Floats]:
    """Sources with their costs; by thing, the arc that leads on and what it leaves."""
    size = len(first) - 1
    settled = np.zeros(size, np.bool_)
    following = np.full(size, -1, np.int64)
    factors = np.zeros(size, np.float64)
    sources = [np.int64(0)]
    sources.pop()
    costs = [np.int64(0)]
    costs.pop()
    heap = [(np.int64(0), np.int64(thing), np.int64(-1), 1.0, 1.0)]
    while len(heap) > 0:
        total, one, arc, left, product = heapq.heappop(heap)
        if settled[one]:
            continue
        settled[one] = True
        following[one], factors[one] = arc, left
        if one != thing and seeds[one] * product >= floor:
            sources.append(one)
            costs.append(total + seed_costs[one])
        for at in range(first[one], first[one + 1]):
            back = order[at]
            above = starts[back]
            if settled[above] or _ended(gone, links[back]):
                continue
            factor = base[back] * _damped(most[back], degree[hub[back]])
            further = product * factor
            if further >= floor:
                cost = np.int64(np.rint(-NANO * np.log(factor)))
                heapq.heappush(heap, (total + cost, above, back, factor, further))
    return np.array(sources), np.array(costs), following, factors
