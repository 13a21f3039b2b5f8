"""Arcs of a risk policy: how much of a risk each relationship leaves, either way, as arrays.

An attenuation is also kept as whole nano-nats, `-1e9 ln a`: sums of whole numbers are the same to
the bit on every machine and in every order, and they decide which chain is the strongest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from graph.algorithms.attenuations import Rule
from graph.algorithms.claims import BILLION, Floats, Ints
from graph.algorithms.network import TYPES, Network

HUB_AT_START = ("IDENTIFIES", "OFFICER_OF")
"""Types whose damped end is the start; of all others it is the end."""
NANO = 1e9


@dataclass(frozen=True)
class RiskArcs:
    """Every way that risk can go: an entry for each claim and direction that has a rule.

    `base` is what is left without damping; `most` is the number of relationships at the hub above
    which more damp it, 0 for no damping; `degree` counts them now.
    """

    size: int
    start: Ints
    end: Ints
    link: Ints  # the claim
    base: Floats
    most: Ints
    hub: Ints  # place in `degree`
    degree: Ints  # by type and thing

    @cached_property
    def left(self) -> Floats:
        """What each leaves of a risk."""
        damped = np.where(self.most > 0, self.most / np.maximum(1, self.degree[self.hub]), 1.0)
        found: Floats = self.base * np.minimum(1.0, damped)
        return found

    @cached_property
    def cost(self) -> Ints:
        """The same in nano-nats."""
        return nano(self.left)

    @cached_property
    def out(self) -> tuple[Ints, Ints]:
        """Where the arcs from each thing begin, and the arcs in that order."""
        return grouped(self.start, self.size)

    @cached_property
    def into(self) -> tuple[Ints, Ints]:
        """Where the arcs to each thing begin, and the arcs in that order."""
        return grouped(self.end, self.size)

    @property
    def nbytes(self) -> int:
        """Memory of the arrays."""
        arrays = [self.start, self.end, self.link, self.base, self.most, self.hub, self.degree]
        return sum(each.nbytes for each in [*arrays, self.left, self.cost, *self.out, *self.into])


def nano(values: Floats) -> Ints:
    """Values from 0 to 1 in whole nano-nats; nothing costs the most."""
    with np.errstate(divide="ignore"):
        found = np.rint(-NANO * np.log(values))
    return np.where(np.isfinite(found), found, 2**62).astype(np.int64)


def grouped(places: Ints, size: int) -> tuple[Ints, Ints]:
    """Where the entries of each place begin, and the entries in that order."""
    firsts = np.concatenate([[0], np.cumsum(np.bincount(places, minlength=size))])
    return firsts.astype(np.int64), np.argsort(places, kind="stable")


def risk_arcs(network: Network, rules: Iterable[Rule]) -> RiskArcs:
    """The arcs of these rules; an organization's own shares pass nothing on."""
    hubs = np.where(
        np.isin(network.type, [TYPES.index(each) for each in HUB_AT_START]),
        network.start,
        network.end,
    )
    hub = network.type.astype(np.int64) * network.size + hubs
    degree = np.bincount(hub, minlength=len(TYPES) * network.size)
    others = np.flatnonzero(network.start != network.end)
    types = network.type[others]
    parts = []
    for rule in rules:
        chosen = others[types == TYPES.index(rule.type)]
        out = rule.direction == "OUT"
        ends = (network.start[chosen], network.end[chosen])
        base = np.full(len(chosen), rule.attenuation)
        if rule.scaled_by_share:
            base = base * np.minimum(1.0, 2 * network.share[chosen] / BILLION)
        most = np.full(len(chosen), rule.hub_degree or 0)
        parts.append((*(ends if out else ends[::-1]), chosen, base, most, hub[chosen]))
    columns = [np.concatenate(each) for each in zip(*parts, strict=True)]
    real = columns[3] > 0
    start, end, link, base, most, places = (each[real] for each in columns)
    return RiskArcs(network.size, start, end, link, base, most, places, degree.astype(np.int64))
