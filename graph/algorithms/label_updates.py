"""Labels after a change, from those before it: equal to a full run, bit for bit.

First the labels whose chains used what changed are taken away, along their chains; then each thing
that lost one, or that has been offered a better one, chooses anew among what its neighbours have.
A label that is taken away later takes those that go on from it along. Taking away comes first so
that no chain is ever rebuilt from its own remains.
"""

import numpy as np
from numpy.typing import NDArray

from graph.algorithms.arc_changes import Changes, differences
from graph.algorithms.claims import Floats, Ints, Places
from graph.algorithms.kernels import compiled
from graph.algorithms.label_rows import (
    NOWHERE,
    Chain,
    Rows,
    copy_row,
    drop,
    empty_table,
    put,
    rank_for,
    rows_of,
)
from graph.algorithms.labels import Labels, Ways, labels
from graph.algorithms.risk_arcs import RiskArcs, nano

SHARE = 0.2  # of all things concerned: then a full run is quicker
Dirty = tuple[Places, NDArray[np.bool_], Ints]
"""Things that have to choose anew, as a ring; whether one is in it; where it begins and ends."""


def updated(before: Labels, was: RiskArcs, now: RiskArcs, moved: Ints, seeds: Floats) -> Labels:
    """The labels of the arcs and seeds of now; `moved` says where each thing stands that was.

    Things keep their order, and none goes.
    """
    found = _at_new_places(before, moved, now.size)
    changes = differences(was, now, moved, (found.seeds, seeds), before.floor)
    if len(changes.start) + len(changes.seeds) > SHARE * now.size:
        return labels(now, seeds, before.k, before.floor)
    update(found, now, (seeds, nano(seeds)), changes)
    return Labels(found.table, seeds, before.k, before.floor)


def update(found: Labels, arcs: RiskArcs, own: tuple[Floats, Ints], changes: Changes) -> int:
    """Bring labels up to the arcs and own risks of now, in place; how often a thing chose anew."""
    ways = (arcs.first, arcs.end, arcs.left, arcs.cost)
    row = empty_table(1, found.k + 1)
    number = _update(
        ways, (*arcs.into, arcs.start), own, found.floor, found.rows, changes,
        rows_of(row), rows_of(row.copy()),
    )  # fmt: skip
    return int(number)


def _at_new_places(before: Labels, moved: Ints, size: int) -> Labels:
    """A copy of labels for things that stand elsewhere."""
    if size == len(before.seeds):
        return Labels(before.table.copy(), before.seeds, before.k, before.floor)
    table, seeds = empty_table(size, before.k + 1), np.zeros(size, np.float64)
    table[moved], seeds[moved] = before.table, before.seeds
    to = np.append(moved, -1).astype(np.int32)  # -1 stays -1
    for column in rows_of(table)[:2]:
        column[:] = to[column]
    return Labels(table, seeds, before.k, before.floor)


@compiled
def _soil(dirty: Dirty, thing: int) -> None:
    """Let a thing choose anew, unless it waits for that already."""
    ring, inside, ends = dirty
    if not inside[thing]:
        inside[thing] = True
        ring[ends[1] % len(ring)] = thing
        ends[1] += 1


@compiled
def _take_away(ways: Ways, rows: Rows, dirty: Dirty, thing: int, source: int) -> None:
    """Take away what goes on from a label at a thing, and what goes on from that."""
    first, ends = ways[0], ways[1]
    sources, befores = rows[0], rows[1]
    stack = [int(thing)]
    while len(stack) > 0:
        one = stack.pop()
        for arc in range(first[one], first[one + 1]):
            end = int(ends[arc])
            for rank in range(sources.shape[1]):
                if sources[end, rank] == source and befores[end, rank] == one:
                    drop(rows, end, rank)
                    _soil(dirty, end)
                    stack.append(end)
                    break


@compiled
def _break(ways: Ways, rows: Rows, dirty: Dirty, start: int, end: int) -> None:
    """Take away every chain that goes from one thing to another."""
    sources, befores = rows[0], rows[1]
    rank = 0
    while rank < sources.shape[1]:
        if sources[end, rank] >= 0 and befores[end, rank] == start:
            source = sources[end, rank]
            drop(rows, end, rank)
            _soil(dirty, end)
            _take_away(ways, rows, dirty, end, source)
        else:
            rank += 1


@compiled
def _offer(
    ways: Ways, rows: Rows, dirty: Dirty, floor: float,
    chain: Chain, begin: int, stop: int,
) -> None:  # fmt: skip
    """Let all choose anew who would take a chain that goes on along these arcs."""
    _, ends, left, cost = ways
    one, source, value, so_far = chain
    for arc in range(begin, stop):
        end = int(ends[arc])
        if dirty[1][end] or end == source or value * left[arc] < floor:
            continue
        if rank_for(rows, end, so_far + cost[arc], source, one) >= 0:
            _soil(dirty, end)


@compiled
def _choose(
    ways: Ways, into: tuple[Places, Places, Places], own: tuple[Floats, Ints], floor: float,
    rows: Rows, one: int, chosen: Rows,
) -> None:  # fmt: skip
    """The best that all who lead to a thing have for it now, put in the one row of `chosen`."""
    _, _, left, cost = ways
    first, order, starts = into
    sources, _, values, costs = rows
    seeds, seed_costs = own
    for rank in range(sources.shape[1]):
        chosen[0][0, rank], chosen[1][0, rank] = -1, -1
        chosen[2][0, rank], chosen[3][0, rank] = 0.0, NOWHERE
    for at in range(first[one], first[one + 1]):
        arc = order[at]
        above = starts[arc]
        for rank in range(-1, sources.shape[1]):
            if rank < 0:
                source, worth, total = above, seeds[above], seed_costs[above]
            else:
                source, worth, total = sources[above, rank], values[above, rank], costs[above, rank]
            worth *= left[arc]
            if worth < floor or source == one:
                continue
            total += cost[arc]
            place = rank_for(chosen, 0, total, source, above)
            if place >= 0:
                put(chosen, 0, place, total, source, above, worth)


@compiled
def _same(rows: Rows, one: int, others: Rows, other: int, rank: int) -> bool:
    """Whether what goes on from a label may stay: the other row has it, at the same cost."""
    found = rows[0][one, rank] < 0
    for at in range(rows[0].shape[1]):
        found = found or (
            others[0][other, at] == rows[0][one, rank]
            and others[3][other, at] == rows[3][one, rank]
            and others[2][other, at] == rows[2][one, rank]
        )
    return bool(found)


@compiled
def _begin(
    ways: Ways, own: tuple[Floats, Ints], floor: float, rows: Rows, dirty: Dirty, changes: Changes
) -> None:
    """Break all chains that used what changed; then offer what it leaves now."""
    first, ends = ways[0], ways[1]
    seeds, seed_costs = own
    for at in range(len(changes.start)):
        _break(ways, rows, dirty, changes.start[at], changes.end[at])
    for one in changes.seeds:
        _take_away(ways, rows, dirty, one, one)
    for one in changes.seeds:
        chain = (one, one, seeds[one], seed_costs[one])
        _offer(ways, rows, dirty, floor, chain, first[one], first[one + 1])
    for at in range(len(changes.start)):
        one, end = changes.start[at], changes.end[at]
        arc = first[one] + np.searchsorted(ends[first[one] : first[one + 1]], end)
        if arc < first[one + 1] and ends[arc] == end:
            chain = (one, one, seeds[one], seed_costs[one])
            _offer(ways, rows, dirty, floor, chain, arc, arc + 1)
            for rank in range(rows[0].shape[1]):
                chain = (one, rows[0][one, rank], rows[2][one, rank], rows[3][one, rank])
                _offer(ways, rows, dirty, floor, chain, arc, arc + 1)


@compiled
def _update(
    ways: Ways, into: tuple[Places, Places, Places], own: tuple[Floats, Ints], floor: float,
    rows: Rows, changes: Changes, chosen: Rows, was: Rows,
) -> int:  # fmt: skip
    first = ways[0]
    size, width = rows[0].shape
    ends = np.zeros(2, np.int64)
    dirty = np.empty(size, np.int32), np.zeros(size, np.bool_), ends
    _begin(ways, own, floor, rows, dirty, changes)
    while ends[0] < ends[1]:
        one = int(dirty[0][ends[0] % size])
        ends[0] += 1
        dirty[1][one] = False
        _choose(ways, into, own, floor, rows, one, chosen)
        copy_row(rows, one, was, 0)
        copy_row(chosen, 0, rows, one)
        for rank in range(width):
            if not _same(was, 0, chosen, 0, rank):
                _take_away(ways, rows, dirty, one, was[0][0, rank])
        for rank in range(width):
            if not _same(chosen, 0, was, 0, rank):
                chain = (one, chosen[0][0, rank], chosen[2][0, rank], chosen[3][0, rank])
                _offer(ways, rows, dirty, floor, chain, first[one], first[one + 1])
    return int(ends[0])
