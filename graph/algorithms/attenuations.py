"""Arcs of a risk policy: how much of a risk each relationship leaves, either way."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

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


@dataclass(frozen=True, slots=True)
class Rule:
    """How risk passes one type of relationship in one direction, OUT or IN."""

    type: str
    direction: str
    attenuation: float
    scaled_by_share: bool = False
    hub_degree: int | None = None

    @property
    def relationship_type(self) -> str:
        """The type, as the policy names it."""
        return self.type


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
    """The upper share; of one that is not disclosed, what the others leave free at least."""
    high = BILLION if each.high is None else each.high
    free = BILLION - (lows[each.end] - (each.low or 0))
    return max(0, min(high, free))
