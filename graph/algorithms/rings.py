"""Compiled search for rings among holdings, and what everybody holds through them.

A ring is a strongly connected part of more than one party. Parts come owners first, so that what is
held can be passed on part by part when they are taken from the end.
"""

import numpy as np

from graph.algorithms.claims import Flags, Floats, Ints
from graph.algorithms.kernels import compiled


@compiled
def _unseen(
    one: int, first: Ints, owner: Ints, weight: Floats,
    after: Ints, seen: Ints, lowest: Ints, part: Ints,
) -> int:  # fmt: skip
    """The next owner that was not come upon yet, or -1; those on the way are looked back to."""
    while after[one] < first[one + 1]:
        pair = after[one]
        after[one] += 1
        if weight[pair] > 0:
            above = int(owner[pair])
            if seen[above] == 0:
                return above
            if part[above] < 0:
                lowest[one] = min(lowest[one], seen[above])
    return -1


@compiled
def strong(first: Ints, owner: Ints, weight: Floats) -> tuple[Ints, Ints]:
    """The strongly connected part of each party, and all parties part by part, owners first.

    By the pairs that weigh anything; `first` says where each party's owners begin (Tarjan 1972,
    with a way of its own in place of recursion).
    """
    parties = len(first) - 1
    part, order = np.full(parties, -1, np.int64), np.empty(parties, np.int64)
    seen, lowest = np.zeros((2, parties), np.int64)  # when each was come upon, from 1 on
    stack, way = np.empty((2, parties), np.int64)
    after = first[:-1].copy()
    number, time, size, done = 0, 0, 0, 0
    for root in range(parties):
        way[0] = root
        depth = 0 if seen[root] == 0 else -1
        while depth >= 0:
            one = way[depth]
            if seen[one] == 0:
                time += 1
                seen[one] = lowest[one] = time
                stack[size] = one
                size += 1
            above = _unseen(one, first, owner, weight, after, seen, lowest, part)
            if above >= 0:
                depth += 1
                way[depth] = above
                continue
            depth -= 1
            if depth >= 0:
                lowest[way[depth]] = min(lowest[way[depth]], lowest[one])
            if lowest[one] == seen[one]:
                while part[one] < 0:
                    size -= 1
                    part[stack[size]], order[done] = number, stack[size]
                    done += 1
                number += 1
    return part, order


@compiled
def _begin(part: Ints, order: Ints, end: int) -> int:
    """Where the part begins that ends before this place of the order."""
    begin = end - 1
    while begin > 0 and part[order[begin - 1]] == part[order[end - 1]]:
        begin -= 1
    return begin


@compiled
def ringed(
    first: Ints, owner: Ints, low: Floats, part: Ints, order: Ints, slack: float, near: float
) -> tuple[Flags, Flags]:
    """Who is in a ring held wholly inside; who, in another one, is held inside up to `near`."""
    parties = len(part)
    closed, tight = np.zeros((2, parties), np.bool_)
    held = np.zeros(parties, np.float64)
    for one in range(parties):
        for pair in range(first[one], first[one + 1]):
            if part[owner[pair]] == part[one]:
                held[one] += low[pair]
    end = parties
    while end > 0:
        begin = _begin(part, order, end)
        if end - begin > 1:
            members = order[begin:end]
            if (held[members] >= 1 - slack).all():
                closed[members] = True
            else:
                tight[members] = held[members] > near
        end = begin
    return closed, tight


@compiled
def _circled(
    members: Ints, first: Ints, owner: Ints, weight: Floats, part: Ints,
    held: Floats, rest: Floats, waits: Flags, least: float, budget: int,
) -> int:  # fmt: skip
    """Pass on what waits in a ring until less than `least` does anywhere; what budget is left.

    What leads out of the ring arrives above, and waits there for its turn.
    """
    line = np.empty(len(members) + 1, np.int64)
    head, tail = 0, 0
    for member in members:
        if rest[member] >= least:
            line[tail], waits[member] = member, True
            tail += 1
    while head != tail and budget > 0:
        one = line[head]
        head = (head + 1) % len(line)
        waits[one] = False
        share, rest[one] = rest[one], 0.0
        held[one] += share
        budget -= first[one + 1] - first[one]
        for pair in range(first[one], first[one + 1]):
            above = owner[pair]
            rest[above] += share * weight[pair]
            if part[above] == part[one] and rest[above] >= least and not waits[above]:
                waits[above] = True
                line[tail] = above
                tail = (tail + 1) % len(line)
    return budget


@compiled
def climbed(
    first: Ints, owner: Ints, weight: Floats, target: int, part: Ints, order: Ints,
    least: float, budget: int,
) -> tuple[Floats, bool]:  # fmt: skip
    """What each holds of the target over all walks, circles too; whether the budget was enough.

    Part by part from the target upwards: what is in no ring is passed on once, after all of it has
    arrived; in a ring until less than `least` waits anywhere (local push). So many pairs are looked
    at, at most.
    """
    parties = len(part)
    held, rest = np.zeros((2, parties), np.float64)
    waits = np.zeros(parties, np.bool_)
    rest[target] = 1.0
    end = parties
    while end > 0 and budget > 0:
        begin = _begin(part, order, end)
        if end - begin > 1:
            members = order[begin:end]
            budget = _circled(members, first, owner, weight, part, held, rest, waits, least, budget)
        elif rest[order[begin]] > 0:
            one = order[begin]
            held[one] = rest[one]
            for pair in range(first[one], first[one + 1]):
                rest[owner[pair]] += held[one] * weight[pair]
        end = begin
    return held, end == 0 and budget > 0
