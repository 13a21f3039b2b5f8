"""What claims come to together: one source's add up, several sources' make a range."""

from dataclasses import dataclass

import numpy as np

from graph.algorithms.claims import BILLION, Claims, Flags, Ints


@dataclass(frozen=True)
class Spread:
    """A range for each holding, or pair; what is not `known` is nothing."""

    low: Ints
    high: Ints
    disclosed: Flags
    known: Flags
    conflicting: Flags  # sources differ

    def over(self, other: "Spread") -> "Spread":
        """This where it is known, else the other."""
        mine, others = vars(self).values(), vars(other).values()
        return Spread(
            *(np.where(self.known, a, b) for a, b in zip(mine, others, strict=True)),
        )

    def at(self, places: Ints | Flags) -> "Spread":
        """The same of some only."""
        return Spread(*(column[places] for column in vars(self).values()))

    def gathered(self, place: Ints, size: int) -> "Spread":
        """Holdings added up: several registered holders may hold for one owner."""
        low, high = np.zeros((2, size), np.int64)
        disclosed, known, conflicting = np.ones(size, bool), *np.zeros((2, size), bool)
        np.add.at(low, place, self.low)
        np.add.at(high, place, self.high)
        np.logical_and.at(disclosed, place, self.disclosed)
        np.logical_or.at(known, place, self.known)
        np.logical_or.at(conflicting, place, self.conflicting)
        return Spread(
            low, np.maximum(low, np.minimum(high, BILLION)), disclosed, known, conflicting
        )


def combined(claims: Claims, chosen: Flags, holding: Ints, size: int) -> Spread:
    """One range for each of so many holdings, by the chosen claims on it."""
    sources = int(claims.source.max(initial=0)) + 1
    key = holding[chosen] * sources + claims.source[chosen]
    each, place = np.unique(key, return_inverse=True)
    low, high = np.zeros((2, len(each)), np.int64)
    open_ = np.zeros(len(each), bool)
    np.add.at(low, place, claims.low[chosen])
    np.add.at(high, place, claims.high[chosen])
    np.logical_or.at(open_, place, ~claims.disclosed[chosen])
    of = each // sources
    telling = ~open_ | (low > 0)
    told = np.zeros(size, bool)
    told[of[telling]] = True
    counts = telling | ~told[of]  # who gives no share contradicts nobody
    of, low, high = of[counts], low[counts], np.minimum(high[counts], BILLION)
    shut = np.ones(size, bool)
    np.logical_and.at(shut, of, ~open_[counts])
    least, most = _ends(of, low, size), _ends(of, high, size)
    number = np.bincount(of, minlength=size)
    differing = (number > 1) & ((least[0] != least[1]) | (most[0] != most[1]))
    return Spread(least[0], np.maximum(most[1], least[0]), shut, number > 0, differing)


def _ends(place: Ints, values: Ints, size: int) -> tuple[Ints, Ints]:
    """The smallest and the largest value at each place; nothing where there is none."""
    smallest, largest = np.full(size, np.iinfo(np.int64).max), np.zeros(size, np.int64)
    np.minimum.at(smallest, place, values)
    np.maximum.at(largest, place, values)
    return np.minimum(smallest, largest), largest
