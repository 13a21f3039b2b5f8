"""Compiled walks downwards: who is won by some parties, together with what they have won."""

import numpy as np

from graph.algorithms.claims import Flags, Ints
from graph.algorithms.kernels import compiled


@compiled
def cascade(
    starts: Ints,
    owned_first: Ints,
    pairs: Ints,
    owned: Ints,
    parts: Ints,
    whole: Ints,
    needs_more: bool,
    rounds: Ints,
    held: Ints,
    order: Ints,
) -> tuple[int, int]:
    """Who is won by these, together with what they have won; how many, and of how many any part.

    One is won when the parts of it that are held so far are more than half of its whole, or, where
    `needs_more` is false, at least half. Filled in are rounds, from 1 for the first ones on, parts
    held, and the order: the caller's, all nothing, so that untouched parties cost nothing.
    """
    size, place, reached = 0, 0, 0
    for one in starts:
        if rounds[one] == 0:
            rounds[one] = 1
            order[size] = one
            size += 1
    while place < size:
        one = order[place]
        place += 1
        for at in range(owned_first[one], owned_first[one + 1]):
            pair = pairs[at]
            below = owned[pair]
            reached += held[below] == 0 and parts[pair] > 0
            held[below] += parts[pair]
            twice = 2 * held[below]
            won = twice > whole[below] or (not needs_more and twice == whole[below])
            if won and rounds[below] == 0:
                rounds[below] = rounds[one] + 1
                order[size] = below
                size += 1
    return size, reached


@compiled
def winners(
    candidates: Ints, owned_first: Ints, pairs: Ints, owned: Ints, parts: Ints, whole: Ints,
    target: int,
) -> Flags:  # fmt: skip
    """Which of these win the target by more than half; the target itself, if what it wins does."""
    rounds, held, order = np.zeros((3, len(whole)), np.int64)
    found = np.zeros(len(candidates), np.bool_)
    for place in range(len(candidates)):
        size, _ = cascade(
            candidates[place : place + 1], owned_first, pairs, owned, parts, whole, True,
            rounds, held, order,
        )  # fmt: skip
        if candidates[place] == target:
            found[place] = 2 * held[target] > whole[target]
        else:
            found[place] = rounds[target] > 0
        for one in order[:size]:
            rounds[one] = 0
            for at in range(owned_first[one], owned_first[one + 1]):
                held[owned[pairs[at]]] = 0
    return found
