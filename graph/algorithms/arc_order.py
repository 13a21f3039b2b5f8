"""The order that arcs stand in: by start, end and what they leave, without sorting them all."""

import numpy as np

from graph.algorithms.claims import Floats, Places
from graph.algorithms.kernels import compiled


def firsts(places: Places, size: int) -> Places:
    """Where the entries of each place begin, were they in its order, and the end of all."""
    counts = np.bincount(places, minlength=size)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int32)


@compiled
def counted(places: Places, order: Places, following: Places) -> Places:
    """Entries in the order of their places, otherwise as they came; `following` is used up."""
    found = np.empty(len(order), np.int32)
    for one in order:
        place = places[one]
        found[following[place]] = one
        following[place] += 1
    return found


@compiled
def best_first(start: Places, end: Places, left: Floats, order: Places) -> None:
    """Put the best of parallel arcs before the others; there are few."""
    for at in range(1, len(order)):
        one, back = order[at], at
        while back > 0:
            other = order[back - 1]
            if start[other] != start[one] or end[other] != end[one] or left[other] >= left[one]:
                break
            order[back] = other
            back -= 1
        order[back] = one
