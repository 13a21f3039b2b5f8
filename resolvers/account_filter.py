"""The account filter as input, and the same as plain values."""

from collections.abc import Mapping
from datetime import date
from enum import Enum
from typing import Annotated, Any

import strawberry
from strawberry.types import get_object_definition

from graph.terms import (
    AccountKind,
    AccountStatus,
    CenterEligibility,
    IsaStatus,
    RiskRating,
    WarningCode,
)
from resolvers.filters import given as optional
from resolvers.scalars import Decimal, Score


@strawberry.input(description="Days from one to another, half-open.")
class DateRange:
    """Days from the first up to the last, which is not one of them."""

    from_: date | None = strawberry.field(
        default=strawberry.UNSET, name="from", description="First day."
    )
    to: date | None = optional("Day after the last.")


@strawberry.input(
    description="Accounts that match: all given fields must hold; of a list, any one element."
)
class AccountFilter:
    """Which accounts."""

    kinds: list[AccountKind] | None = optional("Importers or brokers.")
    statuses: list[AccountStatus] | None = optional("Status.")
    name_contains: str | None = optional("Words that must begin words of the name.")
    national: bool | None = optional(
        "Only accounts selected for a national account manager, or only others."
    )
    centers: list[str] | None = optional("Center, by code or name.")
    eligibilities: list[CenterEligibility] | None = optional("Eligibility for a Center.")
    manager_ids: list[strawberry.ID] | None = optional("Primary or backup manager, by global id.")
    has_primary_manager: bool | None = optional("With or without a primary manager.")
    isa_statuses: list[IsaStatus] | None = optional("Status of the ISA participation.")
    segment_ids: list[strawberry.ID] | None = optional(
        "Risk segment, by global id; needs READ_RISK."
    )
    ratings: list[RiskRating] | None = optional("Risk rating; needs READ_RISK.")
    min_risk: Score | None = optional("Risk at least, own and inherited together; needs READ_RISK.")
    flag_kinds: list[str] | None = optional(
        "Open flag on the account, its identifiers or its holders, of a kind (vocabulary"
        " RISK_FLAG_KIND); needs READ_RISK."
    )
    has_open_issue: bool | None = optional("With or without an issue that is not closed.")
    chapters: list[str] | None = optional(
        "Imports in these tariff chapters in the last 12 whole months, two digits; needs"
        " READ_PERFORMANCE."
    )
    origins: list[str] | None = optional(
        "Imports from these countries of origin in the last 12 whole months, ISO 3166-1 alpha-2;"
        " needs READ_PERFORMANCE."
    )
    min_entered_value: Decimal | None = optional(
        "Entered value of the last 12 whole months at least, US dollars; needs READ_PERFORMANCE."
    )
    controlled_by: strawberry.ID | None = optional(
        "A holder is under the control of this party, by global id; needs READ_OWNERSHIP."
    )
    broker_id: strawberry.ID | None = optional(
        "Gave a power of attorney to this broker account, by global id."
    )
    opened: DateRange | None = optional("Opened within these days.")
    warnings: list[WarningCode] | None = optional("With one of these warnings.")
    any_of: list[Annotated["AccountFilter", strawberry.lazy("resolvers.account_filter")]] | None = (
        optional("At least one of these filters holds, too.")
    )
    not_: Annotated["AccountFilter", strawberry.lazy("resolvers.account_filter")] | None = (
        strawberry.field(
            default=strawberry.UNSET, name="not", description="This filter does not hold."
        )
    )


def given(filter: Any) -> Mapping[str, Any]:
    """What an input gives, by its names in the schema; nothing for no input."""
    return {} if filter is None else plain(filter)


def plain(value: Any) -> Any:
    """An input as plain values."""
    if isinstance(value, list):
        return [plain(each) for each in value]
    if isinstance(value, Enum):
        return value.value
    definition = get_object_definition(type(value))
    if definition is None:
        return value
    fields = {f.graphql_name or _camel(f.python_name): f.python_name for f in definition.fields}
    values = {name: getattr(value, attribute) for name, attribute in fields.items()}
    return {name: plain(each) for name, each in values.items() if each is not strawberry.UNSET}


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.title() for word in rest)
