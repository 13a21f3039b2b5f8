"""Everybody's ultimate shares at once: from each party one walk upwards over arrays for all.

Parties are numbered anew, owners first and the members of a ring side by side. What waits to be
passed on is taken by falling number: then all of it has arrived, and it is passed on once. Which
numbers wait is kept in bits, and in bits over these, so that the next one is found at once however
many parties there are.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.algorithms.claims import Floats, Ints
from graph.algorithms.holdings import Holdings
from graph.algorithms.integrated import LEAST, SLACK
from graph.algorithms.kernels import compiled
from graph.algorithms.rings import ringed, strong

BITS = 5  # of a number, that tell a place in a word
Owners = NDArray[np.int32]
Shares = NDArray[np.float32]


@dataclass(frozen=True)
class Rows:
    """Ultimate shares by party owned: where each one's begin, the owners, and their shares."""

    first: Ints
    owner: Owners
    share: Shares


def shares(holdings: Holdings, told: float = 1e-4, least: float = LEAST) -> Rows:
    """Everybody's ultimate owners with at least so much; lower run.

    A part below `least` is passed on no further. Members of a ring that is held wholly inside stand
    as the ends of chains; one that nearly is is gone round until less than `least` is left.
    """
    weight = holdings.parts[0].copy()
    part, order = strong(holdings.first, holdings.owner, weight)
    closed, _ = ringed(holdings.first, holdings.owner, weight, part, order, SLACK, 1.0)
    weight[closed[holdings.owned] & (part[holdings.owner] == part[holdings.owned])] = 0.0
    sums = np.bincount(holdings.owned, weights=weight, minlength=holdings.parties)
    number = np.empty(holdings.parties, np.int64)
    number[order] = np.arange(holdings.parties)
    first, owner, weight = _renumbered(holdings.first, holdings.owner, weight, order, number)
    left, parts = (1.0 - sums)[order].astype(np.float64), part[order]
    begins, ends = (
        np.searchsorted(parts, parts, side).astype(np.int32) for side in ("left", "right")
    )
    return Rows(*_pushed(first, owner, weight, left, begins, ends, number, order, told, least))


@compiled
def _renumbered(
    first: Ints, owner: Ints, weight: Floats, order: Ints, number: Ints
) -> tuple[Ints, Owners, Floats]:
    """The same pairs by the new numbers; those that weigh nothing are left out."""
    firsts = np.zeros(len(first), np.int64)
    owners, weights = np.empty(len(owner), np.int32), np.empty(len(owner), np.float64)
    size = 0
    for at in range(len(order)):
        for pair in range(first[order[at]], first[order[at] + 1]):
            if weight[pair] > 0:
                owners[size], weights[size] = number[owner[pair]], weight[pair]
                size += 1
        firsts[at + 1] = size
    return firsts, owners[:size], weights[:size]


@compiled
def _highest(word: int) -> int:
    """The place of the highest bit of a word that is not empty."""
    place = 0
    for step in (16, 8, 4, 2, 1):
        if word >> step:
            word >>= step
            place += step
    return place


@compiled
def _mark(words: Ints, tops: Ints, number: int) -> None:
    """Have a number wait."""
    word = number >> BITS
    words[word] |= 1 << (number & 31)
    tops[word >> BITS] |= 1 << (word & 31)


@compiled
def _taken(words: Ints, tops: Ints, top: int) -> int:
    """The highest number that waits, looked for from the top down; it waits no longer. Or -1."""
    while tops[top] == 0:
        if top == 0:
            return -1
        top -= 1
    word = (top << BITS) + _highest(tops[top])
    bit = _highest(words[word])
    words[word] ^= 1 << bit
    if words[word] == 0:
        tops[top] ^= 1 << (word & 31)
    return (word << BITS) + bit


@compiled
def _circled(
    begin: int, end: int, first: Ints, owner: Owners, weight: Floats, least: float,
    rest: Floats, held: Floats,
) -> None:  # fmt: skip
    """Pass on what waits in a ring among its members until less than `least` does anywhere."""
    going = True
    while going:
        going = False
        for one in range(end - 1, begin - 1, -1):
            part = rest[one]
            if part < least:
                continue
            held[one] += part
            rest[one] = 0.0
            for pair in range(first[one], first[one + 1]):
                above = owner[pair]
                if above >= begin:
                    rest[above] += part * weight[pair]
                    going = going or (above >= one and rest[above] >= least)


@compiled
def _passed_on(
    one: int, begin: int, first: Ints, owner: Owners, weight: Floats, part: float,
    rest: Floats, words: Ints, tops: Ints,
) -> None:  # fmt: skip
    """Have so much of one wait at its owners outside its ring."""
    for pair in range(first[one], first[one + 1]):
        above = owner[pair]
        if above < begin:
            rest[above] += part * weight[pair]
            _mark(words, tops, above)


@compiled
def _walked(
    one: int, first: Ints, owner: Owners, weight: Floats, begins: Owners, ends: Owners,
    least: float, held: Floats, rest: Floats, words: Ints, tops: Ints, touched: Owners,
) -> int:  # fmt: skip
    """How many hold of one, and who they are; `held` says what, and nothing waits any longer."""
    size = 0
    rest[one] = 1.0
    _mark(words, tops, one)
    while True:
        one = _taken(words, tops, one >> 2 * BITS)
        if one < 0:
            return size
        if rest[one] == 0.0:
            continue  # passed on with others of its ring
        begin, end = begins[one], ends[one]
        if end - begin > 1:
            _circled(begin, end, first, owner, weight, least, rest, held)
        else:
            held[one] = rest[one]
        for member in range(begin, end):
            part, rest[member] = held[member], 0.0
            touched[size] = member
            size += 1
            if part >= least:
                _passed_on(member, begin, first, owner, weight, part, rest, words, tops)


@compiled
def _pushed(
    first: Ints, owner: Owners, weight: Floats, left: Floats, begins: Owners, ends: Owners,
    number: Ints, order: Ints, told: float, least: float,
) -> tuple[Ints, Owners, Shares]:  # fmt: skip
    """A walk up from each party in turn, in arrays that are wiped where they were touched."""
    parties = len(order)
    held, rest = np.zeros((2, parties), np.float64)
    words = np.zeros((parties >> BITS) + 1, np.int64)
    tops = np.zeros((len(words) >> BITS) + 1, np.int64)
    touched, firsts = np.empty(parties, np.int32), np.zeros(parties + 1, np.int64)
    owners, found = np.empty(1024, np.int32), np.empty(1024, np.float32)
    size = 0
    for target in range(parties):
        touching = _walked(
            number[target], first, owner, weight, begins, ends, least,
            held, rest, words, tops, touched,
        )  # fmt: skip
        for one in touched[:touching]:
            share = left[one] * held[one]
            held[one] = 0.0
            if share >= told:
                if size == len(owners):
                    owners = np.concatenate((owners, np.empty(size, np.int32)))
                    found = np.concatenate((found, np.empty(size, np.float32)))
                owners[size], found[size] = order[one], share
                size += 1
        firsts[target + 1] = size
    return firsts, owners[:size], found[:size]
