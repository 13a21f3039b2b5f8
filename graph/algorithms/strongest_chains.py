"""Risk by the k strongest chains (SC-k): bounded, monotone, safe on cycles, explained by them.

Own risk s of a node is given. A chain into v comes from a source u other than v with s(u) > 0; its
strength is s(u) times the attenuations on its way, and of each source the best chain counts. Of
those at or above the floor the k strongest, ties by source, make the score:

    risk(v) = 1 - (1 - s(v)) * (1 - c1) * ... * (1 - ck)

Attenuations lie strictly between 0 and 1, so labels settle in falling order, as in Dijkstra's
algorithm with k + 1 labels a node: one more because v must skip itself in its neighbours' lists.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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
        return 1 - _left(chain.strength for chain in self.chains)

    @property
    def score(self) -> float:
        """Own and inherited together."""
        return 1 - (1 - self.own) * _left(chain.strength for chain in self.chains)

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
    return 1 - _left(strongest.values())


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


def _left(strengths: Iterable[float]) -> float:
    left = 1.0
    for strength in strengths:
        left *= 1 - strength
    return left
