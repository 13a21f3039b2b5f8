"""What ownership is compared with: plain Python, scipy by slices, and networkx."""

from collections.abc import Iterable, Mapping, Sequence

import networkx
import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import spsolve

from benchmarks.ownership_world import Edge
from graph.algorithms.claims import Floats
from graph.algorithms.holdings import Holdings

LEAST = 1e-12
Edges = Mapping[int, Sequence[Edge]]


def ultimate(above: Edges, target: int) -> dict[int, float]:
    """Ultimate shares: what waits at each is passed on to its owners, until next to none is.

    The local push of the definitions, over dictionaries.
    """
    held: dict[int, float] = {}
    rest = {target: 1.0}
    line = [target]
    while line:
        after: list[int] = []
        for one in line:
            part = rest.pop(one, 0.0)
            if part < LEAST:
                continue
            held[one] = held.get(one, 0.0) + part
            for owner, share in above.get(one, ()):
                if owner not in rest:
                    after.append(owner)
                rest[owner] = rest.get(owner, 0.0) + part * share
        line = after
    left = {one: 1 - sum(share for _, share in above.get(one, ())) for one in held}
    return {one: part * left[one] for one, part in held.items()}


def won(below: Edges, starts: Iterable[int], *, more: bool) -> set[int]:
    """Who is won by these and by what they have won, by more than half or by half."""
    found, line = set(starts), list(starts)
    held: dict[int, float] = {}
    while line:
        for owned, share in below.get(line.pop(), ()):
            held[owned] = held.get(owned, 0.0) + share
            if owned not in found and (held[owned] > 0.5 if more else held[owned] >= 0.5):
                found.add(owned)
                line.append(owned)
    return found


def controller(above: Edges, below: Edges, target: int) -> int | None:
    """Who controls the target and is controlled by nobody above it: closures of who may."""
    seen, line = {target}, [target]
    while line:
        for owner, _ in above.get(line.pop(), ()):
            if owner not in seen:
                seen.add(owner)
                line.append(owner)
    # Who controls anything has a majority of something alone.
    may = {o for one in seen for o, share in above.get(one, ()) if share > 0.5 and o in seen}
    inside = {one: [edge for edge in below.get(one, ()) if edge[0] in seen] for one in seen}
    runs = {one: won(inside, [one], more=True) for one in may}
    heads = [one for one, run in runs.items() if target in run and one != target]
    tops = [one for one in heads if not any(one in runs[a] for a in heads if a != one)]
    return min(tops, default=None)


def controllers(below: Edges) -> dict[int, int]:
    """Everybody's ultimate controller: the largest closure that one is in (they are nested)."""
    held: dict[int, tuple[int, int]] = {}
    for one, edges in below.items():
        if any(share > 0.5 for _, share in edges):
            run = won(below, [one], more=True)
            for each in run - {one}:
                held[each] = max(held.get(each, (0, 0)), (len(run), -one))
    return {each: -one for each, (_, one) in held.items()}


def circles(held: Holdings) -> Floats:
    """The diagonal of V by slices of a sparse matrix, a dense inverse for each ring.

    Infinite in a ring that is held wholly inside, which has no inverse.
    """
    shape = (held.parties, held.parties)
    matrix = sparse.csr_array((held.parts[0], (held.owner, held.owned)), shape=shape)
    _, part = connected_components(matrix, directed=True, connection="strong")
    found = np.ones(held.parties)
    for ring in np.flatnonzero(np.bincount(part) > 1):
        members = np.flatnonzero(part == ring)
        block = matrix[members][:, members].toarray()
        try:
            found[members] = np.diag(np.linalg.inv(np.eye(len(members)) - block))
        except np.linalg.LinAlgError:
            found[members] = np.inf
    return found


def networked(above: Edges) -> "networkx.DiGraph[int]":
    """The same graph for networkx, from owner to owned."""
    graph: networkx.DiGraph[int] = networkx.DiGraph()
    graph.add_weighted_edges_from(
        (owner, owned, share) for owned, edges in above.items() for owner, share in edges
    )
    return graph


def solved(graph: "networkx.DiGraph[int]", target: int) -> dict[int, float]:
    """Ultimate shares by networkx: what stands above as a matrix, and one linear system."""
    if target not in graph:
        return {target: 1.0}
    nodes = [target, *networkx.ancestors(graph, target)]
    matrix = networkx.to_scipy_sparse_array(graph, nodes, format="csc")
    unit = np.zeros(len(nodes))
    unit[0] = 1.0
    column = np.atleast_1d(spsolve(sparse.csc_array(sparse.eye_array(len(nodes)) - matrix), unit))
    left = 1 - np.asarray(matrix.sum(axis=0)).ravel()
    return dict(zip(nodes, (left * column).tolist(), strict=True))
