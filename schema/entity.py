"""What all things have."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.terms import Permission
from resolvers import entity
from resolvers import risk as risks
from schema.fields import resolved_by
from schema.scalars import Percent, Url
from schema.terms import CountRelation, Direction, RelationshipType

if TYPE_CHECKING:
    from schema.program import RiskFlag
    from schema.relationship import RelationshipConnection
    from schema.risk import Risk, RiskReachConnection


@strawberry.type(description="A term of an open vocabulary: code and label always together.")
class Term:
    code: str = strawberry.field(description="Stable code.")
    label: str = strawberry.field(description="Label in English.")
    description: str | None = strawberry.field(description="Definition, one or two sentences.")
    source: str | None = strawberry.field(description="Who defines it, for example `19 USC 4322`.")
    valid_from: date | None = strawberry.field(description="First day in force.")
    valid_to: date | None = strawberry.field(
        description="Day it went out of force; null if in force."
    )


@strawberry.type(description="Who says so: the provenance of a claim.")
class Source:
    name: str = strawberry.field(
        description="Name of the source, for example `CBP Form 5106` or `SEC Schedule 13D`."
    )
    reference: str | None = strawberry.field(
        description="Document, record or row within the source."
    )
    url: Url | None = strawberry.field(description="Where it can be read.")
    retrieved_at: datetime | None = strawberry.field(
        description="When it was read from the source."
    )


@strawberry.type(
    description=(
        "A share that may be known only within bounds. An exact share has equal "
        "bounds; an undisclosed one is 0 to 100."
    )
)
class ShareRange:
    min: Percent = strawberry.field(description="Lower bound, percent.")
    max: Percent = strawberry.field(description="Upper bound, percent.")
    exact: Percent | None = strawberry.field(
        description="The share, percent, if the bounds are equal."
    )
    disclosed: bool = strawberry.field(description="False if the source gives no share at all.")


@strawberry.type(description="How many there are; only what the caller may see is counted.")
class TotalCount:
    value: int = strawberry.field(description="The number.")
    relation: CountRelation = strawberry.field(description="Whether the number is exact.")


@strawberry.type(description="Where a page lies in its connection.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether more follows.")
    has_previous_page: bool = strawberry.field(description="Whether more precedes.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first edge.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last edge.")


@strawberry.type(description="How many relationships of a type and direction a thing has.")
class Degree:
    type: RelationshipType = strawberry.field(description="The type.")
    direction: Direction = strawberry.field(
        description="OUT for those that start here, IN for those that end here."
    )
    count: TotalCount = strawberry.field(description="How many.")


@strawberry.interface(description="Anything with a global id.")
class Node:
    id: strawberry.ID = strawberry.field(
        description="Global id: opaque, stable, made of business keys."
    )


@strawberry.interface(
    description="A thing in the graph: what relationships join and traversals visit."
)
class Entity(Node):
    key: strawberry.ID = strawberry.field(
        description="The id without a moment: the same at every moment."
    )
    label: str = strawberry.field(
        description="Short display text: a name, a masked number, a code or a title."
    )
    degrees: list[Degree] | None = resolved_by(
        entity.degrees,
        ("How many relationships of each type and direction it has; null on a redacted node."),
    )
    relationships: (
        Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] | None
    ) = resolved_by(
        entity.relationships,
        "Its relationships of any type, newest first; null on a redacted node.",
    )


@strawberry.interface(
    description=(
        "A thing that can carry risk and pass it on: an account, an importer "
        "number, a filer code or a party."
    )
)
class RiskSubject(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    flags: list[Annotated["RiskFlag", strawberry.lazy("schema.program")]] | None = resolved_by(
        entity.flags,
        "Its open risk flags, most severe first; at most 100.",
        needs=Permission.READ_RISK,
    )
    risk: Annotated["Risk", strawberry.lazy("schema.risk")] | None = resolved_by(
        risks.risk,
        "Its risk, its own and what reaches it, with the chains that make the score.",
        needs=Permission.READ_RISK,
        cost=10,
    )
    risk_reach: Annotated["RiskReachConnection", strawberry.lazy("schema.risk")] | None = (
        resolved_by(
            risks.risk_reach,
            "What its own risk reaches, strongest first, each with its chain.",
            needs=Permission.READ_RISK,
            cost=25,
        )
    )
