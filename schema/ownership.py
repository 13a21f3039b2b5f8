"""Who owns what, directly."""

from typing import Annotated

import strawberry

from schema.entity import PageInfo, ShareRange, TotalCount
from schema.party import Organization, Person, UnspecifiedParty
from schema.redacted import RedactedNode
from schema.relationship import Relationship

Owner = Annotated[
    Organization | Person | UnspecifiedParty | RedactedNode,
    strawberry.union(
        "Owner", description="Who owns: known, not specified, or not for the caller to see."
    ),
]


@strawberry.type(description="One of a OwnerConnection.")
class OwnerEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Owner = strawberry.field(description="What stands here.")
    share: ShareRange = strawberry.field(description="The part owned.")
    relationship: Relationship = strawberry.field(
        description="The OWNS relationship, with interest, dates and source."
    )


@strawberry.type(description="Direct owners.")
class OwnerConnection:
    edges: list[OwnerEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Owner] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")


@strawberry.type(description="One of a HoldingConnection.")
class HoldingEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Organization = strawberry.field(description="What stands here.")
    share: ShareRange = strawberry.field(description="The part owned.")
    relationship: Relationship = strawberry.field(
        description="The OWNS relationship, with interest, dates and source."
    )


@strawberry.type(description="Direct holdings.")
class HoldingConnection:
    edges: list[HoldingEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Organization] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
