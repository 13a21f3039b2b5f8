"""All parties at once: every ultimate controller, every own circle, every ultimate share.

Each says of everybody what the questions about one party say of one; a property test holds them to
be the same. For rankings and screenings of a whole graph.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.algorithms.claims import Flags, Floats, Ints
from graph.algorithms.contraction import contracted
from graph.algorithms.control import controller
from graph.algorithms.holdings import Holdings
from graph.algorithms.integrated import DENSE, LEAST, SLACK
from graph.algorithms.kernels import compiled
from graph.algorithms.rings import ringed, strong
from graph.algorithms.upstream import upstream


@dataclass(frozen=True)
class Rows:
    """Ultimate shares by party owned: where each one's begin, the owners, and their shares."""

    first: Ints
    owner: NDArray[np.int32]
    share: NDArray[np.float32]


def controllers(holdings: Holdings) -> Ints:
    """Who certainly controls each party in the end, by place; -1 for nobody.

    A ring of mutual control stands under its member with the smallest id, that one too.
    """
    votes = holdings.votes
    group, rings = contracted(
        *holdings.by_owner, holdings.owner, holdings.owned, votes.low, votes.whole_low
    )
    heads = np.where(group == np.arange(holdings.parties), -1, group)
    for one in np.flatnonzero(rings).tolist():
        found = controller(upstream(holdings, one))
        assert found
        heads[group == one] = found.head
    return heads


def circles(holdings: Holdings) -> Floats:
    """The diagonal of V: how much each holds of itself by all walks, itself included; lower run.

    Infinite in rings that are held wholly inside, not a number in those of more than DENSE members.
    """
    weight = holdings.parts[0]
    part, order = strong(holdings.first, holdings.owner, weight)
    closed, _ = ringed(holdings.first, holdings.owner, weight, part, order, SLACK, 1.0)
    sizes = np.bincount(part)
    found = np.ones(holdings.parties)
    found[closed] = np.inf
    found[sizes[part] > DENSE] = np.nan
    sized = (sizes > 1) & (sizes <= DENSE)
    members = order[sized[part[order]] & ~closed[order]]
    _inverted(members, part, sizes, holdings.first, holdings.owner, weight, found)
    return found


def shares(holdings: Holdings, told: float = 1e-4, least: float = LEAST) -> Rows:
    """Everybody's ultimate owners with at least so much; lower run, no ring held wholly inside.

    A part below `least` is passed on no further.
    """
    weight = holdings.parts[0]
    sums = np.bincount(holdings.owned, weights=weight, minlength=holdings.parties)
    left = 1.0 - sums.astype(np.float64)
    return Rows(*_pushed(holdings.first, holdings.owner, weight, left, told, least))


@compiled
def _inverted(
    members: Ints, part: Ints, sizes: Ints, first: Ints, owner: Ints, weight: Floats, found: Floats
) -> None:
    """Each ring's own circles: the diagonal of its dense inverse."""
    number = np.zeros(len(part), np.int64)
    begin = 0
    while begin < len(members):
        size = sizes[part[members[begin]]]
        block = members[begin : begin + size]
        for at in range(size):
            number[block[at]] = at
        dense = np.eye(size)
        for one in block:
            for pair in range(first[one], first[one + 1]):
                if part[owner[pair]] == part[one]:
                    dense[number[owner[pair]], number[one]] -= weight[pair]
        inverse = np.linalg.inv(dense)
        for at in range(size):
            found[block[at]] = inverse[at, at]
        begin += size


@compiled
def _spread(
    target: int, first: Ints, owner: Ints, weight: Floats, least: float,
    held: Floats, rest: Floats, waits: Flags, seen: Flags, line: Ints, touched: Ints,
) -> int:  # fmt: skip
    """A local push from one party; what it touched, so many, is to be wiped by the caller."""
    parties = len(first) - 1
    rest[target], line[0], touched[0], seen[target] = 1.0, target, target, True
    head, tail, number = 0, 1, 1
    while head != tail:
        one = line[head]
        head = head + 1 if head < parties else 0
        waits[one] = False
        part, rest[one] = rest[one], 0.0
        held[one] += part
        for pair in range(first[one], first[one + 1]):
            above = owner[pair]
            if not seen[above]:
                seen[above] = True
                touched[number] = above
                number += 1
            rest[above] += part * weight[pair]
            if rest[above] >= least and not waits[above]:
                waits[above] = True
                line[tail] = above
                tail = tail + 1 if tail < parties else 0
    return number


@compiled
def _pushed(
    first: Ints, owner: Ints, weight: Floats, left: Floats, told: float, least: float
) -> tuple[Ints, NDArray[np.int32], NDArray[np.float32]]:
    """A local push for each party, in arrays that are wiped where they were touched."""
    parties = len(first) - 1
    held, rest = np.zeros((2, parties), np.float64)
    waits, seen = np.zeros((2, parties), np.bool_)
    line, touched = np.empty((2, parties + 1), np.int64)
    firsts = np.zeros(parties + 1, np.int64)
    owners, found = np.empty(1024, np.int32), np.empty(1024, np.float32)
    size = 0
    for target in range(parties):
        number = _spread(
            target, first, owner, weight, least, held, rest, waits, seen, line, touched
        )
        for one in touched[:number]:
            share = left[one] * held[one]
            held[one], rest[one], seen[one] = 0.0, 0.0, False
            if share >= told:
                if size == len(owners):
                    owners = np.concatenate((owners, np.empty(size, np.int32)))
                    found = np.concatenate((found, np.empty(size, np.float32)))
                owners[size], found[size] = one, share
                size += 1
        firsts[target + 1] = size
    return firsts, owners[:size], found[:size]
