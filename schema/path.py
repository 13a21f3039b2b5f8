"""Paths through the graph."""

import strawberry

from graph import records
from schema.directives import Cost
from schema.entity import Entity, ShareRange
from schema.fields import made_of
from schema.relationship import Relationship
from schema.scalars import Score
from schema.terms import Verdict
from schema.traversal import Traversal


@strawberry.type(description="One step of a path.")
class Hop:
    from_: Entity = strawberry.field(
        name="from", description="Where the step starts.", directives=[Cost(weight="0")]
    )
    to: Entity = strawberry.field(description="Where it leads.", directives=[Cost(weight="0")])
    relationship: Relationship = strawberry.field(description="The relationship it takes.")
    forward: bool = strawberry.field(
        description="True if the step goes the relationship's own way, false if against it."
    )
    attenuation: Score | None = strawberry.field(
        description=("In a risk chain: the factor this step leaves of the risk. Null elsewhere.")
    )


@strawberry.type(description="A path through the graph, without repeated things.")
class Path:
    start: Entity = strawberry.field(description="First thing.")
    end: Entity = strawberry.field(description="Last thing.")
    length: int = strawberry.field(description="Number of steps.")
    hops: list[Hop] = strawberry.field(description="The steps, in order.")
    share: ShareRange | None = strawberry.field(
        description="Product of the shares, if every step is OWNS; null otherwise."
    )
    text: str = strawberry.field(
        description="The path in one line of plain text, for a memo or a citation."
    )


@strawberry.type(description="Paths, shortest first.")
class PathAnswer(Traversal):
    paths: list[Path] = strawberry.field(description="The paths.")
    connected: Verdict = strawberry.field(
        description="Whether the ends are connected: NO only if the answer is complete."
    )

    is_type_of = made_of(records.PathAnswer)
