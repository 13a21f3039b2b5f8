"""What risk walks on: things and the claims between them, as compact arrays in the order of keys.

A thing costs a byte beside its key, a claim some 20 beside its id. An edit makes new arrays and
leaves the old ones as they are, for whoever still reads them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.algorithms.claims import BILLION, Flags, Ints, Places

TYPES = (
    "OWNS",
    "GRANTED_POA",
    "SHARES",
    "HOLDS",
    "IDENTIFIES",
    "CONTROLS",
    "OFFICER_OF",
    "SUCCESSOR_OF",
    "NOMINEE_FOR",
)
"""Relationships that a policy may let risk pass."""
KINDS = (
    "Importer",
    "Broker",
    "ImporterNumber",
    "FilerCode",
    "Organization",
    "Person",
    "Unspecified",
    "SharedAttribute",
)
"""Labels of the things that these relationships join."""
UNDISCLOSED = -1  # the highest share of an owner who gives none
Bytes = NDArray[np.bytes_]
Codes = NDArray[np.uint8]


class Link(NamedTuple):
    """A claim on its way in; shares in parts per billion, UNDISCLOSED at most if none is given."""

    id: str
    type: str
    start: str
    end: str
    low: int
    high: int


@dataclass(frozen=True)
class Network:
    """Things and claims of one moment; `start` and `end` are places among `keys`."""

    keys: Bytes
    kinds: Codes
    id: Bytes
    type: Codes
    start: Places
    end: Places
    low: Places  # parts per billion, as `Link` has them
    high: Places

    @classmethod
    def of(cls, things: Sequence[tuple[str, str]], links: Sequence[Link]) -> "Network":
        """From things with their labels, and claims, in any order."""
        number: Any = np.zeros(0, np.int32)
        text: Any = np.zeros(0, "S1")
        code: Any = np.zeros(0, np.uint8)
        return cls(text, code, text, code, number, number, number, number).edited(things, links)

    @property
    def size(self) -> int:
        """How many things."""
        return len(self.keys)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        return sum(each.nbytes for each in vars(self).values() if isinstance(each, np.ndarray))

    def place(self, key: str) -> int | None:
        """Where a thing stands; None for one that is not here."""
        sought = key.encode()
        at = int(np.searchsorted(self.keys, sought))
        return at if at < self.size and self.keys[at] == sought else None

    def key(self, place: int) -> str:
        """The key of a thing."""
        return bytes(self.keys[place]).decode()

    def claim(self, link: int) -> tuple[str, str]:
        """Type and id of a claim."""
        return TYPES[self.type[link]], bytes(self.id[link]).decode()

    @cached_property
    def accounts(self) -> Ints:
        """Where the accounts stand."""
        found: Ints = np.flatnonzero(self.kinds <= KINDS.index("Broker"))
        return found

    @cached_property
    def share(self) -> Places:
        """The upper share of each OWNS; of one not disclosed, what the others leave free."""
        owns = (self.type == TYPES.index("OWNS")) & (self.start != self.end)
        lows = np.where(owns, self.low, 0)
        sums = np.zeros(self.size, np.int64)
        np.add.at(sums, self.end, lows)
        free = BILLION - (sums[self.end] - lows)
        high = np.where(self.high == UNDISCLOSED, np.clip(free, 0, BILLION), self.high)
        return high.astype(np.int32)

    def largest(self, start: str, end: str, gone: Collection[str]) -> tuple[int, int]:
        """The bounds of the largest share by which one thing holds another, but for some claims."""
        above, below = self.place(start), self.place(end)
        owns = self.type == TYPES.index("OWNS")
        found = np.flatnonzero(owns & (self.start == above) & (self.end == below))
        kept = [at for at in found.tolist() if bytes(self.id[at]).decode() not in gone]
        return max(((int(self.low[at]), int(self.high[at])) for at in kept), default=(0, 0))

    def has(self, ids: Collection[str]) -> bool:
        """Whether it has a claim of one of these ids."""
        return bool(ids) and bool(np.isin(self.id, [each.encode() for each in ids]).any())

    def says(self, things: Sequence[tuple[str, str]], links: Collection[Link]) -> bool:
        """Whether it has these things, and these are all the claims that leave them."""
        places = [self.place(key) for key, _ in things]
        if None in places:
            return False
        found = np.flatnonzero(np.isin(self.start, np.array(places, np.int64))).tolist()
        return len(found) == len(links) and {self.told(link) for link in found} == set(links)

    def told(self, link: int) -> Link:
        """A claim as it came in."""
        type_, id_ = self.claim(link)
        start, end = (self.key(int(each[link])) for each in (self.start, self.end))
        return Link(id_, type_, start, end, int(self.low[link]), int(self.high[link]))

    def without(self, starts: Collection[str] = (), ids: Collection[str] = ()) -> "Network":
        """The same without the claims of these things and without the claims of these ids."""
        kept: Flags = np.ones(len(self.id), np.bool_)
        if ids:
            kept &= ~np.isin(self.id, np.array([each.encode() for each in ids], "S"))
        if starts:
            places = [at for key in starts if (at := self.place(key)) is not None]
            kept &= ~np.isin(self.start, places)
        columns = ("id", "type", "start", "end", "low", "high")
        chosen: dict[str, Any] = {name: getattr(self, name)[kept] for name in columns}
        return replace(self, **chosen)

    def kept(self, things: Flags, told: Flags) -> "Network":
        """The same with some of the things only, and those of some claims that join them."""
        place = np.cumsum(things, dtype=np.int32) - np.int32(1)
        claims = told & things[self.start] & things[self.end]
        return Network(
            self.keys[things],
            self.kinds[things],
            self.id[claims],
            self.type[claims],
            place[self.start[claims]],
            place[self.end[claims]],
            self.low[claims],
            self.high[claims],
        )

    def edited(self, things: Sequence[tuple[str, str]], links: Sequence[Link]) -> "Network":
        """The same with more things and claims; the ends of a claim are among the things."""
        if not things and not links:
            return self
        named = [key.encode() for key, _ in things]
        ends = [end.encode() for link in links for end in (link.start, link.end)]
        keys, old, places = _joined(self.keys, np.array(named + ends, "S"))
        fresh, joined = places[: len(named)], places[len(named) :].reshape(-1, 2)
        kinds = np.full(len(keys), len(KINDS), np.uint8)
        kinds[old] = self.kinds
        kinds[fresh] = [KINDS.index(label) for _, label in things]
        columns = list(zip(*links, strict=True)) or [()] * 6
        types = [TYPES.index(type_) for type_ in columns[1]]
        return Network(
            keys,
            kinds,
            np.concatenate([self.id, np.array([id_.encode() for id_ in columns[0]], "S")]),
            np.concatenate([self.type, np.array(types, np.uint8)]),
            np.concatenate([old[self.start], joined[:, 0]]).astype(np.int32),
            np.concatenate([old[self.end], joined[:, 1]]).astype(np.int32),
            np.concatenate([self.low, np.array(columns[4], np.int32)]),
            np.concatenate([self.high, np.array(columns[5], np.int32)]),
        )


def _joined(keys: Bytes, names: Bytes) -> tuple[Bytes, Ints, Ints]:
    """Keys and names together in order; where the keys then stand, and where the names do.

    A few names are looked up, and put in if they are new; the keys stay the same array if none is.
    """
    size = len(keys)
    if len(names) > size // 8:
        every, again = np.unique(np.concatenate([keys, names]), return_inverse=True)
        return every, again[:size], again[size:]
    at = np.searchsorted(keys, names)
    fresh = np.unique(names[keys[np.minimum(at, size - 1)] != names])
    old: Ints = np.arange(size)
    if not len(fresh):
        return keys, old, at
    before = np.searchsorted(keys, fresh)
    wide = np.promote_types(keys.dtype, names.dtype)
    every = np.insert(keys.astype(wide), before, fresh.astype(wide))
    old = old + np.searchsorted(before, old, side="right")
    return every, old, np.searchsorted(every, names)
