"""How two things are connected: shortest paths, searched from both ends, level by level.

Whichever end has the smaller frontier is opened next. After levels that add up to n, every path of
n steps is made of known links: its first steps start at things opened from the start, its last ones
end at things opened from the end. So the paths of each length are told as soon as they are known.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph import paths, records
from graph.algorithms.simple_paths import Budget, simple_paths
from graph.errors import BadInput
from graph.paths import Step
from graph.policy import Viewer
from graph.reach import reach
from graph.records.moment import Moment
from graph.rounds import MOST_EACH, Rounds
from graph.session import Graph
from graph.terms import Direction, Verdict
from graph.walks import AGAINST, Link, Walk

LONGEST = 10  # steps of a path
MOST_PATHS = 100
MOST_STEPS = 200_000  # links looked at to put the paths of one answer together
NARROW = "Give fewer 'walk.relationshipTypes', 'walk.avoid' or a smaller 'walk.maxDegree'."


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which paths: between these things, of at most so many steps, and how many of them."""

    start: str
    end: str
    longest: int
    longer: bool
    limit: int


@dataclass
class Side:
    """What was opened from one end: `frontier` is to be opened next.

    `whole` is False once something of it was not opened: then the other end may still reach it.
    """

    direction: Direction
    frontier: list[str]
    seen: set[str] = field(default_factory=set)
    depth: int = 0
    whole: bool = True

    def cost(self, rounds: Rounds) -> tuple[int, int]:
        """How many relationships the next level has, as far as they may be opened."""
        stored = (rounds.things[key].stored for key in self.frontier)
        return (sum(min(number, 10 * MOST_EACH) for number in stored), self.depth)


@dataclass
class Search:
    """One search from both ends; `links` are the steps known so far, their own way round."""

    rounds: Rounds
    wanted: Wanted
    sides: tuple[Side, Side]
    links: defaultdict[str, set[Link]] = field(default_factory=lambda: defaultdict(set))
    found: list[tuple[Link, ...]] = field(default_factory=list)
    budget: Budget = field(default_factory=lambda: Budget(MOST_STEPS))

    @property
    def exhausted(self) -> bool:
        """Whether all is known that can lie on a path, as far as it may be opened at all."""
        done = [not side.frontier for side in self.sides]
        return all(done) or any(not side.frontier and side.whole for side in self.sides)

    def passable(self, key: str) -> bool:
        """Whether a path may go through this thing."""
        return key not in self.ends and self.rounds.walk.passes(self.rounds.things[key])

    @property
    def ends(self) -> tuple[str, str]:
        """Where paths start and end."""
        return (self.wanted.start, self.wanted.end)

    async def widen(self) -> None:
        """Open one more level, from the end where that costs less."""
        if self.exhausted:
            return
        left = [side for side in self.sides if side.frontier]
        side = min(left, key=lambda each: each.cost(self.rounds))
        number = self.rounds.unopened
        found = await self.rounds.open(side.frontier, side.direction)
        side.whole = side.whole and self.rounds.unopened == number
        backwards = side is self.sides[1]
        following: set[str] = set()
        for key, links in found.items():
            for link in links:
                following.add(link.other)
                if backwards:
                    self.links[link.other].add(Link(key, link.type, link.id, not link.forward))
                else:
                    self.links[key].add(link)
        fresh = following - side.seen
        side.seen |= fresh
        side.frontier = sorted(key for key in fresh if self.passable(key))
        side.depth += 1

    def gather(self, length: int) -> None:
        """The paths of this length, or anew of any up to it where something was not opened."""
        near, far = self.sides
        if near.seen.isdisjoint(far.seen):
            return
        lengths = range(length, length + 1)
        if not (near.whole and far.whole):  # shorter ones may have come to light since
            self.found.clear()
            lengths = range(1, length + 1)
        for each in lengths:
            self._gather(each)
            if self.enough:
                return

    def _gather(self, length: int) -> None:
        """The paths of exactly this length, at most one more than wanted."""
        for path in simple_paths(self.links, self.ends, length, self.passable, self.budget):
            self.found.append(path)
            if len(self.found) > self.wanted.limit:
                self._too_many()
                return
        if self.budget.spent:
            self.rounds.stop_short(
                f"Paths were put together in {MOST_STEPS} steps, and among those of {length}"
                " relationships more were left.",
                "Give a smaller 'maxLength', 'walk.avoid' or fewer 'walk.relationshipTypes'.",
            )

    def _too_many(self) -> None:
        limit = self.wanted.limit
        self.rounds.stop_short(
            f"There are more than {limit} paths.",
            f"Give a larger 'limit', up to {MOST_PATHS}." if limit < MOST_PATHS else NARROW,
        )

    @property
    def enough(self) -> bool:
        """Whether all paths that are wanted are found, or more."""
        return len(self.found) > self.wanted.limit or bool(self.found and not self.wanted.longer)

    @property
    def over(self) -> bool:
        """Whether longer paths are not looked for."""
        none = self.exhausted and not self.found
        return self.enough or none or self.budget.spent or self.rounds.late


async def shortest_paths(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    walk: Walk,
    wanted: Wanted,
    again: records.Reproduction,
) -> records.PathAnswer:
    """The shortest paths between two things, and longer ones if wanted. Raises BadInput."""
    seen = await reach(graph, viewer)
    rounds = Rounds(graph, moment, walk, seen)
    missing = await rounds.ends([wanted.start, wanted.end])
    if missing:
        name = "from" if wanted.start in missing else "to"
        raise BadInput(f"Argument '{name}' is the id of nothing that is there at that moment.")
    search = Search(
        rounds,
        wanted,
        (
            Side(walk.direction, [wanted.start], {wanted.start}),
            Side(AGAINST[walk.direction], [wanted.end], {wanted.end}),
        ),
    )
    for length in range(1, wanted.longest + 1):
        if search.over or not rounds.in_time():
            break
        await search.widen()
        search.gather(length)
    await rounds.look_beside()
    verdict = _verdict(search)
    steps = [_steps(path) for path in search.found[: wanted.limit]]
    told = await paths.told(graph, viewer, moment, [step for path in steps for step in path])
    return records.PathAnswer(
        tuple(paths.path(path, told) for path in steps),
        verdict,
        rounds.completeness,
        moment,
        again,
    )


def _verdict(search: Search) -> Verdict:
    """Whether the ends are connected, as far as was seen; what was not is a reason."""
    if search.found:
        return Verdict.YES
    if search.rounds.cut is None and search.exhausted:
        return Verdict.UNDETERMINED if search.rounds.redacted else Verdict.NO
    longest = search.wanted.longest
    search.rounds.stop_short(
        f"No path has at most {longest} relationships; longer ones were not looked for.",
        f"Give a larger 'maxLength', up to {LONGEST}." if longest < LONGEST else None,
    )
    return Verdict.UNDETERMINED


def _steps(path: Sequence[Link]) -> list[Step]:
    return [Step(link.type, link.id, link.forward) for link in path]
