"""Compiled loops over the arrays of holdings; what they compile to is kept on disk."""

from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from graph.algorithms.claims import Floats, Ints

Kernel = TypeVar("Kernel", bound=Any)


def compiled(function: Kernel) -> Kernel:
    """Machine code that lets other threads run, made once for all starts."""
    made: Any = njit(cache=True, nogil=True)(function)
    return cast(Kernel, made)


@compiled
def ancestors(first: Ints, owner: Ints, target: int, most: int) -> tuple[Ints, bool]:
    """The target and all who hold parts of it by any chain, nearest first; whether that is all."""
    seen = np.zeros(len(first) - 1, np.bool_)
    found = np.empty(min(most, len(first) - 1), np.int64)
    found[0], seen[target] = target, True
    size, place = 1, 0
    while place < size:
        one = found[place]
        place += 1
        for at in range(first[one], first[one + 1]):
            above = owner[at]
            if not seen[above]:
                if size == len(found):
                    return found[:size], False
                seen[above] = True
                found[size] = above
                size += 1
    return found[:size], True


@compiled
def upwards(first: Ints, owner: Ints, weight: Floats, target: int) -> tuple[Floats, bool]:
    """What each holds of the target over all chains; False where chains run in circles.

    Everybody's holding is passed on once, after all of it has arrived (Kahn's order).
    """
    parties = len(first) - 1
    holds = np.zeros(parties, np.float64)
    waiting = np.zeros(parties, np.int64)
    for above in owner:
        waiting[above] += 1
    if waiting[target]:
        return holds, False
    ready = np.empty(parties, np.int64)
    size, place = 0, 0
    for one in range(parties):
        if waiting[one] == 0:
            ready[size] = one
            size += 1
    holds[target] = 1.0
    while place < size:
        one = ready[place]
        place += 1
        for at in range(first[one], first[one + 1]):
            above = owner[at]
            holds[above] += holds[one] * weight[at]
            waiting[above] -= 1
            if waiting[above] == 0:
                ready[size] = above
                size += 1
    return holds, size == parties


@compiled
def cascade(
    starts: Ints,
    owned_first: Ints,
    pairs: Ints,
    owned: Ints,
    parts: Ints,
    whole: Ints,
    needs_more: bool,
) -> tuple[Ints, Ints, Ints]:
    """Who is won by these, together with what they have won: order, rounds, parts held.

    One is won when the parts of it that are held so far are more than half of its whole, or, where
    `needs_more` is false, at least half.
    """
    parties = len(whole)
    held = np.zeros(parties, np.int64)
    rounds = np.full(parties, -1, np.int64)
    order = np.empty(parties, np.int64)
    size, place = 0, 0
    for one in starts:
        if rounds[one] < 0:
            rounds[one] = 0
            order[size] = one
            size += 1
    while place < size:
        one = order[place]
        place += 1
        for at in range(owned_first[one], owned_first[one + 1]):
            pair = pairs[at]
            below = owned[pair]
            held[below] += parts[pair]
            twice = 2 * held[below]
            won = twice > whole[below] or (not needs_more and twice == whole[below])
            if won and rounds[below] < 0:
                rounds[below] = rounds[one] + 1
                order[size] = below
                size += 1
    return order[:size], rounds, held
