"""SC-k of one thing, searched from it: every source's best chain, by max-product Dijkstra.

It needs no labels, so that it answers for worlds that nobody keeps: with some claims ended and some
flags resolved. What is ended no longer damps its hub.
"""

import heapq
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from graph.algorithms.claims import Floats, Ints, Places
from graph.algorithms.kernels import compiled
from graph.algorithms.risk_arcs import NANO, Hub, RiskArcs, nano


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
    changed, anew = otherwise(arcs, ended)
    least = int(nano(seeds.max(keepdims=True))[0])
    found = _searched(
        (first, order, arcs.start), arcs.left, arcs.cost, (changed, anew),
        seeds, least, thing, k, floor,
    )  # fmt: skip
    sources, costs, following, factors = found
    ranked = np.lexsort((sources, costs + nano(seeds[sources])))[:k]
    return [
        _chain(arcs, seeds, int(sources[at]), thing, following, factors) for at in ranked.tolist()
    ]


def otherwise(arcs: RiskArcs, ended: Collection[int]) -> tuple[Places, Floats]:
    """The arcs that leave something else once these claims are ended, in order, and what."""
    fewer: Counter[Hub] = Counter()
    changed: dict[int, float] = {}
    gone = arcs.of_claims(ended) if ended else []
    for pair in gone:
        fewer.update({hub for arc in pair if (hub := arcs.hub(arc)) is not None})
    for hub, number in fewer.items():
        there, left = arcs.damped(hub, number)
        changed |= zip(there.tolist(), left.tolist(), strict=True)
    changed |= {arc: 0.0 for pair in gone for arc in pair}
    order = sorted(changed)
    return np.array(order, np.int32), np.array([changed[arc] for arc in order], np.float64)


def _chain(
    arcs: RiskArcs, seeds: Floats, source: int, thing: int, following: Places, factors: Floats
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
def _leaves(arc: int, left: Floats, otherwise: tuple[Places, Floats]) -> float:
    """What an arc leaves now."""
    changed, anew = otherwise
    if len(changed):
        place = np.searchsorted(changed, arc)
        if place < len(changed) and changed[place] == arc:
            return float(anew[place])
    return float(left[arc])


@compiled
def _cost(leaves: float, left: float, cost: int) -> int:
    """What an arc costs that has cost so much for what it left."""
    return cost if leaves == left else int(np.rint(-NANO * np.log(leaves)))


@compiled
def _searched(
    into: tuple[Places, Places, Places],
    left: Floats,
    costs: Ints,
    otherwise: tuple[Places, Floats],
    seeds: Floats,
    least: int,
    thing: int,
    k: int,
    floor: float,
) -> tuple[Ints, Ints, Places, Floats]:
    """Sources with the costs of their ways; by thing, the arc that leads on and what it leaves.

    `least` is what the highest own risk costs: with it, no source further off can come before the
    best k that are known, and there the search ends.
    """
    first, order, starts = into
    size = len(first) - 1
    settled = np.zeros(size, np.bool_)
    following = np.empty(size, np.int32)  # neither is read where nothing is settled
    factors = np.empty(size, np.float64)
    sources, totals = [np.int64(0)], [np.int64(0)]  # each with an entry to tell its type
    sources.pop()
    totals.pop()
    best = np.full(k, 2**62, np.int64)
    heap = [(np.int64(0), np.int64(thing), np.int32(-1), 1.0, 1.0)]
    while len(heap) > 0 and heap[0][0] + least <= best[-1]:
        total, one, arc, factor, product = heapq.heappop(heap)
        if settled[one]:
            continue
        settled[one] = True
        following[one], factors[one] = arc, factor
        if one != thing and seeds[one] * product >= floor:
            sources.append(one)
            totals.append(total)
            # One nano-nat more: this logarithm and that of the arrays may round apart.
            best[-1] = min(best[-1], total + np.int64(-NANO * np.log(seeds[one])) + 2)
            best.sort()
        for at in range(first[one], first[one + 1]):
            back = order[at]
            above = np.int64(starts[back])
            if settled[above]:
                continue
            leaves = _leaves(back, left, otherwise)
            further = product * leaves
            if further >= floor:
                cost = _cost(leaves, left[back], costs[back])
                if total + cost + least <= best[-1]:
                    heapq.heappush(heap, (total + cost, above, back, leaves, further))
    return np.array(sources), np.array(totals), following, factors
