"""Sums over circles of shares, solved as sparse systems by scipy."""

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from graph.algorithms.claims import Flags, Floats
from graph.algorithms.upstream import Upstream


def block(up: Upstream, weight: Floats, members: Flags) -> sparse.csc_array:
    """I - W among the members."""
    inner = members[up.owner] & members[up.owned]
    number = np.cumsum(members) - 1
    size = int(members.sum())
    places = (number[up.owner[inner]], number[up.owned[inner]])
    return sparse.csc_array(
        sparse.eye_array(size) - sparse.csr_array((weight[inner], places), shape=(size, size))
    )


def row_sums(up: Upstream, weight: Floats, members: Flags) -> Floats | None:
    """The sums of the rows of (I - W)^-1 among the members; None if there is no such inverse."""
    try:
        solved: Floats = splu(block(up, weight, members)).solve(np.ones(int(members.sum())))
    except RuntimeError:  # singular
        return None
    return solved


def column(up: Upstream, weight: Floats) -> Floats:
    """The column of (I - W)^-1 of the target."""
    real = weight > 0
    places = (up.owner[real], up.owned[real])
    matrix = sparse.csr_array((weight[real], places), shape=(up.size, up.size))
    unit = np.zeros(up.size)
    unit[up.target] = 1.0
    solved: Floats = splu(sparse.csc_array(sparse.eye_array(up.size) - matrix)).solve(unit)
    return solved
