"""Compiled contraction: everybody's controller at once, by joining groups that win one another.

A group is a head and what it controls. It is joined by another when it holds more than half of that
one's head: so the head goes on controlling all of it. What a group holds of each party is added up
in one table, the smaller group's holdings into the larger one's: O(m log m).
"""

import numpy as np

from graph.algorithms.claims import Flags, Ints
from graph.algorithms.kernels import compiled


@compiled
def _root(group: Ints, one: int) -> int:
    while group[one] != one:
        group[one] = group[group[one]]
        one = group[one]
    return one


@compiled
def _at(table: Ints, key: int) -> int:
    """Where a key stands in a table of keys, or is to be put; -1 marks a free place."""
    mask = len(table) - 1
    at = ((key * 2654435761) >> 7) & mask
    while table[at] >= 0 and table[at] != key:
        at = (at + 1) & mask
    return at


@compiled
def _wider(table: Ints, sums: Ints) -> tuple[Ints, Ints]:
    """The same table with twice the places."""
    wide, more = np.full(2 * len(table), -1, np.int64), np.zeros(2 * len(table), np.int64)
    for at in range(len(table)):
        if table[at] >= 0:
            place = _at(wide, table[at])
            wide[place], more[place] = table[at], sums[at]
    return wide, more


@compiled
def _entered(
    book: int, member: int, holdings: tuple[Ints, Ints, Ints, Ints], following: Ints, whole: Ints,
    table: Ints, sums: Ints, used: int, waiting: list[tuple[int, int]],
) -> tuple[Ints, Ints, int]:  # fmt: skip
    """Add what a member and those that follow it hold to a book; who is won by it waits."""
    first, pairs, owned, parts = holdings
    one = member
    while one >= 0:
        for pair in pairs[first[one] : first[one + 1]]:
            if 2 * used >= len(table):
                table, sums = _wider(table, sums)
            below = owned[pair]
            slot = _at(table, book * len(whole) + below)
            used += table[slot] < 0
            table[slot] = book * len(whole) + below
            before = 2 * sums[slot] > whole[below]
            sums[slot] += parts[pair]
            if 2 * sums[slot] > whole[below] and not before:
                waiting.append((member, below))
        one = following[one]
    return table, sums, used


@compiled
def contracted(
    first: Ints, pairs: Ints, owner: Ints, owned: Ints, parts: Ints, whole: Ints
) -> tuple[Ints, Flags]:
    """The head of each party's group, itself if nobody controls it; which heads their group holds.

    `first` and `pairs` are by owner. Where shares come to more than all, two groups may win one
    party: it stays with the first.
    """
    parties = len(whole)
    group, last, book = np.arange(parties), np.arange(parties), np.arange(parties)
    following = np.full(parties, -1, np.int64)
    load = first[1:] - first[:-1]
    entered = np.zeros(parties, np.bool_)
    table, sums, used = np.full(1024, -1, np.int64), np.zeros(1024, np.int64), 0
    holdings = (first, pairs, owned, parts)
    waiting = [(owner[pair], owned[pair]) for pair in np.flatnonzero(2 * parts > whole[owned])]
    place = 0
    while place < len(waiting):
        winner, won = _root(group, waiting[place][0]), waiting[place][1]
        place += 1
        if winner == _root(group, won) or group[won] != won:
            continue
        large, small = (winner, won) if load[winner] >= load[won] else (won, winner)
        for member in (large, small):
            if member == small or not entered[book[large]]:
                table, sums, used = _entered(
                    book[large], member, holdings, following, whole, table, sums, used, waiting
                )
                entered[book[large]] = True
        following[last[winner]], last[winner] = won, last[won]
        group[won], book[winner], load[winner] = winner, book[large], load[winner] + load[won]
    return group, _held(group, book, table, sums, whole)


@compiled
def _held(group: Ints, book: Ints, table: Ints, sums: Ints, whole: Ints) -> Flags:
    """Which heads are held by their own group; `group` then tells heads at once."""
    found = np.zeros(len(group), np.bool_)
    for one in range(len(group)):
        group[one] = _root(group, one)
        if group[one] == one:
            slot = _at(table, book[one] * len(whole) + one)
            found[one] = table[slot] >= 0 and 2 * sums[slot] > whole[one]
    return found
