"""Segments of accounts by risk."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import account_list
from schema.entity import Node
from schema.fields import made_of, resolved_by
from schema.scalars import Json

if TYPE_CHECKING:
    from schema.account import AccountConnection


@strawberry.type(
    description=(
        "A segment of accounts by risk: a versioned rule and how CBP treats those who match. "
        "An account is in the first segment, by precedence, whose rule it matches."
    )
)
class RiskSegment(Node):
    id: strawberry.ID = strawberry.field(description="Global id of this version.")
    name: str = strawberry.field(description="Name.")
    version: int = strawberry.field(description="Grows with each definition.")
    precedence: int = strawberry.field(description="1 is tried first.")
    filter: Json = strawberry.field(description="The rule: an `AccountFilter`, as JSON.")
    treatment: str = strawberry.field(description="How accounts in it are treated.")
    accounts: Annotated["AccountConnection", strawberry.lazy("schema.account")] = resolved_by(
        account_list.of_segment, "Accounts in it."
    )
    valid_from: date = strawberry.field(description="First day in force.")
    valid_to: date | None = strawberry.field(
        description="Day it went out of force; null while in force."
    )

    is_type_of = made_of(records.RiskSegment)
