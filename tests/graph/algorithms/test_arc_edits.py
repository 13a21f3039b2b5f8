"""Arcs that are taken over from an earlier network are those made anew, to the bit."""

import random

import numpy as np
import pytest

from graph.algorithms.arc_edits import MOST, edited
from graph.algorithms.network import UNDISCLOSED, Link, Network
from graph.algorithms.risk_arcs import RiskArcs, risk_arcs
from graph.risk_scores import moved_to
from tests.graph.algorithms.test_label_updates import SIZES, State
from tests.graph.algorithms.test_labels import RULES

COLUMNS = ("start", "end", "link", "left", "cost", "share", "first")


def same(found: RiskArcs, wanted: RiskArcs) -> bool:
    """Whether they are equal, types and all."""
    pairs = [(getattr(found, name), getattr(wanted, name)) for name in COLUMNS]
    for at, crowds in wanted.crowds.items():
        pairs += zip(found.crowds[at], crowds, strict=True)
    every = np.arange(len(wanted.start))
    pairs.append((found.rule(every), wanted.rule(every)))
    return all(one.dtype == two.dtype and np.array_equal(one, two) for one, two in pairs)


@pytest.mark.parametrize("size", SIZES)
def test_arcs_after_any_change_are_those_made_anew(size: int) -> None:
    state = State(random.Random(size), Network.of([], []), {}, {})
    names = [(f"Party:{at:04}", "Organization") for at in range(size)]
    state.network = Network.of(names, [])
    for _ in range(3 * size):
        state.record([state.link()])
    arcs, taken_over = risk_arcs(state.network, RULES), 0

    for turn in range(300):
        was = state.network
        for _ in range(1 + turn % 3):  # several edits at once as well
            state.change()
        if turn % 10 == 0:
            low = state.link()._replace(type="OWNS", low=0, high=UNDISCLOSED)
            state.record([low])
        moved = moved_to(was, state.network)
        found = edited(arcs, was, state.network, moved)
        wanted = risk_arcs(state.network, RULES)
        assert found is None or same(found, wanted)
        taken_over += found is not None
        arcs = wanted if found is None else found

    assert taken_over == 300


def test_where_very_much_went_they_are_made_anew() -> None:
    names = [(f"Party:{at:04}", "Organization") for at in range(100)]
    links = [
        Link(f"R{at}", "CONTROLS", names[at][0], names[at + 1][0], 0, 0) for at in range(MOST + 2)
    ]
    was = Network.of(names, links)
    now = was.without(ids=[link.id for link in links[:-1]])

    assert edited(risk_arcs(was, RULES), was, now, moved_to(was, now)) is None
