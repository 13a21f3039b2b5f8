"""Who owns what, directly."""

from typing import Annotated

import strawberry

from resolvers import party
from schema.entity import PageInfo, ShareRange, TotalCount
from schema.fields import resolved_by
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
    remainder: ShareRange | None = resolved_by(
        party.remainder,
        "What owners not recorded hold directly at the moment, whatever the page shows: 100 percent"
        " less the recorded shareholdings. From 0, if a share among these is not disclosed.",
    )


@strawberry.type(description="One of a HoldingConnection.")
class HoldingEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Organization = strawberry.field(description="What stands here.")
    share: ShareRange = strawberry.field(description="The part owned.")
    relationship: Relationship = strawberry.field(
        description="The OWNS relationship, with interest, dates and source."
    )
    remainder: ShareRange | None = resolved_by(
        party.rest, "What owners not recorded hold of the same organization, as `owners` tells."
    )


@strawberry.type(description="Direct holdings.")
class HoldingConnection:
    edges: list[HoldingEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Organization] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
