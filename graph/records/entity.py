"""What all things have, and the relationships that join them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self

from graph import ids
from graph.records.moment import Moment
from graph.terms import (
    CenterBasis,
    CountRelation,
    Direction,
    Interest,
    ManagerRole,
    RelationshipType,
)


@dataclass(frozen=True, slots=True)
class TotalCount:
    """How many there are, and whether that is exact."""

    value: int
    relation: CountRelation = CountRelation.EXACT

    @classmethod
    def bounded(cls, number: int, most: int) -> Self:
        """A count that stopped one beyond `most`."""
        exact = number <= most
        return cls(min(number, most), CountRelation.EXACT if exact else CountRelation.AT_LEAST)


@dataclass(frozen=True, slots=True)
class Degree:
    """How many relationships of a type and direction a thing has."""

    type: RelationshipType
    direction: Direction
    count: TotalCount


@dataclass(frozen=True, slots=True)
class Term:
    """A term of an open vocabulary: `(:Term)`."""

    code: str
    label: str
    description: str | None = None
    source: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Who says so: the provenance of a claim."""

    name: str
    reference: str | None = None
    url: str | None = None
    retrieved_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ShareRange:
    """A share in parts per billion that may be known only within bounds."""

    min: int
    max: int
    disclosed: bool = True

    @property
    def exact(self) -> int | None:
        """The share, if the bounds are equal."""
        return self.min if self.min == self.max else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A thing in the graph: `(:Entity)`; read at `moment`, with the lists that came along.

    A list in `parts` is whole or, above PART entries, its first ones: then page by statement.
    """

    stored_key: str
    moment: Moment
    parts: Mapping[str, "list[Linked]"] = field(default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Global id, carrying the moment if the caller gave one."""
        return ids.encode(self.stored_key + self.moment.suffix)

    @property
    def key(self) -> str:
        """The id without a moment."""
        return ids.encode(self.stored_key)

    @property
    def business_id(self) -> str:
        """The id within its kind."""
        return self.stored_key.partition(":")[2]

    @property
    def label(self) -> str:
        """Short display text."""
        return self.business_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A dated claim from one thing to another, with its source.

    Days are half-open, `[valid_from, valid_to)`; None where unknown or still open. `ends` holds
    what it joins, by key, where that came along with it.
    """

    business_id: str
    moment: Moment
    type: RelationshipType
    from_key: str
    to_key: str
    valid_from: date | None
    valid_to: date | None
    recorded_at: datetime
    superseded_at: datetime | None
    superseded_by_id: str | None
    source: Source
    recorded_by: str
    share: ShareRange | None
    interest: Interest | None
    role: ManagerRole | None
    basis: CenterBasis | None
    scope_code: str | None
    topic_code: str | None
    reason: str | None
    version: int
    ends: Mapping[str, Entity] = field(default_factory=dict, compare=False, repr=False)

    @property
    def id(self) -> str:
        """Global id, carrying the moment if the caller gave one."""
        return ids.encode(f"Relationship:{self.business_id}{self.moment.suffix}")


@dataclass(frozen=True, slots=True)
class Linked:
    """A neighbour, the claim that leads there if one does, and its place in the list.

    `rank` is how many ways lead there, where that matters; `via` is a third thing that the question
    is about, such as the discipline by which a specialist is on a team.
    """

    node: Entity
    relationship: Relationship | None = None
    sort: tuple[Any, ...] = ()
    rank: int = 1
    via: Entity | None = None
