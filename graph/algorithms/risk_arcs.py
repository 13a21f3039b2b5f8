"""Arcs of a risk policy: how much of a risk each relationship leaves, either way, as arrays.

An attenuation is also kept as whole nano-nats, `-1e9 ln a`: sums of whole numbers are the same to
the bit on every machine and in every order, and they decide which chain is the strongest.

Arcs stand in the order of their ends, so that the best of parallel ones comes first, and so that a
tie between two chains falls the same way however the claims are numbered.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from graph.algorithms.arc_order import best_first, counted, firsts
from graph.algorithms.attenuations import Rule
from graph.algorithms.claims import BILLION, Floats, Ints, Places
from graph.algorithms.network import TYPES, Codes, Network

HUB_AT_START = ("IDENTIFIES", "OFFICER_OF")
"""Types whose damped end is the start; of all others it is the end."""
NANO = 1e9


class Hub(NamedTuple):
    """A thing where relationships of a type damp one another."""

    type: int
    thing: int


class Crowds(NamedTuple):
    """Where so many relationships of a type are that they damp one another, in order."""

    thing: Places
    number: Places

    def at(self, thing: int) -> int:
        """How many are at a thing; 0 for too few to matter."""
        place = int(np.searchsorted(self.thing, thing))
        there = place < len(self.thing) and self.thing[place] == thing
        return int(self.number[place]) if there else 0


@dataclass(frozen=True)
class RiskArcs:
    """Every way that risk can go: an entry for each claim and direction that has a rule.

    They are in order of start, end and falling `left`. A type and direction has one rule at most.
    """

    network: Network
    rules: tuple[Rule, ...]
    start: Places
    end: Places
    link: Places  # the claim
    left: Floats  # what it leaves of a risk
    cost: Ints  # the same in nano-nats
    crowds: dict[int, Crowds]  # by damped type

    @property
    def size(self) -> int:
        """How many things."""
        return self.network.size

    @property
    def share(self) -> Places:
        """Of each claim, as `Network.share`."""
        return self.network.share

    def rule(self, arcs: Any) -> Codes:
        """The rules of these arcs, as places in `rules`: by type and direction of the claim."""
        link = self.link[arcs]
        back = self.network.start[link] != self.start[arcs]
        found: Codes = self._rule_of[self.network.type[link], back.astype(np.uint8)]
        return found

    @cached_property
    def _rule_of(self) -> Codes:
        found = np.zeros((len(TYPES), 2), np.uint8)
        for at, rule in enumerate(self.rules):
            found[TYPES.index(rule.type), int(rule.direction != "OUT")] = at
        return found

    @cached_property
    def first(self) -> Places:
        """Where the arcs from each thing begin, and the end of all."""
        return firsts(self.start, self.size)

    @cached_property
    def into(self) -> tuple[Places, Places]:
        """Where the arcs to each thing begin, and the arcs in that order."""
        first = firsts(self.end, self.size)
        return first, counted(self.end, np.arange(len(self.end), dtype=np.int32), first.copy())

    @cached_property
    def least(self) -> int:
        """What the cheapest arc costs."""
        return int(self.cost.min(initial=2**62))

    @property
    def nbytes(self) -> int:
        """Memory of the arrays, but for what they share with the network."""
        ends = self.start.nbytes + self.end.nbytes + self.link.nbytes
        order = self.first.nbytes + sum(each.nbytes for each in self.into)
        crowds = sum(each.nbytes for some in self.crowds.values() for each in some)
        return ends + self.left.nbytes + self.cost.nbytes + crowds + order

    def between(self, start: int, end: int) -> int:
        """The best arc from one thing to another, which there is."""
        begin, stop = int(self.first[start]), int(self.first[start + 1])
        return begin + int(np.searchsorted(self.end[begin:stop], end))

    def of_claims(self, links: Iterable[int]) -> list[tuple[int, ...]]:
        """The arcs of each of these claims."""
        first, order = self._by_link
        return [tuple(order[first[link] : first[link + 1]].tolist()) for link in links]

    @cached_property
    def _by_link(self) -> tuple[Places, Places]:
        first = firsts(self.link, len(self.share))
        return first, counted(self.link, np.arange(len(self.link), dtype=np.int32), first.copy())

    def hub(self, arc: int) -> Hub | None:
        """The hub that damps an arc, if one does."""
        rule = self.rules[int(self.rule([arc])[0])]
        at_start = _hub_at_start(rule)
        thing = int((self.start if at_start else self.end)[arc])
        return Hub(TYPES.index(rule.type), thing) if rule.hub_degree else None

    def damped(self, hub: Hub, fewer: int) -> tuple[Places, Floats]:
        """The arcs that a hub damps, and what they leave with so many relationships fewer."""
        degree = max(1, self.crowds[hub.type].at(hub.thing) - fewer)
        arcs, left = [np.zeros(0, np.int32)], [np.zeros(0, np.float64)]
        for at, rule in enumerate(self.rules):
            if TYPES.index(rule.type) == hub.type and rule.hub_degree:
                first, order = (self.first, None) if _hub_at_start(rule) else self.into
                span = slice(int(first[hub.thing]), int(first[hub.thing + 1]))
                there = np.arange(span.start, span.stop, dtype=np.int32)
                there = there if order is None else order[span]
                there = there[self.rule(there) == at]
                base = _base(rule, self.share[self.link[there]])
                arcs.append(there)
                left.append(base * min(1.0, rule.hub_degree / degree))
        return np.concatenate(arcs), np.concatenate(left)


def nano(values: Floats) -> Ints:
    """Values from 0 to 1 in whole nano-nats; nothing costs the most."""
    found = np.full(len(values), 2**62, np.int64)
    some = np.flatnonzero(values > 0)
    found[some] = np.rint(-NANO * np.log(values[some]))
    return found


def risk_arcs(network: Network, rules: Iterable[Rule]) -> RiskArcs:
    """The arcs of these rules; an organization's own shares pass nothing on."""
    chosen = tuple(rules)
    damped = {rule.type for rule in chosen if rule.hub_degree}
    if len({(rule.type, rule.direction) for rule in chosen}) < len(chosen):
        raise ValueError("A type and direction may have one rule.")
    degree = {TYPES.index(type_): degrees(network, type_) for type_ in damped}
    parts = [part(network, degree, rule, at) for at, rule in enumerate(chosen)]
    start, end, link, _, left, cost = (np.concatenate(each) for each in zip(*parts, strict=True))
    every = np.arange(len(start), dtype=np.int32)
    by_end = counted(end, every, firsts(end, network.size))
    order = counted(start, by_end, firsts(start, network.size))
    best_first(start, end, left, order)
    columns = [each[order] for each in (start, end, link, left, cost)]
    return made(network, chosen, columns, degree)


def made(
    network: Network, rules: tuple[Rule, ...], columns: Sequence[Any], degree: dict[int, Places]
) -> RiskArcs:
    """Arcs from their columns, which are in order."""
    start, end, link, left, cost = columns
    crowds = {type_: crowded(rules, type_, counts) for type_, counts in degree.items()}
    return RiskArcs(network, rules, start, end, link, left, cost, crowds)


def crowded(rules: Iterable[Rule], type_: int, degree: Places) -> Crowds:
    """The hubs at which a rule damps the relationships of a type."""
    damping = (rule for rule in rules if rule.hub_degree and TYPES.index(rule.type) == type_)
    found = np.flatnonzero(degree > min(rule.hub_degree or 0 for rule in damping))
    return Crowds(found.astype(np.int32), degree[found])


def degrees(network: Network, type_: str) -> Places:
    """The number of relationships of a type at each thing that can be their hub."""
    hub = (network.start if type_ in HUB_AT_START else network.end)[
        network.type == TYPES.index(type_)
    ]
    return np.bincount(hub, minlength=network.size).astype(np.int32)


def part(
    network: Network, degree: dict[int, Places], rule: Rule, at: int, only: Ints | None = None
) -> tuple[Any, ...]:
    """The arcs of one rule: start, end, claim, rule, what is left and what it costs.

    Of all claims, or of some in order.
    """
    type_ = TYPES.index(rule.type)
    if only is None:
        link = np.flatnonzero((network.type == type_) & (network.start != network.end))
    else:
        passes = network.start[only] != network.end[only]
        link = only[(network.type[only] == type_) & passes]
    start, end = network.start[link], network.end[link]
    left = _base(rule, network.share[link])
    cost = nano(left) if rule.scaled_by_share else np.repeat(nano(left[:1]), len(left))
    if rule.hub_degree:
        hub = start if rule.type in HUB_AT_START else end
        at_hub = degree[type_][hub]
        left = left * np.minimum(1.0, rule.hub_degree / np.maximum(1, at_hub))
        cost = nano(left)
    if rule.direction != "OUT":
        start, end = end, start
    real = left > 0
    columns = (each.astype(np.int32)[real] for each in (start, end, link))
    return (*columns, np.full(int(real.sum()), at, np.uint8), left[real], cost[real])


def _hub_at_start(rule: Rule) -> bool:
    """Whether a rule's arcs begin at the damped end."""
    return (rule.type in HUB_AT_START) == (rule.direction == "OUT")


def _base(rule: Rule, share: Places) -> Floats:
    """What is left without damping."""
    found = np.full(len(share), rule.attenuation)
    if rule.scaled_by_share:
        found = found * np.minimum(1.0, 2.0 * share / BILLION)
    return found
