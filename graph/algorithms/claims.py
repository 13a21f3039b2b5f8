"""Direct ownership as it is recorded, and nominees' claims at those who stand behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

BILLION = 1_000_000_000  # parts: the whole
ECONOMIC, VOTES, NEITHER = 0, 1, 2  # what an interest counts as
Ints = NDArray[np.int64]
Places = NDArray[np.int32]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Claims:
    """Direct ownership as recorded, one entry for each claim; parties by their place in order.

    `start` is who holds in truth, `holder` who is registered: another where it is a nominee.
    """

    parties: int
    start: Ints
    holder: Ints
    end: Ints
    low: Ints
    high: Ints
    disclosed: Flags
    interest: Ints  # ECONOMIC, VOTES or NEITHER
    source: Ints  # which sources are the same

    @classmethod
    def of(cls, parties: int, rows: Sequence[Sequence[int]]) -> "Claims":
        """From rows of start, end, low, high, disclosed, interest and source."""
        columns = np.array(rows, dtype=np.int64).reshape(-1, 7).T
        start, end, low, high, disclosed, interest, source = columns
        return cls(parties, start, start, end, low, high, disclosed.astype(bool), interest, source)

    def moved(self, nominees: Sequence[tuple[int, int]]) -> "Claims":
        """The same with nominees' shares at their nominators, who may be nominees too."""
        known: dict[int, list[int]] = {}
        for nominee, nominator in sorted(set(nominees)):
            known.setdefault(nominee, []).append(nominator)
        behind = {nominee: sorted(behind_of(nominee, known)) for nominee in known}
        movers = np.arange(self.parties)
        for nominee, ends in behind.items():
            movers[nominee] = ends[0] if len(ends) == 1 else nominee
        several = [nominee for nominee, ends in behind.items() if len(ends) > 1]
        found = replace(self, start=movers[self.start])
        for place in np.flatnonzero(np.isin(self.start, several)).tolist():
            found = _shared(found, place, behind[int(self.start[place])])
        return found


def behind_of(nominee: int, known: Mapping[int, Sequence[int]]) -> set[int]:
    """Who stands behind a nominee in the end; a ring of nominees leads nowhere but to itself."""
    seen, waiting, found = {nominee}, [nominee], set()
    while waiting:
        nominators = known.get(one := waiting.pop(), [])
        if not nominators:
            found.add(one)
        for each in nominators:
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return found or {nominee}


def _shared(claims: Claims, place: int, behind: list[int]) -> Claims:
    """One claim possibly whole at each of several: nobody says who has which part."""
    start, low = claims.start.copy(), claims.low.copy()
    start[place], low[place] = behind[0], 0
    more = np.full(len(behind) - 1, place)
    columns: dict[str, Any] = {
        name: np.concatenate([column, column[more]])
        for name, column in (
            ("holder", claims.holder), ("end", claims.end), ("low", low), ("high", claims.high),
            ("disclosed", claims.disclosed), ("interest", claims.interest),
            ("source", claims.source),
        )
    }  # fmt: skip
    return replace(claims, start=np.concatenate([start, behind[1:]]), **columns)
