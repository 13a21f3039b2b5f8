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

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from graph.algorithms.claims import Flags, Floats, Ints
from graph.algorithms.kernels import upwards
from graph.algorithms.upstream import Upstream

DENSE = 1500  # members of a ring whose circles are looked at
NEAR = 10.0  # a member that holds itself so many times over: the ring is nearly closed
SLACK = 1e-12


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
    low, high, rings = _weights(up)
    rest_low = np.maximum(0.0, 1 - np.bincount(up.owned, weights=high, minlength=up.size))
    rest_high = np.maximum(0.0, 1 - np.bincount(up.owned, weights=low, minlength=up.size))
    sums = _bounds(up, low, high, rings)
    rest_low[rest_low < SLACK], rest_high[rest_high < SLACK] = 0.0, 0.0
    ends = (up.first[1:] == up.first[:-1]) | rings.closed
    most = np.multiply(rest_high, sums[1], out=np.zeros(up.size), where=rest_high > 0)
    return Ultimate(rest_low * sums[0], np.minimum(1.0, most), ends, rings.closed, rings.nearly)


def effective(up: Upstream, owner: int) -> tuple[float, float]:
    """What one owner, by place, holds of the target in effect: at least and at most."""
    if owner == up.target:
        return 1.0, 1.0
    low, high, rings = _weights(up, without=owner)
    least, most = _bounds(up, low, high, rings)
    return float(min(1.0, least[owner])), float(min(1.0, most[owner]))


@dataclass(frozen=True)
class _Rings:
    closed: Flags  # held wholly inside, by party
    nearly: Flags
    endless: Flags  # at their upper ends the circles never come to an end


def _weights(up: Upstream, without: int | None = None) -> tuple[Floats, Floats, _Rings]:
    """Lower and upper weights, closed rings cut, and where circles are; `without` has no owners."""
    low, high = up.weights(upper=False), up.weights(upper=True)
    if without is not None:
        low[up.owned == without] = 0.0
        high[up.owned == without] = 0.0
    rings = _Rings(*np.zeros((3, up.size), bool))
    if _passed(up, high)[1]:
        return low, high, rings
    # By what is held at least: beside a whole that is held for certain, nothing else can be.
    for members in _circles(up, low):
        inner = members[up.owner] & members[up.owned]
        if _closed(up, low, inner, members):
            rings.closed[members] = True
            low[inner], high[inner] = 0.0, 0.0
        elif members.sum() <= DENSE:
            rings.nearly[members] = _own(up, low, inner, members) > NEAR
    for members in _circles(up, high):
        inner = members[up.owner] & members[up.owned] & (high > 0)
        rings.endless[members] = not _ends(up, high, inner, members)
    return low, high, rings


def _circles(up: Upstream, weight: Floats) -> list[Flags]:
    """The strongly connected parts of more than one member."""
    real = weight > 0
    ones = np.ones(int(real.sum()))
    matrix = sparse.csr_array((ones, (up.owner[real], up.owned[real])), shape=(up.size, up.size))
    _, part = connected_components(matrix, directed=True, connection="strong")
    sizes = np.bincount(part)
    return [part == each for each in np.flatnonzero(sizes > 1)]


def _closed(up: Upstream, low: Floats, inner: Flags, members: Flags) -> bool:
    """Whether every member is held wholly by members."""
    held = np.bincount(up.owned[inner], weights=low[inner], minlength=up.size)
    return bool((held[members] >= 1 - SLACK).all())


def _block(up: Upstream, weight: Floats, inner: Flags, members: Flags) -> sparse.csc_array:
    """I - W among the members."""
    number = np.cumsum(members) - 1
    size = int(members.sum())
    places = (number[up.owner[inner]], number[up.owned[inner]])
    return sparse.csc_array(
        sparse.eye_array(size) - sparse.csr_array((weight[inner], places), shape=(size, size))
    )


def _own(up: Upstream, low: Floats, inner: Flags, members: Flags) -> Floats:
    """What each member holds of itself, over all walks inside the ring."""
    found: Floats = np.diag(np.linalg.inv(_block(up, low, inner, members).toarray()))
    return found


def _ends(up: Upstream, high: Floats, inner: Flags, members: Flags) -> bool:
    """Whether walks in circles come to an end: I - W is then an M-matrix, W being irreducible."""
    if not (high[inner] > 0).any():
        return True
    try:
        solved = splu(_block(up, high, inner, members)).solve(np.ones(int(members.sum())))
    except RuntimeError:  # singular
        return False
    return bool(np.isfinite(solved).all() and (solved > 0).all() and solved.max() < 1 / SLACK)


def _bounds(up: Upstream, low: Floats, high: Floats, rings: _Rings) -> tuple[Floats, Floats]:
    """Sums over all walks to the target, lower and upper; without bound where circles never end."""
    endless = rings.endless[up.owner] & rings.endless[up.owned]
    least, most = _solved(up, low), _solved(up, np.where(endless, 0.0, high))
    if rings.endless.any():
        most[up.above(rings.endless)] = np.inf
    return least, np.maximum(least, most)


def _solved(up: Upstream, weight: Floats) -> Floats:
    """The column of V: passed upwards where there are no circles, else by sparse LU."""
    found, straight = _passed(up, weight)
    if straight:
        return found
    real = weight > 0
    places = (up.owner[real], up.owned[real])
    matrix = sparse.csr_array((weight[real], places), shape=(up.size, up.size))
    unit = np.zeros(up.size)
    unit[up.target] = 1.0
    solved: Floats = splu(sparse.csc_array(sparse.eye_array(up.size) - matrix)).solve(unit)
    return solved


def _passed(up: Upstream, weight: Floats) -> tuple[Floats, bool]:
    """The column of V, passed upwards; and whether it is, there being no circles."""
    real = weight > 0
    firsts: Ints = np.concatenate([[0], np.cumsum(np.bincount(up.owned[real], minlength=up.size))])
    return upwards(firsts.astype(np.int64), up.owner[real], weight[real], up.target)
