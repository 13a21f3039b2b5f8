"""The change log."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import change
from schema.entity import Entity, Node, PageInfo, TotalCount
from schema.fields import made_of, resolved_by
from schema.relationship import Relationship
from schema.terms import ChangeEventKind, ChangeKind

if TYPE_CHECKING:
    from schema.account import Account


@strawberry.type(description="A property before and after, as text; an SSN-type number is masked.")
class PropertyChange:
    property: str = strawberry.field(description="Name of the property, as in this schema.")
    before: str | None = strawberry.field(description="Before; null if it was not set.")
    after: str | None = strawberry.field(description="After; null if it is not set.")


@strawberry.type(
    description=(
        "One entry of the change log: what was recorded. Written in the transaction that made it."
    )
)
class Change(Node):
    id: strawberry.ID = strawberry.field(
        description="Global id; an event delivered twice has the same."
    )
    kind: ChangeKind = strawberry.field(description="What happened.")
    recorded_at: datetime = strawberry.field(description="When it was recorded.")
    account_sequence: int | None = resolved_by(
        change.account_sequence,
        (
            "Grows by 1 with each change of the same account, from 1; null if no account is "
            "concerned, and for who reads less than everything about all accounts."
        ),
    )
    subject: Entity | None = resolved_by(
        change.subject, "The thing changed; null if the caller may not see it."
    )
    account: Annotated["Account", strawberry.lazy("schema.account")] | None = resolved_by(
        change.account, "The account concerned, if one is."
    )
    relationship: Relationship | None = resolved_by(
        change.relationship, "The relationship recorded, corrected or ended."
    )
    properties: list[PropertyChange] = strawberry.field(
        description="Properties changed, before and after."
    )
    actor: str = strawberry.field(description="Who did it: a person, a job or a rule.")
    reason: str | None = strawberry.field(description="Why, as given with the write.")
    cause: Annotated["Change", strawberry.lazy("schema.change")] | None = resolved_by(
        change.cause,
        ("The change that caused this one, for example the new owner behind a new risk rating."),
    )

    is_type_of = made_of(records.Change)


@strawberry.type(description="One of a ChangeConnection.")
class ChangeEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Change = strawberry.field(description="What stands here.")


@strawberry.type(description="Changes.")
class ChangeConnection:
    edges: list[ChangeEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Change] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")


@strawberry.type(description="What the event stream delivers.")
class ChangeEvent:
    kind: ChangeEventKind = strawberry.field(description="CHANGE, GAP or HEARTBEAT.")
    cursor: str = strawberry.field(
        description=(
            "Where to go on after this event: give it as `after` here, to `Query.changes` or to "
            "the event stream."
        )
    )
    sent_at: datetime = strawberry.field(description="When the event was sent.")
    change: Change | None = strawberry.field(description="The change, if this is one.")
    earliest: str | None = strawberry.field(
        description=(
            "GAP: cursor of the oldest change still kept; what lies before it must be read anew."
        )
    )
