"""Inputs that say which of many, and how they are read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import strawberry

from graph.errors import BadInput
from graph.issues import IssueFilter as Issues
from graph.participations import ParticipationFilter as Participations
from graph.terms import IsaStatus, IssuePurpose, IssueStatus
from resolvers.arguments import key_of
from resolvers.codes import center_codes, disciplines_of, filled
from resolvers.context import Context

STAFF = ("AccountManager", "Specialist")


def given(description: str) -> Any:
    """A field that may be left out."""
    return strawberry.field(default=strawberry.UNSET, description=description)


@strawberry.input(
    description="Issues that match: all given fields must hold; of a list, any one element."
)
class IssueFilter:
    """Which issues."""

    account_ids: list[strawberry.ID] | None = given("Account, by global id.")
    manager_ids: list[strawberry.ID] | None = given("Primary manager of the account, by global id.")
    centers: list[str] | None = given("Center of the account, by code or name.")
    disciplines: list[str] | None = given("Owning or involved discipline, by code.")
    handler_ids: list[strawberry.ID] | None = given("Handler, by global id.")
    purposes: list[IssuePurpose] | None = given("What it asks for.")
    statuses: list[IssueStatus] | None = given("Status.")
    overdue: bool | None = given("Past due and not closed, or not.")
    priority_trade_issues: list[str] | None = given(
        "Priority trade issue (vocabulary PRIORITY_TRADE_ISSUE)."
    )


@strawberry.input(
    description=(
        "Participations in ISA that match: all given fields must hold; of a list, any one element."
    )
)
class IsaParticipationFilter:
    """Which participations in ISA."""

    statuses: list[IsaStatus] | None = given("Status.")
    centers: list[str] | None = given("Center of the account, by code or name.")
    manager_ids: list[strawberry.ID] | None = given("Primary manager of the account, by global id.")
    pending_longer_than_days: int | None = given(
        "Waiting for a manager for more than this many days."
    )
    notification_due_before: date | None = given("Next annual notification due before this day.")


def issues(context: Context, wanted: IssueFilter | None) -> Issues:
    """The filter with keys and codes. Raises BadInput, which names the field."""
    if wanted is None:
        return Issues()
    return Issues(
        accounts=keys(context, wanted.account_ids, "filter.accountIds", ("Account",)),
        managers=keys(context, wanted.manager_ids, "filter.managerIds", ("AccountManager",)),
        centers=center_codes(none(wanted.centers), "filter.centers"),
        disciplines=disciplines_of(none(wanted.disciplines), "filter.disciplines"),
        handlers=keys(context, wanted.handler_ids, "filter.handlerIds", STAFF),
        purposes=words(wanted.purposes, "filter.purposes"),
        statuses=words(wanted.statuses, "filter.statuses"),
        overdue=none(wanted.overdue),
        priorities=words(wanted.priority_trade_issues, "filter.priorityTradeIssues"),
    )


def participations(context: Context, wanted: IsaParticipationFilter | None) -> Participations:
    """The filter with keys and codes. Raises BadInput, which names the field."""
    if wanted is None:
        return Participations()
    days = none(wanted.pending_longer_than_days)
    if days is not None and not 0 <= days <= 36_500:
        raise BadInput("Field 'filter.pendingLongerThanDays' must be between 0 and 36500.")
    return Participations(
        statuses=words(wanted.statuses, "filter.statuses"),
        centers=center_codes(none(wanted.centers), "filter.centers"),
        managers=keys(context, wanted.manager_ids, "filter.managerIds", ("AccountManager",)),
        pending_longer_than=days,
        due_before=none(wanted.notification_due_before),
    )


def none(value: Any) -> Any:
    """A value, or None where nothing was given."""
    return None if value is strawberry.UNSET else value


def words(values: Sequence[str] | None, argument: str) -> tuple[str, ...] | None:
    """The distinct words of a list. Raises BadInput for an empty one."""
    if none(values) is None:
        return None
    assert values is not None
    filled(values, argument)
    return tuple(sorted({str(value) for value in values}))


def keys(
    context: Context, values: Sequence[str] | None, argument: str, kinds: tuple[str, ...] | None
) -> tuple[str, ...] | None:
    """The stored keys behind global ids. Raises BadInput, which names the argument."""
    if none(values) is None:
        return None
    assert values is not None
    filled(values, argument)
    return tuple(
        sorted({key_of(context, value, kinds, argument, context.now)[0] for value in values})
    )
