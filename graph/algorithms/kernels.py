"""Compiled walks upwards over the arrays of holdings; what they compile to is kept on disk."""

from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar, cast

import numpy as np

from graph.algorithms.claims import Flags, Floats, Ints

Function = TypeVar("Function", bound=Callable[..., Any])


class Kernel:
    """A function whose machine code is fetched when it is first called, by Python or a kernel.

    A server that starts answers before anybody calls one, and need not wait for numba to load.
    """

    def __init__(self, function: Callable[..., Any]) -> None:
        """Nothing is loaded yet."""
        self._function = function

    @cached_property
    def code(self) -> Any:
        """The machine code, which lets other threads run; made once for all starts."""
        from numba import njit

        return njit(cache=True, nogil=True)(self._function)

    @property
    def _numba_type_(self) -> Any:
        """What numba asks of a global that a kernel uses."""
        return self.code._numba_type_

    def __call__(self, *given: Any) -> Any:
        """Walk."""
        return self.code(*given)


def compiled(function: Function) -> Function:
    """This function as a kernel."""
    return cast(Function, Kernel(function))


@compiled
def _slot(table: Ints, key: int) -> int:
    """Where a key stands in a table of numbers, or is to be put; -1 marks a free place."""
    mask = len(table) - 1
    at = ((key * 2654435761) >> 9) & mask
    while table[at] >= 0 and table[at] != key:
        at = (at + 1) & mask
    return at


@compiled
def _table(size: int, keys: Ints) -> Ints:
    """A table of these keys, with so many places."""
    table = np.full(size, -1, np.int64)
    for key in keys:
        table[_slot(table, key)] = key
    return table


@compiled
def _ancestors(first: Ints, owner: Ints, target: int, most: int) -> tuple[Ints, Ints, bool]:
    """The target and who stands above it, nearest first; a table of them; whether that is all."""
    found = np.empty(32, np.int64)
    found[0] = target
    table = _table(64, found[:1])
    size, place, complete = 1, 0, True
    while place < size:
        one = found[place]
        place += 1
        for at in range(first[one], first[one + 1]):
            key = owner[at]
            if table[_slot(table, key)] == key:
                continue
            if size == most:
                complete = False
                continue
            if size == len(found):
                table = _table(4 * size, found)
                found = np.concatenate((found, np.empty(size, np.int64)))
            table[_slot(table, key)] = key
            found[size] = key
            size += 1
    return found[:size], table, complete


@compiled
def above(
    first: Ints, owner: Ints, target: int, most: int
) -> tuple[Ints, int, Ints, Ints, Ints, Ints, bool]:
    """Who stands above a target, it included, and the pairs between them: parties in order.

    Gives the parties and the target's place, the pairs, each one's owner and owned by place among
    the parties, where each party's pairs begin, and whether that is all. It costs what stands
    above, however many parties there are: they are found in a table of their own, not by marks on
    all.
    """
    found, table, complete = _ancestors(first, owner, target, most)
    nodes = np.sort(found)
    places = np.empty(len(table), np.int64)
    number = 0
    for at in range(len(nodes)):
        places[_slot(table, nodes[at])] = at
        number += first[nodes[at] + 1] - first[nodes[at]]
    pairs, owners, owned = np.empty((3, number), np.int64)
    firsts = np.zeros(len(nodes) + 1, np.int64)
    number = 0
    for at in range(len(nodes)):
        for pair in range(first[nodes[at]], first[nodes[at] + 1]):
            slot = _slot(table, owner[pair])
            if table[slot] >= 0:  # else an owner beyond the bound
                pairs[number], owners[number], owned[number] = pair, places[slot], at
                number += 1
        firsts[at + 1] = number
    place = places[_slot(table, target)]
    return nodes, place, pairs[:number], owners[:number], owned[:number], firsts, complete


@compiled
def _waiting(owner: Ints, weight: Floats, parties: int) -> tuple[Ints, Ints, int]:
    """How many parts each holds; who holds none, and how many those are."""
    waiting = np.zeros(parties, np.int64)
    for at in range(len(owner)):
        waiting[owner[at]] += weight[at] > 0
    ready = np.empty(parties, np.int64)
    size = 0
    for one in range(parties):
        ready[size] = one
        size += waiting[one] == 0
    return waiting, ready, size


@compiled
def passed(
    first: Ints, owner: Ints, low: Floats, high: Floats, target: int
) -> tuple[Floats, Floats, bool]:
    """What each holds of the target over all chains, in both runs; False where chains circle.

    Everybody's holding is passed on once, after all of it has arrived (Kahn's order).
    """
    parties = len(first) - 1
    least, most = np.zeros(parties, np.float64), np.zeros(parties, np.float64)
    least[target], most[target] = 1.0, 1.0
    waiting, ready, size = _waiting(owner, high, parties)
    place = 0 if waiting[target] == 0 else size
    while place < size:
        one = ready[place]
        place += 1
        for at in range(first[one], first[one + 1]):
            if high[at] > 0:
                holder = owner[at]
                least[holder] += least[one] * low[at]
                most[holder] += most[one] * high[at]
                waiting[holder] -= 1
                if waiting[holder] == 0:
                    ready[size] = holder
                    size += 1
    return least, most, size == parties


@compiled
def divided(
    first: Ints, low: Floats, high: Floats, least: Floats, most: Floats, slack: float
) -> tuple[Floats, Floats, Flags]:
    """Ultimate shares in both runs, u = r v, and who has no owner."""
    parties = len(first) - 1
    lower, upper = np.zeros(parties, np.float64), np.zeros(parties, np.float64)
    ends = np.zeros(parties, np.bool_)
    for one in range(parties):
        rest_low, rest_high = 1.0, 1.0
        ends[one] = first[one] == first[one + 1]
        for at in range(first[one], first[one + 1]):
            rest_low -= high[at]
            rest_high -= low[at]
        if rest_low >= slack:
            lower[one] = rest_low * least[one]
        if rest_high >= slack:
            upper[one] = min(1.0, rest_high * most[one])
    return lower, upper, ends
