"""What the full run of risk is measured beside: a heap in plain Python, and label rounds in numpy.

Both are written as one would who has only that: they give the same labels.
"""

import heapq

import numpy as np

from graph.algorithms.claims import Floats, Ints
from graph.algorithms.labels import Labels
from graph.algorithms.risk_arcs import RiskArcs, nano

Outgoing = list[list[tuple[int, float]]]
Found = list[dict[int, float]]


def outgoing(arcs: RiskArcs) -> Outgoing:
    """The arcs from each thing, as a Python program has them: end and attenuation."""
    found: Outgoing = [[] for _ in range(arcs.size)]
    rows = zip(arcs.start.tolist(), arcs.end.tolist(), arcs.left.tolist(), strict=True)
    for start, end, left in rows:
        found[start].append((end, left))
    return found


def heap(arcs: Outgoing, seeds: list[float], k: int, floor: float) -> Found:
    """Labels that settle in falling order, from a heap; what arrives by source, by thing."""
    found: Found = [{} for _ in arcs]
    waiting: list[tuple[float, int, int]] = []
    for source, seed in enumerate(seeds):
        if seed > 0:
            _pass_on(arcs, found, waiting, (source, source, seed), floor)
    while waiting:
        negative, source, one = heapq.heappop(waiting)
        there = found[one]
        if source not in there and len(there) <= k:
            there[source] = -negative
            _pass_on(arcs, found, waiting, (one, source, -negative), floor)
    return found


def _pass_on(
    arcs: Outgoing,
    found: Found,
    waiting: list[tuple[float, int, int]],
    chain: tuple[int, int, float],
    floor: float,
) -> None:
    one, source, value = chain
    for end, left in arcs[one]:
        worth = value * left
        if worth >= floor and end != source and source not in found[end]:
            heapq.heappush(waiting, (-worth, source, end))


def rounds(arcs: RiskArcs, seeds: Floats, k: int, floor: float) -> tuple[Ints, Floats, int]:
    """Synchronous rounds over all arcs until nothing changes: sources, values, how many rounds."""
    width, size = k + 1, arcs.size
    source = np.full((size, width), -1, np.int64)
    value = np.zeros((size, width))
    cost = np.zeros((size, width), np.int64)
    own = np.flatnonzero(seeds[arcs.start] * arcs.left >= floor)
    begin = arcs.start[own]
    first = (
        arcs.end[own].astype(np.int64), begin.astype(np.int64),
        nano(seeds)[begin] + arcs.cost[own], seeds[begin] * arcs.left[own],
    )  # fmt: skip
    number = 0
    while True:
        number += 1
        ends, sources, costs, worths = _best(_offers(arcs, (source, cost, value), floor), first)
        rank = np.arange(len(ends)) - np.searchsorted(ends, ends)
        kept = rank < width
        before = source, cost
        source, cost, value = np.full_like(source, -1), np.zeros_like(cost), np.zeros_like(value)
        places = ends[kept], rank[kept]
        source[places], cost[places], value[places] = sources[kept], costs[kept], worths[kept]
        if np.array_equal(before[0], source) and np.array_equal(before[1], cost):
            return source, value, number


Columns = tuple[Ints, Ints, Ints, Floats]


def _offers(arcs: RiskArcs, labels: tuple[Ints, Ints, Floats], floor: float) -> Columns:
    """All labels led on along all arcs: end, source, cost, what arrives."""
    source, cost, value = (each[arcs.start] for each in labels)
    worth = value * arcs.left[:, None]
    kept = (source >= 0) & (source != arcs.end[:, None]) & (worth >= floor)
    ends = np.broadcast_to(arcs.end[:, None], kept.shape)[kept].astype(np.int64)
    return ends, source[kept], (cost + arcs.cost[:, None])[kept], worth[kept]


def _best(some: Columns, others: Columns) -> Columns:
    """By thing, the best of each source, in order."""
    ends, sources, costs, worths = (np.concatenate(each) for each in zip(some, others, strict=True))
    order = np.lexsort((costs, sources, ends))
    new = np.ones(len(order), np.bool_)
    new[1:] = (np.diff(ends[order]) != 0) | (np.diff(sources[order]) != 0)
    once = order[new]
    ranked = once[np.lexsort((sources[once], costs[once], ends[once]))]
    return ends[ranked], sources[ranked], costs[ranked], worths[ranked]


def agree(
    labels: Labels, by_heap: Found | None, by_rounds: tuple[Ints, Floats, int] | None
) -> bool:
    """Whether the others found the same; what arrives may differ in the last bits."""
    same = True
    if by_rounds is not None:
        same = np.array_equal(by_rounds[0], labels.source)
        same = same and bool(np.allclose(by_rounds[1], labels.value, rtol=1e-12, atol=0))
    if by_heap is not None:
        wide = np.zeros_like(labels.value)
        for thing, found in enumerate(by_heap):
            wide[thing, : len(found)] = list(found.values())
        same = same and bool(np.allclose(wide, labels.value, rtol=1e-8, atol=0))
    return same
