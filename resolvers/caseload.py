"""The load of managers and Centers, what is due for them, and what moving accounts would do."""

from collections.abc import Set
from datetime import date
from typing import Annotated

import strawberry

from graph import policy, records
from graph.agenda import AHEAD
from graph.errors import BadInput
from graph.terms import AgendaKind, Permission
from resolvers.arguments import Limit, limited
from resolvers.context import Info
from resolvers.selection import below

FIGURES = {"entrySummaries", "postEntryActions", "enteredValue"}


def parts(info: Info, names: Set[str]) -> frozenset[str]:
    """What beside plain counts is to be counted for these fields, as far as the viewer may know."""
    asking = policy.reaching(info.context.viewer)
    allowed = asking.permissions
    found = set()
    if names & FIGURES and Permission.READ_PERFORMANCE in allowed:
        found.add("figures")
    if "highRisk" in names and Permission.READ_RISK in allowed:
        found.add("risk")
    return frozenset(found)


async def caseload(
    of: strawberry.Parent[records.AccountManager | records.Center], info: Info
) -> records.Caseload:
    """The load of a manager or a Center."""
    wanted = parts(info, below(info))
    return await info.context.caseloads.load((of.stored_key, (of.moment, wanted)))


Load = strawberry.Parent[records.Caseload]


def high_risk(load: Load, info: Info) -> int | None:
    """Accounts rated HIGH or CRITICAL."""
    policy.reaching(info.context.viewer, Permission.READ_RISK)
    return load.high_risk_count


def entry_summaries(load: Load, info: Info) -> int | None:
    """Entry summaries."""
    policy.reaching(info.context.viewer, Permission.READ_PERFORMANCE)
    return load.entry_summary_count


def post_entry_actions(load: Load, info: Info) -> int | None:
    """Corrections, protests, CBP Forms 28 and 29."""
    policy.reaching(info.context.viewer, Permission.READ_PERFORMANCE)
    return load.post_entry_count


def entered_value(load: Load, info: Info) -> records.Money | None:
    """Entered value."""
    policy.reaching(info.context.viewer, Permission.READ_PERFORMANCE)
    return load.value


async def agenda(
    of: strawberry.Parent[records.Entity],
    info: Info,
    due_by: Annotated[
        date | None,
        strawberry.argument(
            description="Only what is due by this day; 90 days after the moment if not given."
        ),
    ] = None,
    kinds: Annotated[
        list[AgendaKind] | None, strawberry.argument(description="Only these kinds.")
    ] = None,
    limit: Limit = 20,
) -> list[records.AgendaItem]:
    """What is due, soonest first."""
    if kinds is not None and not kinds:
        raise BadInput("Argument 'kinds' is empty: leave it out for all kinds.")
    wanted = tuple(sorted(set(kinds if kinds is not None else AgendaKind)))
    day = due_by or of.moment.as_of + AHEAD
    asked = (of.moment, day, wanted, limited(limit))
    return await info.context.agendas.load((of.stored_key, asked))
