"""Control and blocked parties beside an answer set solver, and chains beside networkx."""

from collections.abc import Iterable
from itertools import pairwise

import clingo
import networkx
import pytest

from graph.algorithms.chains import shortest, strongest
from graph.algorithms.control import blocked, controlled, controller
from graph.algorithms.upstream import upstream
from tests.graph.algorithms.random_holdings import GRAPHS, PERCENT, Edge, drawn

SEEDS = range(GRAPHS)
CONTROL = """
  controls(X, Y) :- party(X), party(Y), X != Y, 51 <= #sum { S, Z : owns(Z, Y, S), won(X, Z) }.
  won(X, X) :- party(X).
  won(X, Y) :- controls(X, Y).
  circled(X, X) :- party(X), 51 <= #sum { S, Z : owns(Z, X, S), won(X, Z) }.
"""
BLOCKED = """
  blocked(X) :- listed(X).
  blocked(Y) :- party(Y), 50 <= #sum { S, Z : owns(Z, Y, S), blocked(Z) }.
"""


def solved(rules: str, facts: Iterable[str], name: str) -> set[tuple[int, ...]]:
    """The atoms of one name in the only answer set."""
    control = clingo.Control(["--warn=none"])
    control.add("base", [], rules + "\n".join(facts))
    control.ground([("base", [])])
    found: set[tuple[int, ...]] = set()
    with control.solve(yield_=True) as models:
        for model in models:
            found = {
                tuple(each.number for each in atom.arguments)
                for atom in model.symbols(atoms=True)
                if atom.name == name
            }
    return found


def facts(parties: int, edges: list[Edge], *, upper: bool) -> list[str]:
    owns = [f"owns({a},{b},{(high if upper else low) // PERCENT})." for a, b, low, high in edges]
    return [*(f"party({one})." for one in range(parties)), *owns]


def test_control_is_what_a_solver_finds() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        for upper in (False, True):
            wanted = solved(CONTROL, facts(graph.parties, graph.edges, upper=upper), "controls")
            for one in range(graph.parties):
                both = controlled(graph.holdings, [one])
                run = both.high if upper else both.low
                assert {(one, each) for each in run.order.tolist() if each != one} == {
                    pair for pair in wanted if pair[0] == one
                }


def test_blocked_parties_are_what_a_solver_finds_and_grow_with_the_list() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        listed = [one for one in range(graph.parties) if (seed >> one) % 2][:3]
        before: set[int] = set()
        for number in range(len(listed) + 1):
            both = blocked(graph.holdings, listed[:number])
            now = set(both.low.order.tolist())
            assert before <= now <= set(both.high.order.tolist())
            before = now
        for upper in (False, True):
            told = [*facts(graph.parties, graph.edges, upper=upper)]
            wanted = solved(BLOCKED, [*told, *(f"listed({one})." for one in listed)], "blocked")
            run = both.high if upper else both.low
            assert {(one,) for one in run.order.tolist()} == wanted


def test_the_ultimate_controller_is_who_controls_and_is_not_controlled() -> None:
    cyclic = 0
    for seed in SEEDS:
        graph = drawn(seed, exact=True)
        wanted = solved(CONTROL, facts(graph.parties, graph.edges, upper=False), "controls")
        for target in range(graph.parties):
            found = controller(upstream(graph.holdings, target))
            over = {a for a, b in wanted if b == target}
            itself = {target} if any((target, a) in wanted for a in over) else set()
            over |= itself
            heads = {a for a in over if all((a, b) in wanted for b in over if (b, a) in wanted)}
            if found is None:
                assert not over
                continue
            cyclic += found.cyclic
            assert found.certain
            assert over == set() or found.head == min(heads)
            assert not found.others  # whole shares leave room for one only


def test_with_ranges_the_controller_is_certain_at_the_lower_ends_or_possible_at_the_upper() -> None:
    wide = 0
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        told = [facts(graph.parties, graph.edges, upper=upper) for upper in (False, True)]
        runs = [
            solved(CONTROL, each, "controls") | solved(CONTROL, each, "circled") for each in told
        ]
        for target in range(graph.parties):
            found = controller(upstream(graph.holdings, target))
            certain, possible = (_heads(pairs, target) for pairs in runs)
            if found is None:
                assert (certain, possible) == (set(), set())
                continue
            assert found.certain == bool(certain)
            assert found.head == min(certain or possible)
            wide += not found.certain
    assert wide > 0


def _heads(controls: set[tuple[int, ...]], target: int) -> set[int]:
    """Who controls the target and is controlled by nobody but by what it controls itself."""
    over = {a for a, b in controls if b == target}
    return {a for a in over if all((a, b) in controls for b in over if (b, a) in controls)}


def test_controlled_sets_are_nested_or_apart() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=True)
        groups = [
            set(controlled(graph.holdings, [one]).low.order.tolist())
            for one in range(graph.parties)
        ]
        for one in groups:
            for other in groups:
                assert one <= other or other <= one or not one & other


def test_what_a_listed_party_controls_is_blocked() -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=False)
        for one in range(graph.parties):
            under = set(controlled(graph.holdings, [one]).low.order.tolist())
            assert under <= set(blocked(graph.holdings, [one]).low.order.tolist())


@pytest.mark.parametrize("longest", [2, 5])
def test_chains_are_those_that_networkx_finds(longest: int) -> None:
    for seed in SEEDS:
        graph = drawn(seed, exact=True)
        below: dict[int, list[tuple[int, int]]] = {}
        shares: list[float] = []
        net = networkx.DiGraph()
        net.add_nodes_from(range(graph.parties))
        for pair, (a, b, low, _) in enumerate(graph.edges):
            below.setdefault(a, []).append((b, pair))
            shares.append(low / 1e9)
            net.add_edge(a, b, pair=pair)
        start, end = seed % graph.parties, (seed // 7) % graph.parties
        if start == end:
            continue
        simple = list(networkx.all_simple_paths(net, start, end))
        ways = [[net[a][b]["pair"] for a, b in pairwise(w)] for w in simple]

        short = shortest(below, start, end, 100, longest)
        assert short.complete
        assert sorted(map(list, short.chains)) == sorted(w for w in ways if len(w) <= longest)
        assert [len(each) for each in short.chains] == sorted(len(each) for each in short.chains)

        def share(way: Iterable[int], shares: list[float] = shares) -> float:
            product = 1.0
            for pair in way:
                product *= shares[pair]
            return product

        strong = strongest(below, shares.__getitem__, start, end, 3).chains
        best = sorted(map(share, ways), reverse=True)[:3]
        assert [share(each) for each in strong] == pytest.approx(best)


def test_rings_are_those_that_networkx_finds() -> None:
    number = 0
    for seed in SEEDS:
        graph = drawn(seed, exact=False, most=6)
        below: dict[int, list[tuple[int, int]]] = {}
        net = networkx.DiGraph()
        for pair, (a, b, *_) in enumerate(graph.edges):
            below.setdefault(a, []).append((b, pair))
            net.add_edge(a, b, pair=pair)
        wanted = list(networkx.simple_cycles(net))
        number += len(wanted)
        for one in net:
            turned = [ring[ring.index(one) :] + ring[: ring.index(one)] for ring in wanted
                      if one in ring]  # fmt: skip
            ways = [[net[a][b]["pair"] for a, b in pairwise([*ring, one])] for ring in turned]
            found = shortest(below, one, one, 1000, graph.parties)
            assert found.complete
            assert sorted(map(list, found.chains)) == sorted(ways)
            assert list(map(len, found.chains)) == sorted(map(len, ways))
    assert number > GRAPHS


def test_rings_end_where_they_start() -> None:
    below = {0: [(1, 0)], 1: [(0, 1), (2, 2)], 2: [(0, 3)]}
    assert shortest(below, 0, 0, 10, 5).chains == ((0, 1), (0, 2, 3))
    assert not shortest(below, 0, 0, 1, 5).complete
