"""All parties at once beside one after the other, on random graphs with rings and ranges."""

import numpy as np

from graph.algorithms.claims import BILLION, Claims
from graph.algorithms.control import blocked, blocked_above, controller
from graph.algorithms.everyone import circles, controllers
from graph.algorithms.holdings import holdings
from graph.algorithms.integrated import ultimate
from graph.algorithms.ultimate_rows import shares
from graph.algorithms.upstream import upstream
from tests.graph.algorithms.random_holdings import GRAPHS, drawn

SEEDS = range(GRAPHS)


def test_everybodys_controller_is_each_ones() -> None:
    rings = 0
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        found = controllers(graph.holdings)
        for one in range(graph.parties):
            alone = controller(upstream(graph.holdings, one))
            expected = alone.head if alone and alone.certain else -1
            assert found[one] == expected, (seed, one)
            rings += expected == one
    assert rings > 0


def test_own_circles_are_the_diagonal_of_the_inverse() -> None:
    circling = 0
    for seed in SEEDS:
        graph = drawn(seed, exact=True)
        direct = np.eye(graph.parties)
        held = graph.holdings
        direct[held.owner, held.owned] -= held.parts[0]
        if np.linalg.cond(direct) > 1e9:
            continue
        expected = np.diag(np.linalg.inv(direct))
        found = circles(held)
        assert np.allclose(found, expected), seed
        circling += int((found > 1 + 1e-9).sum())
    assert circling > 0


def test_a_ring_that_is_held_wholly_inside_circles_without_end() -> None:
    rows = [(0, 1, BILLION), (1, 0, BILLION), (0, 2, BILLION // 2)]
    held = holdings(Claims.of(3, [(a, b, low, low, 1, 0, 0) for a, b, low in rows]))

    assert circles(held).tolist() == [np.inf, np.inf, 1.0]


def test_everybodys_ultimate_shares_are_each_ones() -> None:
    closed = 0
    for seed in SEEDS:
        graph = drawn(seed, exact=True)
        own = circles(graph.holdings)
        if (own[np.isfinite(own)] > 1e4).any():
            continue  # goes round for too long
        closed += not np.isfinite(own).all()
        rows = shares(graph.holdings, told=1e-4)
        for one in range(graph.parties):
            up = upstream(graph.holdings, one)
            low = ultimate(up).low
            expected = {
                int(up.nodes[at]): share for at, share in enumerate(low.tolist()) if share > 1e-4
            }
            mine = slice(rows.first[one], rows.first[one + 1])
            found = dict(zip(rows.owner[mine].tolist(), rows.share[mine].tolist(), strict=True))
            assert found.keys() == expected.keys(), seed
            assert all(abs(found[each] - expected[each]) < 1e-6 for each in found)
    assert closed > 0


def test_whether_one_is_blocked_depends_on_what_stands_above_it() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        listed = [one for one in range(graph.parties) if (seed >> one) % 2][:3]
        everywhere = blocked(graph.holdings, listed)
        for one in range(graph.parties):
            for most in (200_000, 2):  # all that stands above, and not all
                up = upstream(graph.holdings, one, most)
                both = blocked_above(up, listed)
                for here, there in ((both.low, everywhere.low), (both.high, everywhere.high)):
                    assert here.won(up.target) == there.won(one)
                    assert here.held[up.target] == there.held[one]
                    assert here.whole[up.target] == there.whole[one]
                    assert set(up.nodes[here.order].tolist()) <= set(there.order.tolist())
