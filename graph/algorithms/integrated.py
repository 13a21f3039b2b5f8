"""Integrated ownership: what everybody holds of an organization over all chains.

W holds direct shares, V = (I - W)^-1 sums over all walks. Of organization j,

- the ultimate share of i is u_ij = r_i v_ij, r_i being the part of i that nobody is known to own;
  over all i they come to 1 (Elliott, Golub, Jackson 2014);
- the effective share of i is v_ij / v_ii: i's own circle counted once (Brioschi, Buzzacchi, Colombo
  1989; Baldone, Brioschi, Paleari 1998). It is what walks give when nothing leads into i.

Ranges are run at all lower and at all upper ends. Everything here grows with each share, so that
the two runs bound the answer: valid, not tight. A ring whose members are held wholly inside it has
no solution: its inner shares are cut, and its members stand as the ends of the chains.
"""

from dataclasses import dataclass
from types import ModuleType

import numpy as np

from graph.algorithms.claims import Flags, Floats, Ints
from graph.algorithms.kernels import divided, passed
from graph.algorithms.rings import climbed, ringed, strong
from graph.algorithms.upstream import Upstream

DENSE = 1500  # members of a ring whose circles are looked at
NEAR = 10.0  # a member that holds itself so many times over: the ring is nearly closed
SLACK = 1e-12
LEAST = 1e-15  # of the target: what is left below it is not passed on
ROUNDS = 2000  # times that all shares may be looked at


@dataclass(frozen=True)
class Ultimate:
    """Ultimate shares above a target, from 0 to 1, by place in its upstream.

    `ends` are owners of whom no owner is known; of all others, shares tell what is undisclosed.
    """

    low: Floats
    high: Floats
    ends: Flags
    ownerless: Flags  # in a ring that is held wholly inside
    nearly: Flags  # in a ring that nearly is


def ultimate(up: Upstream) -> Ultimate:
    """How the target divides among those at the ends of its chains."""
    low, high = up.weights()
    least, most, rings = _walked(up, low, high)
    shares = divided(up.first, low, high, least, most, SLACK)
    if rings is None:
        nobody = np.zeros(up.size, bool)
        return Ultimate(*shares, nobody, nobody)
    nearly = np.zeros(up.size, bool)
    for each in set(rings.part[rings.tight].tolist()):
        nearly[rings.part == each] = _nearly(up, low, rings.part == each)
    return Ultimate(*shares[:2], shares[2] | rings.closed, rings.closed, nearly)


def effective(up: Upstream, owner: int) -> tuple[float, float]:
    """What one owner, by place, holds of the target in effect: at least and at most."""
    if owner == up.target:
        return 1.0, 1.0
    low, high = up.weights()
    mine = slice(int(up.first[owner]), int(up.first[owner + 1]))
    low[mine], high[mine] = 0.0, 0.0  # nothing leads into the owner
    least, most, _ = _walked(up, low, high)
    return float(min(1.0, least[owner])), float(min(1.0, most[owner]))


@dataclass(frozen=True)
class _Rings:
    part: Ints  # by party: which strongly connected part it is in, at the lower ends
    order: Ints  # the parties part by part, owners first
    closed: Flags  # in a ring held wholly inside
    tight: Flags  # in another ring, and nearly held inside: may hold itself many times over


def _walked(up: Upstream, low: Floats, high: Floats) -> tuple[Floats, Floats, _Rings | None]:
    """Sums over all walks to the target, lower and upper, and the rings on the way if there are.

    Shares inside closed rings are cut, in these weights too.
    """
    least, most, straight = passed(up.first, up.owner, low, high, up.target)
    if straight:
        return least, most, None
    rings = _rings(up, low, high)
    least = _solved(up, low, rings.part, rings.order)
    if np.array_equal(low, high):
        return least, least, rings
    return least, np.maximum(least, _most(up, low, high)), rings


def _rings(up: Upstream, low: Floats, high: Floats) -> _Rings:
    """Where chains run in circles; shares inside closed rings become nothing."""
    # By what is held at least: beside a whole that is held for certain, nothing else can be.
    part, order = strong(up.first, up.owner, low)
    # A circle back to oneself takes at most what others of the ring hold.
    closed, tight = ringed(up.first, up.owner, low, part, order, SLACK, 1 - 1 / NEAR)
    if closed.any():
        cut = closed[up.owned] & (part[up.owner] == part[up.owned])
        low[cut], high[cut] = 0.0, 0.0
    return _Rings(part, order, closed, tight)


def _most(up: Upstream, low: Floats, high: Floats) -> Floats:
    """Sums at the upper ends; without bound where circles, at these, never come to an end."""
    part, order = strong(up.first, up.owner, high)
    endless = np.zeros(up.size, bool)
    # What is held at least comes to an end: only rings with wider shares are looked at.
    wider = (part[up.owner] == part[up.owned]) & (high > low)
    for each in set(part[up.owned[wider]].tolist()):
        endless[part == each] = not _ends(up, high, part == each)
    inside = endless[up.owner] & endless[up.owned]
    most = _solved(up, np.where(inside, 0.0, high), part, order)
    if endless.any():
        most[up.above(endless)] = np.inf
    return most


def _nearly(up: Upstream, low: Floats, members: Flags) -> Flags:
    """Whose own circle is so large: the same for all targets below the ring, and found out once."""
    places = np.flatnonzero(members)
    if len(places) > DENSE or not up.complete:
        return np.zeros(len(places), bool)
    known, key = up.holdings.nearly, int(up.nodes[places[0]])
    if key not in known:
        own = np.diag(np.linalg.inv(_circles().block(up, low, members).toarray()))
        known[key] = own > NEAR
    return known[key]


def _ends(up: Upstream, high: Floats, members: Flags) -> bool:
    """Whether walks in circles come to an end: I - W is then an M-matrix, W being irreducible."""
    solved: Floats | None = _circles().row_sums(up, high, members)
    if solved is None:
        return False
    return bool(np.isfinite(solved).all() and (solved > 0).all() and solved.max() < 1 / SLACK)


def _solved(up: Upstream, weight: Floats, part: Ints, order: Ints) -> Floats:
    """The column of V: part by part upwards, or by sparse LU where circles take too long to end."""
    budget = ROUNDS * (len(up.pairs) + 1)
    found, done = climbed(up.first, up.owner, weight, up.target, part, order, LEAST, budget)
    if done:
        return found
    solved: Floats = _circles().column(up, weight)
    return solved


def _circles() -> ModuleType:
    """What rests on scipy, loaded when it is first needed: a server that starts need not wait."""
    from graph.algorithms import circles

    return circles
