"""What holds of every graph: integrated shares beside exact fractions and enumerated walks."""

import random
from fractions import Fraction

import numpy as np
import pytest

from graph.algorithms.claims import BILLION, ECONOMIC, VOTES, Claims
from graph.algorithms.holdings import holdings
from graph.algorithms.integrated import effective, ultimate
from graph.algorithms.upstream import Upstream, upstream
from tests.graph.algorithms.random_holdings import GRAPHS, Drawn, Edge, drawn

SEEDS = range(GRAPHS)
Matrix = list[list[Fraction]]


def inverse(matrix: Matrix) -> Matrix | None:
    """Gauss and Jordan in fractions; None for a singular matrix."""
    size = len(matrix)
    work = [row[:] + [Fraction(int(i == at)) for i in range(size)] for at, row in enumerate(matrix)]
    for at in range(size):
        pivot = next((row for row in range(at, size) if work[row][at]), None)
        if pivot is None:
            return None
        work[at], work[pivot] = work[pivot], work[at]
        work[at] = [value / work[at][at] for value in work[at]]
        for row in range(size):
            if row != at and work[row][at]:
                factor = work[row][at]
                work[row] = [a - factor * b for a, b in zip(work[row], work[at], strict=True)]
    return [row[size:] for row in work]


def walks(parties: int, edges: list[Edge], *, upper: bool = False) -> Matrix | None:
    """V = (I - W)^-1, exactly."""
    matrix = [[Fraction(int(a == b)) for b in range(parties)] for a in range(parties)]
    for owner, owned, low, high in edges:
        matrix[owner][owned] -= Fraction(high if upper else low, BILLION)
    return inverse(matrix)


def closed(graph: Drawn) -> bool:
    """Whether some ring is held wholly inside: then no V exists."""
    return walks(graph.parties, graph.edges) is None


def shares(up: Upstream) -> dict[int, tuple[float, float]]:
    found = ultimate(up)
    return {
        int(party): (float(low), float(high))
        for party, low, high in zip(up.nodes, found.low, found.high, strict=True)
    }


def test_ultimate_shares_are_exact_and_come_to_one() -> None:
    rings = 0
    for seed in SEEDS:
        graph = drawn(seed, exact=True)
        exact = walks(graph.parties, graph.edges)
        for target in range(graph.parties):
            found = shares(upstream(graph.holdings, target))
            assert sum(low for low, _ in found.values()) == pytest.approx(1, abs=1e-9)
            if exact is None:
                rings += 1
                continue
            for party in range(graph.parties):
                rest = 1 - sum(Fraction(low, BILLION) for _, b, low, _ in graph.edges if b == party)
                share = float(rest * exact[party][target])
                assert found.get(party, (0, 0)) == pytest.approx((share, share), abs=1e-9)
    assert rings > 0  # some of the graphs have one


def test_effective_shares_are_the_walks_over_the_owners_own_circles() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=True)
        exact = walks(graph.parties, graph.edges)
        if exact is None:
            continue
        for target in {seed % graph.parties}:
            up = upstream(graph.holdings, target)
            for place, owner in enumerate(up.nodes.tolist()):
                share = float(exact[owner][target] / exact[owner][owner])
                wanted = 1.0 if owner == target else share
                assert effective(up, place) == pytest.approx((wanted, wanted), abs=1e-9)
                assert 0 <= wanted <= 1


def test_without_circles_shares_are_what_chains_come_to() -> None:
    def chains(edges: list[Edge], owner: int, target: int) -> Fraction:
        if owner == target:
            return Fraction(1)
        held = [(b, Fraction(low, BILLION)) for a, b, low, _ in edges if a == owner]
        return sum((share * chains(edges, b, target) for b, share in held), Fraction(0))

    for seed in SEEDS:
        graph = drawn(seed, exact=True, acyclic=True)
        target = graph.parties - 1
        up = upstream(graph.holdings, target)
        for place, owner in enumerate(up.nodes.tolist()):
            wanted = float(chains(graph.edges, owner, target))
            assert effective(up, place) == pytest.approx((wanted, wanted), abs=1e-12)


def test_ranges_hold_whatever_lies_between_their_ends() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        rng = random.Random(seed)
        within = [(a, b, (s := rng.randint(low, high)), s) for a, b, low, high in graph.edges]
        over = any(
            sum(low for _, b, low, _ in within if b == one) > BILLION for _, one, *_ in within
        )
        exact = None if over else walks(graph.parties, within)
        if exact is None or closed(graph):
            continue
        for target in range(graph.parties):
            up = upstream(graph.holdings, target)
            found = shares(up)
            for place, party in enumerate(up.nodes.tolist()):
                rest = 1 - sum(Fraction(low, BILLION) for _, b, low, _ in within if b == party)
                low, high = found[party]
                assert low - 1e-9 <= float(rest * exact[party][target]) <= high + 1e-9
                least, most = effective(up, place)
                share = float(exact[party][target] / exact[party][party])
                assert least - 1e-9 <= share <= most + 1e-9


def test_a_larger_share_makes_no_effective_share_smaller() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=True)
        rng = random.Random(seed)
        if not graph.edges or closed(graph):
            continue
        at = rng.randrange(len(graph.edges))
        a, b, low, _ = graph.edges[at]
        free = BILLION - sum(share for _, one, share, _ in graph.edges if one == b)
        more = low + rng.randint(0, free)
        edges = [*graph.edges[:at], (a, b, more, more), *graph.edges[at + 1 :]]
        rows = [[a, b, low, high, 1, ECONOMIC, 0] for a, b, low, high in edges]
        larger = holdings(Claims.of(graph.parties, rows))
        if walks(graph.parties, edges) is None:
            continue
        for target in range(graph.parties):
            before, after = upstream(graph.holdings, target), upstream(larger, target)
            for place, party in enumerate(before.nodes.tolist()):
                now = after.place(party)
                assert now is not None
                assert effective(before, place)[0] <= effective(after, now)[0] + 1e-9


def test_numbers_of_parties_change_nothing() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        order = list(range(graph.parties))
        random.Random(seed).shuffle(order)
        rows = [[order[a], order[b], low, high, 1, ECONOMIC, 0] for a, b, low, high in graph.edges]
        random.Random(seed).shuffle(rows)
        other = holdings(Claims.of(graph.parties, rows))
        for target in range(graph.parties):
            found = shares(upstream(graph.holdings, target))
            again = shares(upstream(other, order[target]))
            assert {order[party] for party in found} == set(again)
            for party, share in found.items():
                assert again[order[party]] == pytest.approx(share, abs=1e-12)


class TestClaims:
    """One range for each pair, out of whatever is recorded of it."""

    def economic(
        self, *rows: list[int], parties: int = 3
    ) -> dict[tuple[int, int], tuple[int, int]]:
        found = holdings(Claims.of(parties, rows))
        low, high = found.economic.low.tolist(), found.economic.high.tolist()
        pairs = zip(found.owner.tolist(), found.owned.tolist(), low, high, strict=True)
        return {(a, b): (least, most) for a, b, least, most in pairs}

    def test_share_classes_of_one_source_add_up(self) -> None:
        assert self.economic([0, 1, 10, 10, 1, ECONOMIC, 0], [0, 1, 5, 7, 1, ECONOMIC, 0]) == {
            (0, 1): (15, 17)
        }

    def test_sources_that_differ_make_a_range(self) -> None:
        rows = [0, 1, 10, 10, 1, ECONOMIC, 0], [0, 1, 5, 7, 1, ECONOMIC, 1]
        assert self.economic(*rows) == {(0, 1): (5, 10)}
        assert holdings(Claims.of(2, rows)).conflicting.tolist() == [True]

    def test_sources_that_agree_do_not_conflict(self) -> None:
        rows = [0, 1, 10, 10, 1, ECONOMIC, 0], [0, 1, 10, 10, 1, ECONOMIC, 1]
        assert holdings(Claims.of(2, rows)).conflicting.tolist() == [False]

    def test_who_gives_no_share_contradicts_nobody(self) -> None:
        rows = [0, 1, 10, 10, 1, ECONOMIC, 0], [0, 1, 0, BILLION, 0, ECONOMIC, 1]
        assert self.economic(*rows) == {(0, 1): (10, 10)}
        assert not holdings(Claims.of(2, rows)).conflicting.any()

    def test_votes_count_where_they_are_stated(self) -> None:
        rows = (
            [0, 1, 10, 10, 1, ECONOMIC, 0],
            [0, 1, 90, 90, 1, VOTES, 0],
            [2, 1, 5, 5, 1, ECONOMIC, 0],
        )
        found = holdings(Claims.of(3, rows))
        assert found.economic.low.tolist() == [10, 5]
        assert found.votes.low.tolist() == [90, 5]

    def test_a_nominees_shares_are_the_nominators(self) -> None:
        found = holdings(Claims.of(4, [[0, 1, 10, 10, 1, ECONOMIC, 0]]), [(0, 2), (2, 3)])
        assert (found.owner.tolist(), found.economic.low.tolist()) == ([3], [10])

    def test_each_of_several_nominators_may_hold_all(self) -> None:
        found = holdings(Claims.of(4, [[0, 1, 10, 10, 1, ECONOMIC, 0]]), [(0, 2), (0, 3)])
        assert found.owner.tolist() == [2, 3]
        assert np.array_equal(found.economic.low, [0, 0])
        assert np.array_equal(found.economic.high, [10, 10])

    def test_nominees_of_each_other_stand_for_themselves(self) -> None:
        found = holdings(Claims.of(3, [[0, 1, 10, 10, 1, ECONOMIC, 0]]), [(0, 2), (2, 0)])
        assert found.owner.tolist() == [0]
