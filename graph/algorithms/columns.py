"""Claims on their way into memory: rows as columns, which take a tenth of their room."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from graph.algorithms.claims import ECONOMIC, NEITHER, VOTES, Flags, Ints

INTERESTS = {None: ECONOMIC, "SHAREHOLDING": ECONOMIC, "UNKNOWN": ECONOMIC, "VOTING_RIGHTS": VOTES}
"""What counts; rights to profit or assets are neither shares nor votes."""
KINDS = ("Organization", "Person", "Unspecified")
Bytes = NDArray[np.bytes_]


class Row(NamedTuple):
    """A claim on its way in; shares in parts per billion, kinds as in KINDS."""

    id: str
    type: str  # OWNS or NOMINEE_FOR
    start: str
    end: str
    low: int
    high: int
    disclosed: bool
    interest: str | None
    source: str
    start_kind: str
    end_kind: str


class Columns(NamedTuple):
    """Rows as columns; `ends` and `kinds` are two columns each, `source` a place in `sources`."""

    sources: tuple[str, ...]
    id: Bytes
    ends: Bytes
    kinds: NDArray[np.uint8]
    low: Ints
    high: Ints
    disclosed: Flags
    interest: Ints
    source: Ints
    nominee: Flags  # NOMINEE_FOR, not OWNS

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Self:
        """From claims, in any order."""
        sources = tuple(dict.fromkeys(row.source for row in rows))
        number = {name: at for at, name in enumerate(sources)}
        kinds = [[KINDS.index(row.start_kind), KINDS.index(row.end_kind)] for row in rows]
        return cls(
            sources,
            np.array([row.id.encode() for row in rows], np.bytes_),
            np.array([(r.start.encode(), r.end.encode()) for r in rows], np.bytes_).reshape(-1, 2),
            np.array(kinds, np.uint8).reshape(-1, 2),
            np.array([row.low for row in rows], np.int64),
            np.array([row.high for row in rows], np.int64),
            np.array([row.disclosed for row in rows], bool),
            np.array([INTERESTS.get(row.interest, NEITHER) for row in rows], np.int64),
            np.array([number[row.source] for row in rows], np.int64),
            np.array([row.type != "OWNS" for row in rows], bool),
        )

    def renumbered(self, sources: Sequence[str]) -> Ints:
        """The column of sources, by their places in another list that has them all."""
        numbers = np.array([sources.index(name) for name in self.sources], np.int64)
        found: Ints = numbers[self.source]
        return found

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        """One after the other, each source once."""
        sources = named(each.sources for each in parts)
        told = [each._replace(source=each.renumbered(sources)) for each in parts]
        columns = {
            name: np.concatenate([getattr(each, name) for each in told])
            for name in cls._fields[1:]
            if told
        }
        return cls(sources, **columns) if told else cls.of(())


def named(lists: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Names of several lists in their order, each once."""
    return tuple(dict.fromkeys(name for names in lists for name in names))
