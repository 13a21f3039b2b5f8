"""What differs between two versions of arcs: the pairs of things between which the best does."""

from typing import NamedTuple

import numpy as np

from graph.algorithms.claims import Floats, Ints, Places
from graph.algorithms.kernels import compiled
from graph.algorithms.risk_arcs import RiskArcs


class Changes(NamedTuple):
    """Pairs of things between which the best arc differs, and things whose own risk does."""

    start: Places
    end: Places
    seeds: Places


def differences(
    was: RiskArcs, now: RiskArcs, moved: Ints, own: tuple[Floats, Floats], floor: float
) -> Changes:
    """What differs between two versions of arcs and of own risk, both of it by the places of now.

    What leaves less than the floor in both versions, as at a large hub, makes no difference.
    """
    size = len(was.end) + len(now.end)
    start, end = np.empty(size, np.int32), np.empty(size, np.int32)
    at = moved.astype(np.int32)
    number = _differences(
        was.start, was.end, was.left, now.start, now.end, now.left, at, start, end, floor
    )
    differ = np.flatnonzero(own[0] != own[1]).astype(np.int32)
    return Changes(start[:number].copy(), end[:number].copy(), differ)


@compiled
def _differences(
    was_start: Places,
    was_end: Places,
    was_left: Floats,
    now_start: Places,
    now_end: Places,
    now_left: Floats,
    moved: Places,
    start: Places,
    end: Places,
    floor: float,
) -> int:
    """Walk both side by side, of parallel arcs only the first; the number of pairs found."""
    one, other, number = 0, 0, 0
    while one < len(was_end) or other < len(now_end):
        order = 0
        if one == len(was_end):
            order = 1
        elif other == len(now_end):
            order = -1
        else:
            order = np.sign(moved[was_start[one]] - now_start[other])
            if order == 0:
                order = np.sign(moved[was_end[one]] - now_end[other])
        before = was_left[one] if order <= 0 else 0.0
        after = now_left[other] if order >= 0 else 0.0
        if before != after and max(before, after) >= floor:
            start[number] = moved[was_start[one]] if order < 0 else now_start[other]
            end[number] = moved[was_end[one]] if order < 0 else now_end[other]
            number += 1
        if order <= 0:
            one = _beyond(was_start, was_end, one)
        if order >= 0:
            other = _beyond(now_start, now_end, other)
    return number


@compiled
def _beyond(start: Places, end: Places, at: int) -> int:
    """The first arc after one and those parallel to it."""
    following = at + 1
    while following < len(end) and start[following] == start[at] and end[following] == end[at]:
        following += 1
    return following
