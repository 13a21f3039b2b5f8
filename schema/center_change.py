"""Requests for another Center."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import center_change
from schema.entity import Node
from schema.fields import made_of, resolved_by
from schema.terms import CenterBasis, CenterChangeState

if TYPE_CHECKING:
    from schema.account import Account
    from schema.staff import Center


@strawberry.type(
    description="A request to move an account to another Center, or an appeal of a denial."
)
class CenterChangeRequest(Node):
    id: strawberry.ID = strawberry.field(description="Global id.")
    account: Annotated["Account", strawberry.lazy("schema.account")] | None = resolved_by(
        center_change.account, "The account; null if the caller may not see it."
    )
    from_center: Annotated["Center", strawberry.lazy("schema.staff")] | None = strawberry.field(
        description="The Center it would leave."
    )
    to_center: Annotated["Center", strawberry.lazy("schema.staff")] = strawberry.field(
        description="The Center it would go to."
    )
    state: CenterChangeState = strawberry.field(description="Where the request stands.")
    basis: CenterBasis = strawberry.field(description="The ground claimed.")
    statement: str = strawberry.field(description="The request in words.")
    requested_on: date = strawberry.field(description="Day it was made.")
    requested_by: str = strawberry.field(description="Who made it.")
    decided_on: date | None = strawberry.field(description="Day it was decided.")
    decided_by: str | None = strawberry.field(description="Who decided.")
    decision: str | None = strawberry.field(description="The decision in words.")
    appeals: Annotated["CenterChangeRequest", strawberry.lazy("schema.center_change")] | None = (
        resolved_by(center_change.appeals, "The denied request this one appeals.")
    )
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.CenterChangeRequest)
