"""Paths of one length between two things, without repeated things, in the order of their steps.

Depth first, sorted by where each step leads: what cannot reach the end in the steps that are left
is not entered, so that without rings nothing is entered in vain. Rings can still waste steps; so
`Budget` bounds them.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol, TypeVar


class Leads(Protocol):
    """A step that leads to another thing; steps of one thing have an order."""

    @property
    def other(self) -> str:
        """Where it leads."""

    def __lt__(self, other: Any, /) -> bool:
        """Whether it comes before another step."""


L = TypeVar("L", bound=Leads)


@dataclass
class Budget:
    """How many more steps may be looked at."""

    left: int

    @property
    def spent(self) -> bool:
        """Whether none is left."""
        return self.left <= 0


def distances(
    links: Mapping[str, Collection[Leads]], end: str, passable: Callable[[str], bool]
) -> dict[str, int]:
    """How many steps lie between each thing and the end, at least, through passable things."""
    back: dict[str, list[str]] = {}
    for start, steps in links.items():
        for step in steps:
            back.setdefault(step.other, []).append(start)
    found = {end: 0}
    frontier = [end]
    while frontier:
        following: dict[str, None] = {}
        for key in frontier:
            for before in back.get(key, ()):
                if before not in found:
                    found[before] = found[key] + 1
                    if passable(before):
                        following[before] = None
        frontier = list(following)
    return found


def simple_paths(
    links: Mapping[str, Collection[L]],
    ends: tuple[str, str],
    length: int,
    passable: Callable[[str], bool],
    budget: Budget,
) -> Iterator[tuple[L, ...]]:
    """Every path of exactly this length; stops when the budget is spent.

    `passable` tells whether a thing may stand between the ends.
    """
    start, end = ends
    left = distances(links, end, passable)
    if left.get(start, length + 1) > length:
        return
    steps = cache(lambda key: sorted(links.get(key, ())))
    path: list[L] = []
    visited = {start}
    branches = [iter(steps(start))]
    while branches and not budget.spent:
        step = next(branches[-1], None)
        budget.left -= 1
        if step is None:
            branches.pop()
            if path:
                visited.discard(path.pop().other)
            continue
        rest = length - len(path) - 1
        if step.other == end:
            if not rest:
                yield (*path, step)
        elif (
            left.get(step.other, length) <= rest
            and step.other not in visited
            and passable(step.other)
        ):
            path.append(step)
            visited.add(step.other)
            branches.append(iter(steps(step.other)))
