"""More of a risk, or of what passes it on, lowers no score; hub damping alone may."""

import random
from dataclasses import replace

import numpy as np

from graph.algorithms.labels import labels
from graph.algorithms.risk_arcs import risk_arcs
from tests.graph.algorithms.reference_scores import Relation
from tests.graph.algorithms.test_labels import GRAPHS, RULES, Drawn, built, drawn

UNDAMPED = tuple(replace(rule, hub_degree=None) for rule in RULES)


def scores(graph: Drawn, more: float = 0.0) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """By rules without damping, each leaving so much more of a risk."""
    rules = [replace(rule, attenuation=rule.attenuation + more) for rule in UNDAMPED]
    return labels(risk_arcs(graph.network, rules), graph.own, 3, 0.01).scores()


def test_a_higher_seed_lowers_no_score() -> None:
    for seed in range(GRAPHS):
        graph = drawn(seed)
        place = seed % graph.network.size
        more = graph.own.copy()
        more[place] = min(1.0, more[place] + 0.3)
        higher = replace(graph, own=more)
        assert (higher.labels().scores() >= graph.labels().scores() - 1e-12).all()


def test_a_new_relationship_lowers_no_score() -> None:
    raised = 0
    for seed in range(GRAPHS):
        graph, rng = drawn(seed), random.Random(seed)
        names = [graph.network.key(place) for place in range(graph.network.size)]
        type_ = rng.choice(["GRANTED_POA", "SHARES", "IDENTIFIES", "NOMINEE_FOR"])
        new = Relation(type_, rng.choice(names), rng.choice(names))
        before, after = scores(graph), scores(built([*graph.relations, new], graph.seeds, names))
        assert (after >= before - 1e-12).all()
        raised += bool((after > before + 1e-12).any())
    assert raised > GRAPHS // 10


def test_a_higher_attenuation_lowers_no_score() -> None:
    raised = 0
    for seed in range(GRAPHS):
        graph = drawn(seed)
        before, after = scores(graph), scores(graph, 0.04)
        assert (after >= before - 1e-12).all()
        assert (before >= graph.own - 1e-12).all()
        assert (after <= 1 + 1e-12).all()
        raised += bool((after > before + 1e-12).any())
    assert raised > GRAPHS // 10
