"""The part of the holdings that lies above one organization: all that its ownership depends on."""

from dataclasses import dataclass

import numpy as np

from graph.algorithms.claims import Flags, Floats, Ints
from graph.algorithms.holdings import Holdings
from graph.algorithms.kernels import above

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
    late: bool = False  # there was no time to see more of it

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

    def weights(self) -> tuple[Floats, Floats]:
        """Economic weight of each pair, from 0 to 1, in the lower and in the upper run."""
        lower, upper = self.holdings.parts
        return lower[self.pairs], upper[self.pairs]


def upstream(holdings: Holdings, target: int, most: int = MOST) -> Upstream:
    """What lies above the target; at most so many parties, the nearest ones."""
    nodes, place, pairs, owner, owned, first, complete = above(
        holdings.first, holdings.owner, target, most
    )
    return Upstream(holdings, nodes, place, pairs, owner, owned, first, complete)
