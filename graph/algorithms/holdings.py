"""Who holds how much of what: recorded claims made into one range for each pair, as arrays.

Two weights stand on each pair: economic (shareholdings), on which integrated ownership and blocked
parties rest, and votes (voting rights where stated, else the shareholding), on which control rests.
Rules, from the case table of the definition:

- of one holder's part, one source's claims add up (share classes), several sources' make a range;
- a nominee's shares are its nominator's, beside what that holds itself; where several are named,
  each may hold all of them;
- an organization's own shares carry neither vote nor dividend: the others' are parts of the rest;
- an undisclosed share goes from nothing to what the others leave free.

Shares are whole parts per billion, so that thresholds compare without rounding.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from graph.algorithms.claims import BILLION, ECONOMIC, VOTES, Claims, Flags, Floats, Ints
from graph.algorithms.spread import Spread, combined


@dataclass(frozen=True)
class Weights:
    """One weight of the pairs: bounds in parts per billion, `whole` being all that counts."""

    low: Ints
    high: Ints
    whole_low: Ints  # by party owned: what is left without its own shares, in the lower run
    whole_high: Ints  # and in the upper run


@dataclass(frozen=True)
class Holdings:
    """The pairs, by organization owned and then by owner; `first` says where each one's begin."""

    parties: int
    owner: Ints
    owned: Ints
    first: Ints
    economic: Weights
    votes: Weights
    conflicting: Flags  # by pair: sources differ
    treasury: Flags  # by party: it holds shares of its own
    nearly: dict[int, Flags] = field(default_factory=dict)
    """What was found out of rings, by the first member of each: see `integrated`."""

    @cached_property
    def by_owner(self) -> tuple[Ints, Ints]:
        """Where each owner's pairs begin, and the pairs in that order."""
        order = np.argsort(self.owner, kind="stable")
        return _firsts(self.owner, self.parties), order

    @cached_property
    def oversubscribed(self) -> Flags:
        """By party owned: its shares come to more than all, even at their lowest."""
        return _sums(self.owned, self.economic.low, self.parties) > self.economic.whole_low

    @cached_property
    def parts(self) -> tuple[Floats, Floats]:
        """Economic weight of each pair, from 0 to 1, in the lower and in the upper run.

        A column that is oversubscribed at its lowest is scaled to 1: each share over itself and
        what the others come to, at the ends that make it smallest or largest.
        """
        low, high = self.economic.low, self.economic.high
        over, found = self.oversubscribed[self.owned], []
        wholes = self.economic.whole_low, self.economic.whole_high
        for mine, others, whole in ((low, high, wholes[0]), (high, low, wholes[1])):
            sums = _sums(self.owned, others, self.parties)[self.owned]
            whole_here = np.where(over, np.maximum(1, mine + sums - others), whole[self.owned])
            found.append(np.minimum(1.0, mine / whole_here))
        return found[0], found[1]

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        arrays = [self.owner, self.owned, self.first, self.conflicting, self.treasury]
        for weights in (self.economic, self.votes):
            arrays += [weights.low, weights.high, weights.whole_low, weights.whole_high]
        return sum(each.nbytes for each in [*arrays, *self.by_owner, *self.parts])


def holdings(claims: Claims, nominees: Sequence[tuple[int, int]] = ()) -> Holdings:
    """The pairs that these claims make; `nominees` are pairs of nominee and nominator."""
    claims = claims.moved(nominees)
    parties = claims.parties
    keys, pair = np.unique(claims.end * parties + claims.start, return_inverse=True)
    # What an owner holds through a nominee stands beside its own: each is a holding by itself.
    held, holding = np.unique(pair * parties + claims.holder, return_inverse=True)
    shares = combined(claims, claims.interest == ECONOMIC, holding, len(held))
    stated = combined(claims, claims.interest == VOTES, holding, len(held))
    economic = shares.gathered(held // parties, len(keys))
    votes = stated.over(shares).gathered(held // parties, len(keys))
    owned, owner = keys // parties, keys % parties
    own = (owned == owner) & economic.known
    own_low, own_high = np.zeros((2, parties), np.int64)
    own_low[owned[own]] = economic.low[own]
    own_high[owned[own]] = np.where(economic.disclosed[own], economic.high[own], BILLION)
    treasury = np.zeros(parties, bool)
    treasury[owned[own]] = True
    counted = (owned != owner) & votes.known
    owned = owned[counted]
    return Holdings(
        parties,
        owner[counted],
        owned,
        _firsts(owned, parties),
        _weights(economic.at(counted), owned, own_low, own_high),
        _weights(votes.at(counted), owned, own_low, own_high),
        (economic.conflicting | votes.conflicting)[counted],
        treasury,
    )


def _weights(spread: Spread, owned: Ints, own_low: Ints, own_high: Ints) -> Weights:
    """Undisclosed shares reach to what the others leave free; own shares shrink the whole."""
    parties = len(own_low)
    sums = _sums(owned, spread.low, parties)
    own_high = np.minimum(own_high, np.maximum(own_low, BILLION - sums))
    free = BILLION - own_low[owned] - (sums[owned] - spread.low)
    high = np.where(spread.disclosed, spread.high, np.minimum(spread.high, free))
    high = np.maximum(spread.low, high)
    # Nothing is left of one that holds all of itself: its recorded owners then hold of the whole.
    wholes = [np.where(own < BILLION, BILLION - own, BILLION) for own in (own_low, own_high)]
    return Weights(spread.low, high, *wholes)


def _sums(place: Ints, values: Ints, size: int) -> Ints:
    found = np.zeros(size, np.int64)
    np.add.at(found, place, values)
    return found


def _firsts(numbers: Ints, size: int) -> Ints:
    """Where the entries of each number begin once they are in order."""
    counts = np.bincount(numbers, minlength=size)
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
