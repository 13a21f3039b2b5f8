"""What an export is about: things around others, found by the walk that answers are found by.

Only the bounds differ: a level is opened piece by piece, and the whole is bounded by settings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.errors import BadInput
from graph.export.bounds import Bounds
from graph.reaching import Spread
from graph.rounds import MOST_EDGES, MOST_NODES, NARROWER, Cut, Rounds
from graph.terms import CompletenessState

GONE = "Some things in the middle are not there any more. Take their ids from a new answer."
SMALLER = (
    "Ask for a smaller 'depth', fewer 'walk.relationshipTypes', or fewer things in the middle."
)


@dataclass
class Farther(Rounds):
    """Rounds without a clock of their own: nobody waits for the answer on the line."""

    each: int = MOST_EDGES

    def _late(self) -> None:
        told = "A question of the walk ran past its time limit."
        self.cut = Cut(told, NARROWER, CompletenessState.TIMED_OUT)


async def spread_around(
    rounds: Rounds, starts: Sequence[str], depth: int, bounds: Bounds
) -> dict[str, int]:
    """How far each thing lies from the nearest start, nearest first. Raises BadInput.

    Whatever is cut is cut in the order of keys, so that the same graph gives the same part.
    """
    for piece in _runs(starts):
        if await rounds.ends(piece):
            raise BadInput(GONE)
    spread = Spread(dict.fromkeys(sorted(starts)[: bounds.things], 0))
    if len(spread.distance) < len(starts):
        _too_many(rounds, bounds)
    frontier = sorted(spread.distance)
    for distance in range(1, depth + 1):
        if not await _level(rounds, spread, frontier, distance < depth, bounds):
            break
        frontier = rounds.passable(k for k, far in spread.distance.items() if far == distance)
    await rounds.look_beside()
    return dict(list(spread.distance.items())[: bounds.things])


async def _level(
    rounds: Rounds, spread: Spread, frontier: list[str], going_on: bool, bounds: Bounds
) -> bool:
    """Open one level; whether the walk may go on."""
    for piece in _pieces(rounds, frontier):
        found = await rounds.open(piece, rounds.walk.direction, judge=going_on)
        for key, links in found.items():
            spread.enter(key, links)
        if rounds.late or _full(rounds, spread, bounds):
            return False
    return True


def _full(rounds: Rounds, spread: Spread, bounds: Bounds) -> bool:
    """Whether there is more than one file may hold; the answer says so."""
    if len(spread.distance) > bounds.things:
        _too_many(rounds, bounds)
    elif len(rounds.edges) > bounds.relationships:
        rounds.stop_short(
            f"The walk met more than {bounds.relationships} relationships, and went no further.",
            SMALLER,
        )
    else:
        return False
    return True


def _too_many(rounds: Rounds, bounds: Bounds) -> None:
    told = f"There are more than {bounds.things} things; the nearest ones are written."
    rounds.stop_short(told, SMALLER)


def _runs(keys: Sequence[str]) -> Iterator[list[str]]:
    ordered = sorted(keys)
    for first in range(0, len(ordered), MOST_NODES):
        yield ordered[first : first + MOST_NODES]


def _pieces(rounds: Rounds, keys: Sequence[str]) -> Iterator[list[str]]:
    """As many at once as one statement may open."""
    piece: list[str] = []
    number = 0
    for key in keys:
        many = min(rounds.things[key].stored, rounds.each)
        if piece and (len(piece) == MOST_NODES or number + many > MOST_EDGES):
            yield piece
            piece, number = [], 0
        piece.append(key)
        number += many
    if piece:
        yield piece
