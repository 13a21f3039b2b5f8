"""Rings among holdings beside networkx: which there are, and the order in which shares pass."""

import random

import networkx
import numpy as np

from graph.algorithms.claims import Floats, Ints
from graph.algorithms.rings import climbed, strong
from graph.algorithms.upstream import upstream
from tests.graph.algorithms.random_holdings import GRAPHS, drawn

SEEDS = range(GRAPHS)
Pairs = tuple[Ints, Ints, Floats]


def pairs(seed: int) -> Pairs:
    """Where each party's owners begin, the owners, and weights of which some are nothing."""
    rng = random.Random(seed)
    parties = rng.randint(1, 12)
    above = [
        [one for one in range(parties) if one != owned and rng.random() < 0.2]
        for owned in range(parties)
    ]
    first = np.concatenate([[0], np.cumsum([len(each) for each in above])]).astype(np.int64)
    owner = np.array([one for each in above for one in each], np.int64)
    return first, owner, np.array([rng.choice([0.0, 0.1, 0.3]) for _ in owner], np.float64)


def network(first: Ints, owner: Ints, weight: Floats) -> "networkx.DiGraph[int]":
    """The pairs that weigh anything, from owned to owner."""
    net: networkx.DiGraph[int] = networkx.DiGraph()
    net.add_nodes_from(range(len(first) - 1))
    for owned in range(len(first) - 1):
        for pair in range(first[owned], first[owned + 1]):
            if weight[pair] > 0:
                net.add_edge(owned, int(owner[pair]))
    return net


def test_strongly_connected_parts_are_those_that_networkx_finds_owners_first() -> None:
    rings = 0
    for seed in SEEDS:
        first, owner, weight = pairs(seed)
        net = network(first, owner, weight)
        part, order = strong(first, owner, weight)

        parts = {frozenset(np.flatnonzero(part == each).tolist()) for each in set(part.tolist())}
        wanted = {frozenset(each) for each in networkx.strongly_connected_components(net)}
        assert parts == wanted, seed
        rings += any(len(each) > 1 for each in wanted)
        assert sorted(order.tolist()) == list(range(len(part)))
        assert (np.diff(part[order]) >= 0).all()  # part by part
        assert all(part[above] <= part[one] for one, above in net.edges)
    assert rings > GRAPHS // 10


def test_everything_above_a_party_is_what_networkx_finds() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        net: networkx.DiGraph[int] = networkx.DiGraph((a, b) for a, b, *_ in graph.edges)
        net.add_nodes_from(range(graph.parties))
        for target in range(graph.parties):
            found = upstream(graph.holdings, target)
            assert set(found.nodes.tolist()) == {target} | networkx.ancestors(net, target)


def test_a_budget_ends_what_circles_without_end() -> None:
    first, owner = np.array([0, 1, 2]), np.array([1, 0])
    part, order = strong(first, owner, np.array([1.0, 1.0]))

    _, done = climbed(first, owner, np.array([1.0, 1.0]), 0, part, order, 1e-15, 100)
    assert not done

    held, done = climbed(first, owner, np.array([0.5, 0.5]), 0, part, order, 1e-15, 1000)
    assert done
    assert np.allclose(held, [4 / 3, 2 / 3])
