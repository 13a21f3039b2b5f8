"""Relationships: dated claims with their sources."""

from datetime import date, datetime
from typing import Annotated

import strawberry

from graph import records
from resolvers import relationship
from schema.entity import Entity, Node, PageInfo, ShareRange, Source, Term, TotalCount
from schema.fields import made_of, resolved_by
from schema.terms import CenterBasis, Interest, ManagerRole, RelationshipType


@strawberry.type(
    description=(
        "A relationship of the graph: a dated claim, from one thing to another, "
        "with its source. Fields that do not belong to its type are null."
    )
)
class Relationship(Node):
    id: strawberry.ID = strawberry.field(
        description="Global id; give it to `endRelationship` or `correctRelationship`."
    )
    type: RelationshipType = strawberry.field(description="What it says.")
    from_: Entity = resolved_by(
        relationship.from_,
        "Where it starts.",
        name="from",
        cost=0,
    )
    to: Entity = resolved_by(
        relationship.to,
        "Where it ends.",
        cost=0,
    )
    valid_from: date | None = strawberry.field(description="First day it holds; null if not known.")
    valid_to: date | None = strawberry.field(
        description="Day it no longer holds; null while it does."
    )
    recorded_at: datetime = strawberry.field(description="When it was recorded.")
    superseded_at: datetime | None = strawberry.field(
        description="When a correction replaced it; null if it stands."
    )
    superseded_by: Annotated["Relationship", strawberry.lazy("schema.relationship")] | None = (
        resolved_by(relationship.superseded_by, "The claim that replaced it.")
    )
    source: Source = strawberry.field(description="Who says so.")
    recorded_by: str = strawberry.field(description="Who recorded it.")
    share: ShareRange | None = strawberry.field(
        description="OWNS: the part of the capital or votes."
    )
    interest: Interest | None = strawberry.field(
        description="OWNS, CONTROLS: the nature of the interest, after BODS 0.4."
    )
    role: ManagerRole | None = strawberry.field(
        description="MANAGED_BY: first or second point of contact."
    )
    basis: CenterBasis | None = strawberry.field(
        description="ASSIGNED_TO: the basis of the decision."
    )
    scope: Term | None = resolved_by(
        relationship.scope,
        "GRANTED_POA: what the broker may do (vocabulary POWER_OF_ATTORNEY_SCOPE).",
    )
    topic: Term | None = resolved_by(
        relationship.topic, "SERVES: on which topic (vocabulary TOPIC)."
    )
    reason: str | None = strawberry.field(description="Why, as written by who recorded it.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.Relationship)


@strawberry.type(description="One of a RelationshipConnection.")
class RelationshipEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Relationship = strawberry.field(description="What stands here.")


@strawberry.type(description="Relationships.")
class RelationshipConnection:
    edges: list[RelationshipEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Relationship] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
