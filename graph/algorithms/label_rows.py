"""The labels at one thing: a short row in the order of cost and source, kept while it is filled."""

from typing import Any

import numpy as np

from graph.algorithms.claims import Floats, Ints, Places
from graph.algorithms.kernels import compiled

NOWHERE = 2**62  # the cost of a label that is not there

Rows = tuple[Places, Places, Floats, Ints]
"""By thing and rank: the source, the thing before on the chain, what arrives, and the cost."""
Chain = tuple[Any, Any, Any, Any]
"""Where a chain ends, its source, what arrives, and the cost."""


def empty_table(size: int, width: int) -> Ints:
    """Rows without labels, each in one piece: most of the time goes on fetching them."""
    table = np.empty((size, 3 * width), np.int64)
    table[:, :width] = NOWHERE
    table[:, width : 2 * width] = 0
    table[:, 2 * width :] = -1
    return table


def rows_of(table: Ints) -> Rows:
    """The rows of a table."""
    width = table.shape[1] // 3
    ends = table[:, 2 * width :].view(np.int32)
    values = table[:, width : 2 * width].view(np.float64)
    return ends[:, ::2], ends[:, 1::2], values, table[:, :width]


@compiled
def rank_for(rows: Rows, thing: int, cost: int, source: int, before: int) -> int:
    """Which label a chain would be or replace; -1 if better ones leave no room for it.

    Of two chains from one source with the same cost, the one over the lower place is kept.
    """
    sources, befores, _, costs = rows
    width = sources.shape[1]
    if cost > costs[thing, width - 1]:
        return -1
    for rank in range(width):
        there = costs[thing, rank]
        if there == NOWHERE:
            return rank
        if sources[thing, rank] == source:
            better = cost < there or (cost == there and before < befores[thing, rank])
            return rank if better else -1
    behind = cost == costs[thing, width - 1] and source > sources[thing, width - 1]
    return -1 if behind else width - 1


@compiled
def put(
    rows: Rows, thing: int, rank: int, cost: int, source: int, before: int, worth: float
) -> int:
    """Write a label over the one of this rank, and move it to where it belongs: its new rank."""
    sources, befores, values, costs = rows
    while rank > 0:
        there = costs[thing, rank - 1]
        if there < cost or (there == cost and sources[thing, rank - 1] < source):
            break
        sources[thing, rank], befores[thing, rank] = (
            sources[thing, rank - 1],
            befores[thing, rank - 1],
        )
        values[thing, rank], costs[thing, rank] = values[thing, rank - 1], there
        rank -= 1
    sources[thing, rank], befores[thing, rank] = source, before
    values[thing, rank], costs[thing, rank] = worth, cost
    return rank


@compiled
def drop(rows: Rows, thing: int, rank: int) -> None:
    """Take a label away; those behind it move up."""
    sources, befores, values, costs = rows
    last = sources.shape[1] - 1
    for at in range(rank, last):
        sources[thing, at], befores[thing, at] = sources[thing, at + 1], befores[thing, at + 1]
        values[thing, at], costs[thing, at] = values[thing, at + 1], costs[thing, at + 1]
    sources[thing, last], befores[thing, last] = -1, -1
    values[thing, last], costs[thing, last] = 0.0, NOWHERE


@compiled
def copy_row(rows: Rows, thing: int, others: Rows, other: int) -> None:
    """Write the labels of a thing over those of another."""
    for rank in range(rows[0].shape[1]):
        others[0][other, rank], others[1][other, rank] = rows[0][thing, rank], rows[1][thing, rank]
        others[2][other, rank], others[3][other, rank] = rows[2][thing, rank], rows[3][thing, rank]
