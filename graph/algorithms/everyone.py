"""All parties at once: every ultimate controller, every own circle.

Each says of everybody what the questions about one party say of one; a property test holds them to
be the same. For rankings and screenings of a whole graph. Ultimate shares: `ultimate_rows`.
"""

import numpy as np

from graph.algorithms.claims import Floats, Ints
from graph.algorithms.contraction import contracted
from graph.algorithms.control import controller
from graph.algorithms.holdings import Holdings
from graph.algorithms.integrated import DENSE, SLACK
from graph.algorithms.kernels import compiled
from graph.algorithms.rings import ringed, strong
from graph.algorithms.upstream import upstream


def controllers(holdings: Holdings) -> Ints:
    """Who certainly controls each party in the end, by place; -1 for nobody.

    A ring of mutual control stands under its member with the smallest id, that one too.
    """
    votes = holdings.votes
    group, rings = contracted(
        *holdings.by_owner, holdings.owner, holdings.owned, votes.low, votes.whole_low
    )
    heads = np.where(group == np.arange(holdings.parties), -1, group)
    for one in np.flatnonzero(rings).tolist():
        found = controller(upstream(holdings, one))
        assert found
        heads[group == one] = found.head
    return heads


def circles(holdings: Holdings) -> Floats:
    """The diagonal of V: how much each holds of itself by all walks, itself included; lower run.

    Infinite in rings that are held wholly inside, not a number in those of more than DENSE members.
    """
    weight = holdings.parts[0]
    part, order = strong(holdings.first, holdings.owner, weight)
    closed, _ = ringed(holdings.first, holdings.owner, weight, part, order, SLACK, 1.0)
    sizes = np.bincount(part)
    found = np.ones(holdings.parties)
    found[closed] = np.inf
    found[sizes[part] > DENSE] = np.nan
    sized = (sizes > 1) & (sizes <= DENSE)
    members = order[sized[part[order]] & ~closed[order]]
    _inverted(members, part, sizes, holdings.first, holdings.owner, weight, found)
    return found


@compiled
def _inverted(
    members: Ints, part: Ints, sizes: Ints, first: Ints, owner: Ints, weight: Floats, found: Floats
) -> None:
    """Each ring's own circles: the diagonal of its dense inverse."""
    number = np.zeros(len(part), np.int64)
    begin = 0
    while begin < len(members):
        size = sizes[part[members[begin]]]
        block = members[begin : begin + size]
        for at in range(size):
            number[block[at]] = at
        dense = np.eye(size)
        for one in block:
            for pair in range(first[one], first[one + 1]):
                if part[owner[pair]] == part[one]:
                    dense[number[owner[pair]], number[one]] -= weight[pair]
        inverse = np.linalg.inv(dense)
        for at in range(size):
            found[block[at]] = inverse[at, at]
        begin += size
