"""A generated graph of owners, heavy-tailed and with some circles; and the same in plain Python."""

from dataclasses import dataclass

import numpy as np

from graph.algorithms.claims import BILLION, ECONOMIC, Claims, Ints

OWNERS = (0.06, 0.24, 0.3, 0.2, 0.12, 0.08)  # how many have none, one, two ... owners
BACK = 0.0003  # holdings that may close a circle
APART = 2000  # one ring of cross holdings for so many parties, of few members or many (Pareto)
LARGEST = 50  # members of such a ring
TAIL = 1.5  # how much the old and large are preferred as owners
Edge = tuple[int, float]


@dataclass(frozen=True)
class Drawn:
    """Claims, and by party owned its owners with their shares."""

    claims: Claims
    above: dict[int, list[Edge]]

    @property
    def below(self) -> dict[int, list[Edge]]:
        """By owner, what it holds."""
        found: dict[int, list[Edge]] = {}
        for owned, edges in self.above.items():
            for owner, share in edges:
                found.setdefault(owner, []).append((owned, share))
        return found


def drawn(parties: int) -> Drawn:
    """So many parties, the same every time; every share exact, no column above the whole."""
    rng = np.random.default_rng(parties)
    number = rng.choice(len(OWNERS), size=parties, p=OWNERS)
    owned = np.repeat(np.arange(parties), number)
    owner = (owned * rng.random(len(owned)) ** TAIL).astype(np.int64)
    back = rng.random(len(owned)) < BACK
    owner[back] = rng.integers(0, parties, int(back.sum()))
    rings = _rings(parties, rng)
    owned, owner = np.concatenate([owned, rings[0]]), np.concatenate([owner, rings[1]])
    pairs = np.unique(np.column_stack([owned, owner])[owned != owner], axis=0)
    owned, owner = pairs[:, 0], pairs[:, 1]
    order = rng.permutation(parties)  # a party's number tells nothing about its age
    owned, owner = order[owned], order[owner]
    parts = rng.pareto(1.5, len(owned)) + 0.05
    whole = np.bincount(owned, weights=parts, minlength=parties) * rng.choice(
        (1.0, 1.0, 1.1, 2.0), parties
    )
    share = np.floor(parts / whole[owned] * BILLION).astype(np.int64)
    return Drawn(_claims(parties, owner, owned, share), _above(owner, owned, share))


def _rings(parties: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Who is owned by whom in rings: parties of nearly the same age, each held by the next one."""
    starts = np.arange(0, parties, APART) + rng.integers(0, APART - LARGEST)
    starts = starts[starts + LARGEST <= parties]
    sizes = np.minimum(LARGEST, 2 + rng.pareto(1.2, len(starts)).astype(np.int64))
    first = np.repeat(starts, sizes)
    place = np.arange(len(first)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return first + place, first + (place + 1) % np.repeat(sizes, sizes)


def _claims(parties: int, owner: Ints, owned: Ints, share: Ints) -> Claims:
    none = np.zeros(len(owner), np.int64)
    told = np.ones(len(owner), bool)
    return Claims(parties, owner, owner, owned, share, share, told, none + ECONOMIC, none)


def _above(owner: Ints, owned: Ints, share: Ints) -> dict[int, list[Edge]]:
    found: dict[int, list[Edge]] = {}
    rows = zip(owned.tolist(), owner.tolist(), (share / BILLION).tolist(), strict=True)
    for one, above, part in rows:
        found.setdefault(one, []).append((above, part))
    return found
