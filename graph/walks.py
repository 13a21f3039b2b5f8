"""What a walk may follow, and what it knows of the things and relationships it meets."""

from dataclasses import dataclass
from typing import NamedTuple

from graph.terms import Direction, EntityKind, RelationshipType

REFERENCE = {RelationshipType.SCOPE_OF, RelationshipType.MEMBER_OF, RelationshipType.PRACTISES}
USUAL = tuple(sorted(type_.value for type_ in RelationshipType if type_ not in REFERENCE))
AGAINST = {
    Direction.OUT: Direction.IN,
    Direction.IN: Direction.OUT,
    Direction.EITHER: Direction.EITHER,
}


class Thing(NamedTuple):
    """What a walk knows of a thing: its kind, its relationships as stored, and those that hold.

    Those that hold are counted no further than the walk asks.
    """

    key: str
    kind: EntityKind
    stored: int
    held: int


class Link(NamedTuple):
    """A relationship as a step to another thing; links sort by where they lead, type and id."""

    other: str
    type: str
    id: str
    forward: bool


@dataclass(frozen=True, slots=True)
class Walk:
    """Which relationships may be walked, and past what; the ends of a path are not passed."""

    types: tuple[str, ...] = USUAL
    direction: Direction = Direction.EITHER
    through: frozenset[EntityKind] | None = None
    avoid: frozenset[str] = frozenset()
    max_degree: int | None = None
    min_share: int = 0
    undisclosed: bool = True
    former: bool = False

    def passes(self, thing: Thing) -> bool:
        """Whether a path may go on from this thing."""
        if thing.key in self.avoid or (self.through is not None and thing.kind not in self.through):
            return False
        return self.max_degree is None or thing.held <= self.max_degree
