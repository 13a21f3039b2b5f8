"""Compile what walks in memory before the first caller asks: machine code is kept on disk."""

import numpy as np

from graph.algorithms.attenuations import Rule
from graph.algorithms.backward import chains
from graph.algorithms.claims import BILLION, ECONOMIC, Claims
from graph.algorithms.control import blocked, controlled, controller
from graph.algorithms.holdings import holdings
from graph.algorithms.integrated import effective, ultimate
from graph.algorithms.label_updates import updated
from graph.algorithms.labels import labels
from graph.algorithms.network import Link, Network
from graph.algorithms.reach import reach
from graph.algorithms.risk_arcs import risk_arcs
from graph.algorithms.upstream import upstream


def compiled() -> None:
    """Ask every question of a world of two parties."""
    from graph.algorithms import circles  # what this world does not ask

    assert circles
    rows = [(0, 1, BILLION, BILLION, 1, ECONOMIC, 0), (1, 0, 1, 1, 1, ECONOMIC, 0)]
    tiny = holdings(Claims.of(2, rows))
    up = upstream(tiny, 1)
    ultimate(up)
    effective(up, 0)
    controller(up)
    controlled(tiny, [0])
    blocked(tiny, [0])
    things = [("Party:A", "Person"), ("Party:B", "Organization")]
    network = Network.of(things, [Link("R", "OWNS", "Party:A", "Party:B", BILLION, BILLION)])
    arcs = risk_arcs(network, [Rule("OWNS", "OUT", 0.5)])
    seeds = np.array([0.5, 0.0])
    found = labels(arcs, seeds, 1, 0.01)
    updated(found, arcs, arcs, np.arange(2), seeds)
    chains(arcs, seeds, 1, 1, 0.01, [0])
    reach(arcs, 0, 0.5, 0.01)
