"""SC-k in plain Python, as it is defined: what the arrays are compared with."""

import heapq
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from graph.algorithms.attenuations import Rule

BILLION = 1_000_000_000  # parts: the whole
HUBS = {"GRANTED_POA": 1, "SHARES": 1, "HOLDS": 1, "IDENTIFIES": 0, "OFFICER_OF": 0}
"""Which end of a damped relationship is the hub: the start (0), or the end (1)."""


class Relation(NamedTuple):
    """A current relationship; shares in parts per billion, or None where it has none."""

    type: str
    start: str
    end: str
    low: int | None = None
    high: int | None = None


def arcs(relations: Sequence[Relation], rules: Iterable[Rule]) -> dict[str, dict[str, float]]:
    """Attenuation by start and end of each arc; of parallel arcs the strongest."""
    by_type: defaultdict[str, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_type[rule.type].append(rule)
    degrees = Counter((each.type, _hub(each)) for each in relations)
    lows: Counter[str] = Counter()
    for each in relations:
        if each.type == "OWNS" and each.start != each.end:
            lows[each.end] += each.low or 0
    found: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for each in relations:
        # An organization's own shares pass nothing on.
        for rule in by_type[each.type] if each.start != each.end else ():
            out = rule.direction == "OUT"
            start, end = (each.start, each.end) if out else (each.end, each.start)
            left = _left(rule, _upper(each, lows), degrees[each.type, _hub(each)])
            if left > found[start].get(end, 0.0):
                found[start][end] = left
    return dict(found)


def _left(rule: Rule, share: int, degree: int) -> float:
    """What one relationship leaves of a risk."""
    left = rule.attenuation
    if rule.scaled_by_share:
        left *= min(1.0, 2 * share / BILLION)
    if rule.hub_degree:
        left *= min(1.0, rule.hub_degree / degree)
    return left


def _hub(each: Relation) -> str:
    return (each.start, each.end)[HUBS.get(each.type, 1)]


def _upper(each: Relation, lows: Counter[str]) -> int:
    """The upper share; of one that is not disclosed, what the others leave free."""
    if each.high is not None:
        return each.high
    return max(0, BILLION - (lows[each.end] - (each.low or 0)))


Arcs = Mapping[str, Mapping[str, float]]
"""Attenuation by start and end; parallel arcs are already one, the strongest."""


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain into a node: its source, its strength, and the node before the last on its way."""

    source: str
    strength: float
    before: str


@dataclass(frozen=True, slots=True)
class Score:
    """The risk of a node: its own, what it inherits, both together, and the chains that make it."""

    own: float
    chains: tuple[Chain, ...]

    @property
    def inherited(self) -> float:
        """From the chains alone."""
        return 1 - left_over(chain.strength for chain in self.chains)

    @property
    def score(self) -> float:
        """Own and inherited together."""
        return 1 - (1 - self.own) * left_over(chain.strength for chain in self.chains)

    @property
    def lower_bound(self) -> float:
        """The strongest single cause."""
        return max(self.own, self.chains[0].strength if self.chains else 0.0)


NOTHING = Score(0.0, ())


def own_risk(flags: Iterable[tuple[str, float]]) -> float:
    """Own risk of a node from the kinds and severities of its flags.

    The strongest severity within a kind counts; kinds combine as 1 - product of (1 - severity).
    """
    strongest: defaultdict[str, float] = defaultdict(float)
    for kind, severity in flags:
        strongest[kind] = max(strongest[kind], severity)
    return 1 - left_over(strongest.values())


def scores(
    arcs: Arcs, seeds: Mapping[str, float], *, k: int = 3, floor: float = 0.01
) -> dict[str, Score]:
    """The score of every node that has own risk or inherits some; all others have none."""
    found: defaultdict[str, dict[str, Chain]] = defaultdict(dict)
    heap: list[tuple[float, str, str, str]] = []

    def pass_on(node: str, source: str, value: float) -> None:
        for end, attenuation in arcs.get(node, {}).items():
            strength = value * attenuation
            if end != source and strength >= floor and source not in found[end]:
                heapq.heappush(heap, (-strength, source, end, node))

    for source, seed in sorted(seeds.items()):
        if seed > 0:
            pass_on(source, source, seed)
    while heap:
        negative, source, node, before = heapq.heappop(heap)
        labels = found[node]
        if source in labels or len(labels) > k:
            continue
        labels[source] = Chain(source, -negative, before)
        pass_on(node, source, -negative)
    nodes = {*found, *(node for node, seed in seeds.items() if seed > 0)}
    return {node: _score(seeds.get(node, 0.0), found.get(node, {}), k) for node in nodes}


def _score(own: float, labels: Mapping[str, Chain], k: int) -> Score:
    """Labels were settled strongest first, ties by source."""
    return Score(own, tuple(list(labels.values())[:k]))


def left_over(strengths: Iterable[float]) -> float:
    left = 1.0
    for strength in strengths:
        left *= 1 - strength
    return left
