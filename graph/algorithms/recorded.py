"""Ownership and nominee claims as compact arrays, in the order of the parties' keys.

A claim costs some 70 bytes and a party some 40; keys and ids are kept as bytes of fixed width. An
edit makes new arrays and leaves the old ones as they are, for whoever still reads them.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.algorithms.claims import NEITHER, Claims, Flags, Ints
from graph.algorithms.columns import INTERESTS, KINDS, Bytes, Columns, named
from graph.algorithms.columns import Row as Row
from graph.algorithms.holdings import Holdings, holdings

ENDS = ("start", "end")
COLUMNS = ("id", "low", "high", "disclosed", "interest", "source", "nominee")


@dataclass(frozen=True)
class Recorded:
    """The claims of one moment; `start` and `end` are places among `keys`."""

    keys: Bytes
    kinds: NDArray[np.uint8]
    sources: tuple[str, ...]
    id: Bytes
    start: Ints
    end: Ints
    low: Ints
    high: Ints
    disclosed: Flags
    interest: Ints
    source: Ints
    nominee: Flags  # NOMINEE_FOR, not OWNS

    @classmethod
    def of(cls, rows: Sequence[Row] = ()) -> "Recorded":
        """From claims, in any order."""
        number: Any = np.zeros(0, np.int64)
        text: Any = np.zeros(0, "S1")
        yes: Any = np.zeros(0, bool)
        kinds: Any = np.zeros(0, np.uint8)
        numbers = dict.fromkeys(("start", "end", "low", "high", "interest", "source"), number)
        empty = cls(
            keys=text, kinds=kinds, sources=(), id=text, disclosed=yes, nominee=yes, **numbers
        )
        return empty.edited(rows)

    def place(self, key: str) -> int | None:
        """Where a party stands; None for one that no claim names."""
        sought = key.encode()
        at = int(np.searchsorted(self.keys, sought))
        return at if at < len(self.keys) and self.keys[at] == sought else None

    def key(self, place: int) -> str:
        """The key of a party."""
        return bytes(self.keys[place]).decode()

    def kind(self, place: int) -> str:
        """Which of KINDS a party is."""
        return KINDS[self.kinds[place]]

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return sum(each.nbytes for each in vars(self).values() if isinstance(each, np.ndarray))

    @cached_property
    def into(self) -> tuple[Ints, Ints]:
        """Where the claims on each party begin, and the claims in that order."""
        counts = np.bincount(self.end, minlength=len(self.keys))
        return np.concatenate([[0], np.cumsum(counts)]), np.argsort(self.end, kind="stable")

    def claims_into(self, place: int) -> Ints:
        """The claims on one party."""
        firsts, order = self.into
        found: Ints = order[firsts[place] : firsts[place + 1]]
        return found

    def sources_of(self, start: str, end: str, interest: str | None) -> set[str]:
        """Who says what one party holds of another, in such an interest."""
        kind = INTERESTS.get(interest, NEITHER)
        claims = [at for at in self._between(start, end) if self.interest[at] == kind]
        telling = [at for at in claims if self.disclosed[at] or self.low[at] > 0]
        return {self.sources[self.source[at]] for at in telling or claims}

    def held_directly(self, start: str, end: str) -> int:
        """The most, in parts per billion, that one source says one party holds at least."""
        sums: Counter[int] = Counter()
        for at in self._between(start, end):
            sums[int(self.interest[at] * len(self.sources) + self.source[at])] += int(self.low[at])
        return max(sums.values(), default=0)

    def _between(self, start: str, end: str) -> list[int]:
        """The OWNS by which one party holds another."""
        above, below = self.place(start), self.place(end)
        if above is None or below is None:
            return []
        into = self.claims_into(below).tolist()
        return [at for at in into if self.start[at] == above and not self.nominee[at]]

    @cached_property
    def undisclosed_nominees(self) -> Ints:
        """Nominees for somebody who is not specified."""
        nominees = np.flatnonzero(self.nominee)
        unknown = self.kinds[self.end[nominees]] == KINDS.index("Unspecified")
        found: Ints = np.unique(self.start[nominees[unknown]])
        return found

    @cached_property
    def nominators(self) -> dict[int, list[int]]:
        """Who stands directly behind each nominee."""
        found: dict[int, list[int]] = {}
        for nominee, nominator in self.nominees:
            found.setdefault(nominee, []).append(nominator)
        return found

    @cached_property
    def behind(self) -> frozenset[int]:
        """Who stands behind nominees."""
        return frozenset(nominator for _, nominator in self.nominees)

    @cached_property
    def nominees(self) -> list[tuple[int, int]]:
        """Nominee and nominator, of those of whom some nominator is known."""
        ends = self.start[self.nominee].tolist(), self.end[self.nominee].tolist()
        pairs = list(zip(*ends, strict=True))
        known = {a for a, b in pairs if self.kind(b) != "Unspecified"}
        return [(a, b) for a, b in pairs if a in known]

    @cached_property
    def holdings(self) -> Holdings:
        """What the claims come to, a range for each pair."""
        owns = ~self.nominee
        claims = Claims(
            len(self.keys), self.start[owns], self.start[owns], self.end[owns], self.low[owns],
            self.high[owns], self.disclosed[owns], self.interest[owns], self.source[owns],
        )  # fmt: skip
        return holdings(claims, self.nominees)

    def has(self, ids: Collection[str]) -> bool:
        """Whether it has a claim of one of these ids."""
        return bool(ids) and bool(np.isin(self.id, [each.encode() for each in ids]).any())

    def without(self, starts: Collection[str] = (), ids: Collection[str] = ()) -> "Recorded":
        """The same without the claims of these parties and without the claims of these ids."""
        gone = np.isin(self.id, [each.encode() for each in ids])
        places = [at for key in starts if (at := self.place(key)) is not None]
        return self._kept(~(gone | np.isin(self.start, places)))

    def displayed(self, nominee: str) -> "Recorded":
        """The same with one nominee's shares at the nominee, as they are recorded."""
        gone = self.nominee & (self.start == self.place(nominee))
        return self._kept(~gone) if gone.any() else self

    def _kept(self, kept: Flags) -> "Recorded":
        chosen = {name: getattr(self, name)[kept] for name in (*ENDS, *COLUMNS)}
        return replace(self, **chosen)

    def edited(self, rows: Sequence[Row]) -> "Recorded":
        """The same with more claims."""
        return self.joined(Columns.of(rows)) if rows else self

    def joined(self, more: Columns) -> "Recorded":
        """The same with more claims, which are columns already."""
        together = np.concatenate([self.keys, more.ends.reshape(-1)])
        keys, again = np.unique(together, return_inverse=True)
        kinds = np.zeros(len(keys), np.uint8)
        old, fresh = again[: len(self.keys)], again[len(self.keys) :].reshape(-1, 2)
        kinds[old] = self.kinds
        kinds[fresh] = more.kinds
        sources = named((self.sources, more.sources))
        kept = {"start": old[self.start], "end": old[self.end]}
        new = {"start": fresh[:, 0], "end": fresh[:, 1], "source": more.renumbered(sources)}
        columns = {
            name: np.concatenate(
                [kept.get(name, getattr(self, name)), new.get(name, getattr(more, name, None))]
            )
            for name in (*ENDS, *COLUMNS)
        }
        return Recorded(keys, kinds, sources, **columns)
