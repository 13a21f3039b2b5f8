"""Who holds how much of what: recorded claims made into one range for each pair, as arrays.

Two weights stand on each pair: economic (shareholdings), on which integrated ownership and blocked
parties rest, and votes (voting rights where stated, else the shareholding), on which control rests.
Rules, from the case table of the definition:

- of one pair, one source's claims add up (share classes), several sources' make a range;
- a nominee's shares are its nominator's; where several are named, each may hold all of them;
- an organization's own shares carry neither vote nor dividend: the others' are parts of the rest;
- an undisclosed share goes from nothing to what the others leave free.

Shares are whole parts per billion, so that thresholds compare without rounding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.algorithms.claims import BILLION, ECONOMIC, VOTES, Claims, Flags, Ints


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

    @cached_property
    def by_owner(self) -> tuple[Ints, Ints]:
        """Where each owner's pairs begin, and the pairs in that order."""
        order = np.argsort(self.owner, kind="stable")
        return _firsts(self.owner, self.parties), order

    @cached_property
    def oversubscribed(self) -> Flags:
        """By party owned: its shares come to more than all, even at their lowest."""
        return _sums(self.owned, self.economic.low, self.parties) > self.economic.whole_low

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        arrays = [self.owner, self.owned, self.first, self.conflicting, self.treasury]
        for weights in (self.economic, self.votes):
            arrays += [weights.low, weights.high, weights.whole_low, weights.whole_high]
        return sum(each.nbytes for each in [*arrays, *self.by_owner])


def holdings(claims: Claims, nominees: Sequence[tuple[int, int]] = ()) -> Holdings:
    """The pairs that these claims make; `nominees` are pairs of nominee and nominator."""
    claims = claims.moved(nominees)
    own = claims.start == claims.end
    kinds = [_pairs(claims, ~own & (claims.interest == kind)) for kind in (ECONOMIC, VOTES)]
    selves = _pairs(claims, own & (claims.interest == ECONOMIC))
    keys = np.unique(np.concatenate([kind.key for kind in kinds]))
    owned, owner = keys // claims.parties, keys % claims.parties
    economic = _placed(kinds[0], keys)
    votes = _placed(kinds[1], keys)
    stated = votes.known
    both = _Spread(
        np.where(stated, votes.low, economic.low),
        np.where(stated, votes.high, economic.high),
        np.where(stated, votes.disclosed, economic.disclosed),
        stated,
        votes.conflicting,
    )
    own_low, own_high = np.zeros((2, claims.parties), np.int64)
    own_low[selves.key // claims.parties] = selves.low
    own_high[selves.key // claims.parties] = np.where(selves.disclosed, selves.high, BILLION)
    treasury = np.zeros(claims.parties, bool)
    treasury[selves.key // claims.parties] = True
    return Holdings(
        claims.parties,
        owner,
        owned,
        _firsts(owned, claims.parties),
        _weights(economic, owned, own_low, own_high),
        _weights(both, owned, own_low, own_high),
        economic.conflicting | votes.conflicting,
        treasury,
    )


@dataclass(frozen=True)
class _Pairs:
    """Pairs by key, which is owned * parties + owner."""

    key: Ints
    low: Ints
    high: Ints
    disclosed: Flags
    conflicting: Flags


@dataclass(frozen=True)
class _Spread:
    """The same beside all pairs; what is not `known` is nothing."""

    low: Ints
    high: Ints
    disclosed: Flags
    known: Flags
    conflicting: Flags


def _pairs(claims: Claims, chosen: Flags) -> _Pairs:
    """One range for each pair among the chosen claims."""
    key = claims.end[chosen] * claims.parties + claims.start[chosen]
    sources = int(claims.source.max(initial=0)) + 1
    each, place = np.unique(key * sources + claims.source[chosen], return_inverse=True)
    low = np.zeros(len(each), np.int64)
    high = np.zeros(len(each), np.int64)
    open_ = np.zeros(len(each), bool)
    np.add.at(low, place, claims.low[chosen])
    np.add.at(high, place, claims.high[chosen])
    np.logical_or.at(open_, place, ~claims.disclosed[chosen])
    keys, pair = np.unique(each // sources, return_inverse=True)
    telling = ~open_ | (low > 0)
    told = np.zeros(len(keys), bool)
    np.logical_or.at(told, pair, telling)
    counts = telling | ~told[pair]  # who gives no share contradicts nobody
    least, most = np.full(len(keys), BILLION), np.zeros(len(keys), np.int64)
    np.minimum.at(least, pair[counts], low[counts])
    np.maximum.at(most, pair[counts], np.minimum(high[counts], BILLION))
    highest = np.zeros(len(keys), np.int64)
    np.maximum.at(highest, pair[counts], low[counts])
    shut = np.ones(len(keys), bool)
    np.logical_and.at(shut, pair[counts], ~open_[counts])
    number = np.bincount(pair[counts], minlength=len(keys))
    differing = (number > 1) & ((least != highest) | (least != most))
    return _Pairs(keys, least, np.maximum(most, least), shut, differing)


def _placed(pairs: _Pairs, keys: Ints) -> _Spread:
    at = np.searchsorted(keys, pairs.key)
    low, high = np.zeros((2, len(keys)), np.int64)
    disclosed, known, conflicting = np.ones(len(keys), bool), *np.zeros((2, len(keys)), bool)
    low[at], high[at], disclosed[at] = pairs.low, pairs.high, pairs.disclosed
    known[at], conflicting[at] = True, pairs.conflicting
    return _Spread(low, high, disclosed, known, conflicting)


def _weights(spread: _Spread, owned: Ints, own_low: Ints, own_high: Ints) -> Weights:
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
