"""Paths of one length, in order, without repeats, within a budget."""

import random
from itertools import pairwise
from typing import NamedTuple

import networkx

from graph.algorithms.simple_paths import Budget, distances, simple_paths


class Link(NamedTuple):
    other: str
    id: str = ""


# a -> b -> d, a -> c -> d, b <-> c, and two ways from c to d
LINKS = {
    "a": [Link("b"), Link("c")],
    "b": [Link("c"), Link("d")],
    "c": [Link("b"), Link("d", "1"), Link("d", "2")],
}


def told(length: int, budget: int = 1000, *, closed: str = "") -> list[str]:
    paths = simple_paths(LINKS, ("a", "d"), length, lambda key: key not in closed, Budget(budget))
    return ["".join(link.other + link.id for link in path) for path in paths]


def test_paths_of_a_length_come_in_order() -> None:
    assert told(1) == []
    assert told(2) == ["bd", "cd1", "cd2"]
    assert told(3) == ["bcd1", "bcd2", "cbd"]
    assert told(4) == []


def test_what_may_not_be_passed_is_not() -> None:
    assert told(2, closed="b") == ["cd1", "cd2"]
    assert told(3, closed="b") == []


def test_a_budget_ends_the_search() -> None:
    budget = Budget(3)
    assert len(list(simple_paths(LINKS, ("a", "d"), 2, lambda _: True, budget))) == 1
    assert budget.spent


def test_distances_count_from_the_end_through_what_may_be_passed() -> None:
    assert distances(LINKS, "d", lambda _: True) == {"d": 0, "b": 1, "c": 1, "a": 2}
    assert distances(LINKS, "d", lambda key: key != "c") == {"d": 0, "b": 1, "c": 1, "a": 2}
    assert distances(LINKS, "x", lambda _: True) == {"x": 0}


def test_paths_are_those_that_networkx_finds() -> None:
    found = 0
    for seed in range(1000):
        rng = random.Random(seed)
        names = "abcdefgh"[: rng.randint(2, 8)]
        net = networkx.DiGraph()
        net.add_nodes_from(names)
        net.add_edges_from((a, b) for a in names for b in names if a != b and rng.random() < 0.35)
        closed = set(rng.sample(names, rng.randint(0, 2))) - {names[0], names[-1]}

        def passable(key: str, closed: set[str] = closed) -> bool:
            return key not in closed

        links = {one: [Link(other) for other in net[one]] for one in names}
        simple = networkx.all_simple_paths(net, names[0], names[-1])
        wanted = [way for way in simple if closed.isdisjoint(way)]
        for length in range(1, len(names)):
            ends = names[0], names[-1]
            told = simple_paths(links, ends, length, passable, Budget(10**6))
            ways = [[names[0], *(link.other for link in path)] for path in told]
            assert ways == sorted(way for way in wanted if len(way) == length + 1)
            assert all(net.has_edge(*step) for way in ways for step in pairwise(way))
            found += len(ways)
    assert found > 1000
