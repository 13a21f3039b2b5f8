"""The part of the holdings that lies above one organization: all that its ownership depends on."""

from dataclasses import dataclass

import numpy as np

from graph.algorithms.claims import Flags, Floats, Ints
from graph.algorithms.holdings import Holdings
from graph.algorithms.kernels import ancestors

MOST = 200_000  # parties above one organization


@dataclass(frozen=True)
class Upstream:
    """Parties above a target, it included, in the order of all parties; pairs by party owned."""

    holdings: Holdings
    nodes: Ints  # their places among all parties
    target: int  # place among `nodes`, as everything below
    pairs: Ints  # places among all pairs
    owner: Ints
    owned: Ints
    first: Ints
    complete: bool

    @property
    def size(self) -> int:
        """How many parties."""
        return len(self.nodes)

    def place(self, party: int) -> int | None:
        """Where one of all parties stands here."""
        at = int(np.searchsorted(self.nodes, party))
        return at if at < self.size and self.nodes[at] == party else None

    def above(self, members: Flags) -> Flags:
        """These and everyone who holds parts of them by any chain."""
        found = members.copy()
        while True:
            more = found.copy()
            more[self.owner[found[self.owned]]] = True
            if (more == found).all():
                return found
            found = more

    def weights(self, *, upper: bool) -> Floats:
        """Economic weight of each pair, from 0 to 1, in the lower or the upper run.

        A column that is oversubscribed at its lowest is scaled to 1: each share over itself and
        what the others come to, at the ends that make it smallest or largest.
        """
        economic = self.holdings.economic
        low, high = economic.low[self.pairs], economic.high[self.pairs]
        mine = (high if upper else low).astype(np.float64)
        others = low if upper else high
        wholes = economic.whole_high if upper else economic.whole_low
        whole = wholes[self.nodes][self.owned].astype(np.float64)
        sums = np.bincount(self.owned, weights=others, minlength=self.size)
        shared = mine + sums[self.owned] - others
        over = self.holdings.oversubscribed[self.nodes][self.owned]
        scaled = np.divide(mine, shared, out=np.zeros_like(mine), where=shared > 0)
        found: Floats = np.where(over, scaled, np.minimum(1.0, mine / whole))
        return found


def upstream(holdings: Holdings, target: int, most: int = MOST) -> Upstream:
    """What lies above the target; at most so many parties, the nearest ones."""
    found, complete = ancestors(holdings.first, holdings.owner, target, most)
    nodes = np.sort(found)
    counts = holdings.first[nodes + 1] - holdings.first[nodes]
    owned = np.repeat(np.arange(len(nodes)), counts)
    starts = np.cumsum(counts) - counts
    pairs = np.arange(len(owned)) - starts[owned] + holdings.first[nodes][owned]
    owner = np.searchsorted(nodes, holdings.owner[pairs])
    if not complete:  # owners beyond the bound
        inside = owner < len(nodes)
        inside[inside] = nodes[owner[inside]] == holdings.owner[pairs[inside]]
        owner, owned, pairs = owner[inside], owned[inside], pairs[inside]
    first = np.concatenate([[0], np.cumsum(np.bincount(owned, minlength=len(nodes)))])
    target_at = int(np.searchsorted(nodes, target))
    return Upstream(
        holdings, nodes, target_at, pairs, owner, owned, first.astype(np.int64), complete
    )
