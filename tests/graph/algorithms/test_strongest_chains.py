"""SC-k: the vectors of its definition, and what holds on every graph."""

import math
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.algorithms.attenuations import Rule
from tests.graph.algorithms.reference_scores import Relation, arcs, own_risk, scores

Graph = dict[str, dict[str, float]]
BILLION = 1_000_000_000
RULES = [
    Rule("OWNS", "OUT", 0.8, scaled_by_share=True),
    Rule("OWNS", "IN", 0.5, scaled_by_share=True),
    Rule("GRANTED_POA", "OUT", 0.2, hub_degree=10),
    Rule("GRANTED_POA", "IN", 0.2),
    Rule("SHARES", "OUT", 0.5),
    Rule("SHARES", "IN", 0.5, hub_degree=10),
]


def share(owner: str, owned: str, percent: int) -> Relation:
    return Relation("OWNS", owner, owned, percent * BILLION // 100, percent * BILLION // 100)


def r8(*, sold: bool = False) -> list[Relation]:
    others = [Relation("SHARES", f"X{n}", "H") for n in range(18)]
    found = [
        share("T", "U", 40),
        Relation("GRANTED_POA", "T", "K"),
        Relation("SHARES", "T", "H"),
        Relation("SHARES", "Q", "H"),
        *others,
    ]
    return found if sold else [*found, share("P", "T", 30)]


SEEDS = {"T": 0.1, "P": 0.6, "U": 0.5, "K": 0.5, "Q": 0.4}


def test_r8_by_hand() -> None:
    found = scores(arcs(r8(), RULES), SEEDS)
    after = scores(arcs(r8(sold=True), RULES), SEEDS)

    assert [(c.source, round(c.strength, 12)) for c in found["T"].chains] == [
        ("P", 0.288),
        ("U", 0.2),
        ("K", 0.1),
    ]
    assert found["T"].score == pytest.approx(0.538624, abs=1e-12)
    assert [c.source for c in found["P"].chains] == ["U", "K", "T"]
    assert found["P"].score == pytest.approx(0.6462216, abs=1e-12)
    assert after["T"].score == pytest.approx(0.3844, abs=1e-12)


def test_r9_the_extra_label() -> None:
    graph = {"v": {"w": 0.5}, "w": {"v": 0.5}, **{s: {"w": 0.5} for s in "abc"}}
    found = scores(graph, {"v": 0.9, "a": 0.8, "b": 0.6, "c": 0.4})

    assert found["w"].score == pytest.approx(0.769, abs=1e-12)
    assert found["v"].score == pytest.approx(0.9388, abs=1e-12)


def test_r10_no_echo() -> None:
    found = scores({"x": {"y": 0.9}, "y": {"x": 0.9}}, {"x": 0.1})
    assert found["x"].score == pytest.approx(0.1)
    assert found["y"].score == pytest.approx(0.09)


def test_r11_one_source_once() -> None:
    graph = {"s": {"a": 0.5, "b": 0.6}, "a": {"t": 0.5}, "b": {"t": 0.5}}
    found = scores(graph, {"s": 0.8})

    [chain] = found["t"].chains
    assert chain.before == "b"
    assert found["t"].score == pytest.approx(0.24)


def test_r12_the_floor() -> None:
    found = scores({"b": {"a": 0.1, "c": 0.05}}, {"b": 0.15})
    assert found["a"].score == pytest.approx(0.015)
    assert "c" not in found


def test_own_risk_takes_the_strongest_of_a_kind() -> None:
    assert own_risk([("A", 0.5), ("A", 0.2), ("B", 0.5)]) == pytest.approx(0.75)
    assert own_risk([]) == 0.0


def test_an_undisclosed_share_is_what_the_others_leave_free() -> None:
    found = arcs([share("P", "A", 90), Relation("OWNS", "Q", "A", 0, None)], RULES)
    assert found["Q"]["A"] == pytest.approx(0.8 * 0.2)
    assert arcs([share("A", "A", 50)], RULES) == {}


@st.composite
def worlds(draw: st.DrawFn) -> tuple[Graph, dict[str, float]]:
    names = "abcdef"[: draw(st.integers(2, 6))]
    pairs = [(u, v) for u, v in permutations(names, 2) if draw(st.booleans())]
    graph: Graph = {}
    for u, v in pairs:
        graph.setdefault(u, {})[v] = draw(st.sampled_from([0.1, 0.3, 0.5, 0.8, 0.95]))
    return graph, {n: draw(st.sampled_from([0.0, 0.2, 0.5, 0.9])) for n in names}


def oracle(graph: Graph, seeds: dict[str, float], node: str) -> float:
    """Every simple way from every source, the best of each source, the three best of all."""
    best: dict[str, float] = {}
    names = set(seeds)
    for source in names - {node}:
        for size in range(len(names) - 1):
            for between in permutations(names - {node, source}, size):
                way = [source, *between, node]
                steps = [graph.get(u, {}).get(v, 0.0) for u, v in pairwise(way)]
                value = seeds[source] * math.prod(steps)
                best[source] = max(best.get(source, 0.0), value)
    strongest = sorted((v for v in best.values() if v >= 0.01), reverse=True)[:3]
    return 1 - (1 - seeds[node]) * math.prod(1 - v for v in strongest)


@settings(max_examples=150, deadline=None)
@given(worlds())
def test_it_equals_enumeration(world: tuple[Graph, dict[str, float]]) -> None:
    graph, seeds = world
    found = scores(graph, seeds)
    for node, own in seeds.items():
        score = found[node].score if node in found else 0.0
        assert score == pytest.approx(oracle(graph, seeds, node), abs=1e-9)
        assert own <= score + 1e-12 <= 1 + 1e-12


@settings(max_examples=100, deadline=None)
@given(worlds(), st.data())
def test_a_new_arc_lowers_no_score(
    world: tuple[Graph, dict[str, float]], data: st.DataObject
) -> None:
    graph, seeds = world
    u, v = data.draw(st.sampled_from(list(permutations(seeds, 2))))
    more = {**graph, u: {**graph.get(u, {}), v: max(0.9, graph.get(u, {}).get(v, 0.0))}}

    before, after = scores(graph, seeds), scores(more, seeds)

    assert all(after[node].score >= found.score - 1e-12 for node, found in before.items())
