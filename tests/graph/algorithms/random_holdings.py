"""Random holdings for property tests: circles, own shares, ranges, undisclosed parts."""

import random
from dataclasses import dataclass

from graph.algorithms.claims import BILLION, ECONOMIC, VOTES, Claims
from graph.algorithms.holdings import Holdings, holdings

GRAPHS = 1000
PERCENT = BILLION // 100
Edge = tuple[int, int, int, int]  # owner, owned, low, high


@dataclass(frozen=True)
class Drawn:
    """Parties, and one claim for each pair; lower ends come to 100 percent at most."""

    parties: int
    edges: list[Edge]
    holdings: Holdings


def drawn(seed: int, *, exact: bool, acyclic: bool = False, most: int = 7) -> Drawn:
    """A graph of a few parties; `exact` gives no ranges."""
    rng = random.Random(seed)
    parties = rng.randint(2, most)
    edges: list[Edge] = []
    for owned in range(parties):
        above = range(owned) if acyclic else range(parties)
        owners = [one for one in above if one != owned and rng.random() < 0.5]
        left = 100
        for owner in owners:
            share = min(left, rng.choice([1, 5, 10, 20, 25, 30, 40, 50, 51, 60, 90, 99, 100]))
            left -= share
            if share:
                more = 0 if exact else rng.choice([0, 0, 5, 20, 60])
                high = min(100, share + more)
                edges.append((owner, owned, share * PERCENT, high * PERCENT))
    rows = [[a, b, low, high, 1, ECONOMIC, 0] for a, b, low, high in edges]
    return Drawn(parties, edges, holdings(Claims.of(parties, rows)))


__all__ = ["ECONOMIC", "GRAPHS", "PERCENT", "VOTES", "Drawn", "Edge", "drawn"]
