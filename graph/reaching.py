"""What can be reached from things: breadth first, level by level, nearest first."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from graph.errors import BadInput
from graph.paths import Step
from graph.policy import Viewer
from graph.reach import reach
from graph.records import Completeness, TotalCount
from graph.records.moment import Moment
from graph.rounds import Rounds
from graph.session import Graph
from graph.terms import CountRelation, EntityKind
from graph.walks import Link, Walk

DEEPEST = 10  # steps
MOST_STARTS = 20


@dataclass(frozen=True, slots=True)
class Place:
    """A thing that can be reached, and how far it lies."""

    key: str
    distance: int

    @property
    def sort(self) -> tuple[int, str]:
        """Its place: nearest first, then by key."""
        return (self.distance, self.key)


@dataclass
class Spread:
    """How far each thing lies from the nearest start, and the step that leads to it."""

    distance: dict[str, int]
    before: dict[str, tuple[str, Link]] = field(default_factory=dict)

    def enter(self, start: str, links: Iterable[Link]) -> None:
        """Note what these links lead to, where nothing as near does."""
        for link in links:
            if link.other not in self.distance:
                self.distance[link.other] = self.distance[start] + 1
                self.before[link.other] = (start, link)

    def steps(self, key: str) -> list[Step]:
        """One shortest path to a thing."""
        steps: list[Step] = []
        while key in self.before:
            key, link = self.before[key]
            steps.append(Step(link.type, link.id, link.forward))
        return steps[::-1]


@dataclass(frozen=True, slots=True)
class Reached:
    """What can be reached, nearest first, and whether the walk saw everything."""

    places: list[Place]
    spread: Spread
    completeness: Completeness
    total: TotalCount


async def reachable(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    walk: Walk,
    starts: Collection[str],
    kinds: Collection[EntityKind] | None,
    deepest: int,
) -> Reached:
    """What can be reached from the starts, the starts themselves left out. Raises BadInput."""
    seen = await reach(graph, viewer)
    rounds = Rounds(graph, moment, walk, seen)
    if await rounds.ends(starts):
        raise BadInput("Argument 'from' holds the id of nothing that is there at that moment.")
    spread = await spreading(rounds, starts, deepest)
    await rounds.look_beside()
    places = [
        Place(key, distance)
        for key, distance in spread.distance.items()
        if distance and (kinds is None or rounds.things[key].kind in kinds)
    ]
    exact = CountRelation.EXACT if rounds.cut is None else CountRelation.AT_LEAST
    return Reached(
        sorted(places, key=lambda place: place.sort),
        spread,
        rounds.completeness,
        TotalCount(len(places), exact),
    )


async def spreading(rounds: Rounds, starts: Collection[str], deepest: int) -> Spread:
    """Walk so many levels around these things."""
    spread = Spread(dict.fromkeys(sorted(starts), 0))
    frontier = sorted(starts)
    for distance in range(1, deepest + 1):
        if not frontier or not rounds.in_time():
            break
        going_on = distance < deepest
        found = await rounds.open(frontier, rounds.walk.direction, judge=going_on)
        for key, links in found.items():
            spread.enter(key, links)
        frontier = rounds.passable(key for key, far in spread.distance.items() if far == distance)
    return spread
