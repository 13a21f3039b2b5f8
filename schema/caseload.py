"""The load of managers and Centers, what is due, and what moving accounts would do."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.terms import Permission
from resolvers import caseload
from schema.entity import Entity
from schema.fields import resolved_by
from schema.money import Money
from schema.terms import AgendaKind, UserErrorCode
from schema.warning import Warning

if TYPE_CHECKING:
    from schema.account import Account
    from schema.strategy import StrategyMeasure


@strawberry.type(
    description=(
        "The load of an account manager or a Center. Volumes are of the last 12 whole months "
        "before the moment."
    )
)
class Caseload:
    accounts: int = strawberry.field(description="Accounts assigned.")
    importers: int = strawberry.field(description="Of them importers.")
    brokers: int = strawberry.field(description="Of them brokers.")
    with_primary_manager: int = strawberry.field(
        description=(
            "Of them with this manager as primary; for a Center, with any primary manager."
        )
    )
    isa_participants: int = strawberry.field(
        description="Partner accounts: active ISA participants."
    )
    high_risk: int | None = resolved_by(
        caseload.high_risk,
        "Accounts rated HIGH or CRITICAL; null without READ_RISK.",
        needs=Permission.READ_RISK,
    )
    open_issues: int = strawberry.field(description="Issues not closed.")
    overdue_issues: int = strawberry.field(description="Of them past their due day.")
    notifications_due: int = strawberry.field(
        description="ISA annual notifications due within 60 days or overdue."
    )
    entry_summaries: int | None = resolved_by(
        caseload.entry_summaries,
        "Entry summaries; null without READ_PERFORMANCE.",
        needs=Permission.READ_PERFORMANCE,
    )
    post_entry_actions: int | None = resolved_by(
        caseload.post_entry_actions,
        (
            "Post-entry actions: corrections, protests, CBP Forms 28 and 29; null without "
            "READ_PERFORMANCE."
        ),
        needs=Permission.READ_PERFORMANCE,
    )
    entered_value: Money | None = resolved_by(
        caseload.entered_value,
        "Entered value; null without READ_PERFORMANCE.",
        needs=Permission.READ_PERFORMANCE,
    )
    managers: int = strawberry.field(description="Active account managers: 1 for a manager.")
    specialists: int = strawberry.field(description="Active specialists: 0 for a manager.")
    weight: float = strawberry.field(
        description=(
            "One number for balance: accounts, plus 2 for each ISA participant, plus 1 for each "
            "open issue, divided by active managers."
        )
    )


@strawberry.type(description="Something due.")
class AgendaItem:
    kind: AgendaKind = strawberry.field(description="What is to be done.")
    due_on: date = strawberry.field(description="By which day.")
    overdue: bool = strawberry.field(description="Whether that day has passed at the moment.")
    account: Annotated["Account", strawberry.lazy("schema.account")] = strawberry.field(
        description="For which account."
    )
    about: Entity = strawberry.field(
        description="The participation, issue, strategy or account it is about."
    )
    measure: Annotated["StrategyMeasure", strawberry.lazy("schema.strategy")] | None = (
        strawberry.field(
            description="Which of the strategy's measures is due; null for all other kinds."
        )
    )


@strawberry.type(description="Why a write was refused.")
class UserError:
    code: UserErrorCode = strawberry.field(description="Stable code.")
    message: str = strawberry.field(description="The same in one sentence, with the remedy.")
    path: list[str] = strawberry.field(
        description=(
            'Path to the input field, for example `["input", "share", "min"]`; empty if the '
            "whole is meant."
        )
    )


@strawberry.type(description="The load of one manager or Center, before and after.")
class CaseloadEffect:
    of: Entity = strawberry.field(description="The account manager or Center.")
    before: Caseload = strawberry.field(description="Before.")
    after: Caseload = strawberry.field(description="After.")


@strawberry.type(description="What a reassignment would do.")
class ReassignmentSimulation:
    effects: list[CaseloadEffect] = strawberry.field(
        description="The load of every manager and Center that gives or receives."
    )
    violations: list[UserError] = strawberry.field(
        description="Rules the moves would break; each would be refused."
    )
    warnings: list[Warning] = strawberry.field(description="What would want attention afterwards.")
    imbalance_before: float = strawberry.field(
        description=(
            "Spread of managers' weights before: standard deviation divided by mean, over the "
            "Centers touched."
        )
    )
    imbalance_after: float = strawberry.field(description="The same after.")
