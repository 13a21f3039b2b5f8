"""Chains of holdings: the strongest, or the shortest, from one party down to another.

Chains are simple: nothing stands on one twice, but a ring ends where it starts. They are found best
first, each beginning judged by what is left at best (A*), so that the first ones found are the
best; ties fall by the parties' order. A budget bounds the work where very many chains run close.
"""

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import inf, log

BUDGET = 50_000  # beginnings of chains looked at
Below = Mapping[int, Sequence[tuple[int, int]]]
"""By party: what it holds and by which pair, in order."""


@dataclass(frozen=True, slots=True)
class Found:
    """Chains as lists of pairs, best first; whether these are all, and how much was looked at."""

    chains: tuple[tuple[int, ...], ...]
    complete: bool
    looked_at: int


def strongest(
    below: Below, share: Callable[[int], float], start: int, end: int, limit: int
) -> Found:
    """The chains that carry most, by the product of their shares."""

    def cost(pair: int) -> float:
        part = share(pair)
        return -log(min(1.0, part)) if part > 0 else inf

    return _chains(below, cost, start, end, limit, longest=None)


def shortest(
    below: Below,
    start: int,
    end: int,
    limit: int,
    longest: int,
    length: Callable[[int], float] = lambda _pair: 1.0,
) -> Found:
    """The chains of the fewest steps, none with more than `longest`; a pair may take several."""
    return _chains(below, length, start, end, limit, longest)


def _chains(
    below: Below,
    cost: Callable[[int], float],
    start: int,
    end: int,
    limit: int,
    longest: int | None,
) -> Found:
    left = _left(below, cost, end)
    bound = inf if longest is None else longest
    ring = start == end
    heap: list[tuple[float, tuple[int, ...], tuple[int, ...]]] = []
    heapq.heappush(heap, (0.0 if ring else left.get(start, inf), (start,), ()))
    found: list[tuple[int, ...]] = []
    looked = 0
    while heap and looked < BUDGET:
        judged, nodes, pairs = heapq.heappop(heap)
        if judged > bound or judged == inf:
            return Found(tuple(found), True, looked)
        looked += 1
        if pairs and nodes[-1] == end:
            if len(found) == limit:
                return Found(tuple(found), False, looked)
            found.append(pairs)
            continue
        spent = sum(map(cost, pairs))
        for one, pair in below.get(nodes[-1], ()):
            if one in nodes and not (ring and one == end):
                continue
            rest = spent + cost(pair) + left.get(one, inf)
            if rest <= bound and rest < inf:
                heapq.heappush(heap, (rest, (*nodes, one), (*pairs, pair)))
    return Found(tuple(found), not heap, looked)


def _left(below: Below, cost: Callable[[int], float], end: int) -> dict[int, float]:
    """What it costs at best from each party to the end (Dijkstra, upwards)."""
    above: dict[int, list[tuple[int, int]]] = {}
    for one, held in below.items():
        for each, pair in held:
            above.setdefault(each, []).append((one, pair))
    found: dict[int, float] = {}
    heap = [(0.0, end)]
    while heap:
        so_far, one = heapq.heappop(heap)
        if one in found:
            continue
        found[one] = so_far
        for other, pair in above.get(one, ()):
            more = cost(pair)
            if other not in found and more < inf:
                heapq.heappush(heap, (so_far + more, other))
    return found
