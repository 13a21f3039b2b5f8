"""Arcs of a network from those of an earlier one that differs in a few claims.

They are the same, to the bit and in the same order, as arcs made anew. What differs is made: the
arcs of claims that came or whose share is another one, and those at a hub where claims came or
went. All others are taken over, and both are merged, so that nothing has to be sorted.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.algorithms.attenuations import Rule
from graph.algorithms.claims import Flags, Floats, Ints, Places
from graph.algorithms.kernels import compiled
from graph.algorithms.network import TYPES, Codes, Network
from graph.algorithms.risk_arcs import (
    HUB_AT_START,
    Crowds,
    RiskArcs,
    crowded,
    degrees,
    made,
    part,
)

MOST = 64  # claims that went: beyond, arcs are made anew


@dataclass(frozen=True)
class Aligned:
    """Where the claims of an earlier network stand in a later one; -1 for those that have gone."""

    place: Places
    come: int  # from this place on, claims are new


def edited(before: RiskArcs, was: Network, now: Network, moved: Ints) -> RiskArcs | None:
    """The arcs of a later network, by the same rules; None if too much differs.

    `moved` says where each thing stands that was: things keep their order, and none goes.
    """
    aligned = _aligned(was, now, moved)
    if aligned is None:
        return None
    degree = {type_: degrees(now, TYPES[type_]) for type_ in before.crowds}
    fresh = _affected(before, now, moved, aligned, degree)
    link = aligned.place[before.link]
    kept = np.flatnonzero((link >= 0) & ~fresh[link])
    only = np.flatnonzero(fresh)
    parts = [part(now, degree, rule, at, only) for at, rule in enumerate(before.rules)]
    start, end, new_link, rule, left, cost = (
        np.concatenate(each) for each in zip(*parts, strict=True)
    )
    order = np.lexsort((new_link, rule, -left, end, start))
    at = moved.astype(np.int32)
    same = len(moved) == now.size
    starts, ends = before.start[kept], before.end[kept]
    columns: tuple[tuple[Any, Any], ...] = (
        (starts if same else at[starts], start[order]),
        (ends if same else at[ends], end[order]),
        (link[kept], new_link[order]),
        (before.left[kept], left[order]),
        (before.cost[kept], cost[order]),
    )
    rules = before.rule(kept), rule[order]
    merged = _merged(*(each for pair in (*columns[:4], rules) for each in pair))
    return made(now, before.rules, [np.concatenate(pair)[merged] for pair in columns], degree)


def _aligned(was: Network, now: Network, moved: Ints) -> Aligned | None:
    """An edit keeps the order of what stays, and adds at the end."""
    place = np.full(len(was.id), -1, np.int32)
    old = new = gone = 0
    while old < len(was.id):
        size = min(len(was.id) - old, len(now.id) - new)
        differ = was.id[old : old + size] != now.id[new : new + size]
        same = int(differ.argmax()) if differ.any() else size
        place[old : old + same] = np.arange(new, new + same, dtype=np.int32)
        old, new = old + same, new + same
        if old < len(was.id):
            old, gone = old + 1, gone + 1
        if gone > MOST:
            return None
    there = np.flatnonzero(place >= 0)
    ends = (moved[was.start[there]], moved[was.end[there]])
    at = place[there]
    other = (ends[0] != now.start[at]) | (ends[1] != now.end[at])
    other |= was.type[there] != now.type[at]
    return None if other.any() else Aligned(place, new)


def _affected(
    before: RiskArcs, now: Network, moved: Ints, aligned: Aligned, degree: dict[int, Places]
) -> Flags:
    """The claims whose arcs are made: those that are new, of another share or at another hub."""
    fresh = np.zeros(len(now.id), np.bool_)
    fresh[aligned.come :] = True
    there = np.flatnonzero(aligned.place >= 0)
    at = aligned.place[there]
    fresh[at[before.share[there] != now.share[at]]] = True
    for type_, counts in degree.items():
        differ = _otherwise_crowded(before.crowds[type_], moved, before.rules, type_, counts)
        if differ.any():
            hub = now.start if TYPES[type_] in HUB_AT_START else now.end
            fresh |= (now.type == type_) & differ[hub]
    return fresh


def _otherwise_crowded(
    before: Crowds, moved: Ints, rules: tuple[Rule, ...], type_: int, counts: Places
) -> Flags:
    """The things at which the relationships of a type damp one another more or less than before."""
    was, crowds = np.zeros((2, len(counts)), np.int32), crowded(rules, type_, counts)
    was[0, moved[before.thing]] = before.number
    was[1, crowds.thing] = crowds.number
    differ: Flags = was[0] != was[1]
    return differ


@compiled
def _merged(
    start: Places, starts: Places, end: Places, ends: Places, link: Places, links: Places,
    left: Floats, lefts: Floats, rule: Codes, rules: Codes,
) -> Places:  # fmt: skip
    """The order of two ordered lists of arcs, as places in the one and then the other."""
    size = len(start)
    found = np.empty(size + len(starts), np.int32)
    one, other = 0, 0
    for at in range(len(found)):
        first = other == len(starts)
        if one < size and not first:
            if start[one] != starts[other]:
                first = start[one] < starts[other]
            elif end[one] != ends[other]:
                first = end[one] < ends[other]
            elif left[one] != lefts[other]:
                first = left[one] > lefts[other]
            elif rule[one] != rules[other]:
                first = rule[one] < rules[other]
            else:
                first = link[one] < links[other]
        if first:
            found[at] = one
            one += 1
        else:
            found[at] = size + other
            other += 1
    return found
