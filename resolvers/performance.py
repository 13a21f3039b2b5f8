"""The performance of an account, and why it is at its Center."""

from typing import Annotated, Any

import strawberry

from graph import accounts, center_evidence, figures, policy, records
from graph import peers as peer_questions
from graph import performance as questions
from graph.records.moment import Moment
from graph.roles import Part
from graph.terms import PerformanceDimension, PeriodLength, Permission
from resolvers.account_filter import DateRange
from resolvers.arguments import Limit, limited
from resolvers.connection import current
from resolvers.context import Info
from resolvers.filters import none
from resolvers.relationship import term

Range = Annotated[
    DateRange | None,
    strawberry.argument(description="Days counted; the last 12 whole months if not given."),
]
Of = strawberry.Parent[records.AccountPerformance]
Period = strawberry.Parent[records.PerformancePeriod]


def _span(over: DateRange | None, moment: Moment) -> questions.Over:
    if over is None:
        return questions.span(None, None, moment)
    return questions.span(none(over.from_), none(over.to), moment)


async def performance(
    account: strawberry.Parent[records.Account], info: Info, over: Range = None
) -> records.AccountPerformance | None:
    """The performance of an account over some time."""
    policy.reaching(info.context.viewer, Permission.READ_PERFORMANCE)
    span = _span(over, account.moment)
    return await info.context.performances.load((account.stored_key, (account.moment, span)))


async def center_explanation(
    account: strawberry.Parent[records.Account], info: Info, over: Range = None
) -> records.CenterExplanation | None:
    """Why this Center."""
    context = info.context
    policy.reaching(context.viewer, Permission.READ_PERFORMANCE)
    span = _span(over, account.moment)
    found = await context.performances.load((account.stored_key, (account.moment, span)))
    assigned = await current(account, info, accounts.CENTERS)
    return await center_evidence.explanation(
        context.graph, context.asking, account.moment, span, found, assigned
    )


def total(of: Of) -> records.PerformancePeriod:
    """The whole time in one."""
    return figures.total(of)


def trend(
    of: Of,
    step: Annotated[
        PeriodLength, strawberry.argument(description="Length of a step.")
    ] = PeriodLength.MONTH,
) -> list[records.PerformancePeriod]:
    """The time in steps, oldest first."""
    return figures.trend(of, step)


def breakdown(
    of: Of,
    info: Info,
    by: Annotated[PerformanceDimension, strawberry.argument(description="The dimension.")],
    limit: Limit = 20,
) -> list[records.PerformancePeriod]:
    """The whole time by one dimension, largest entered value first."""
    return figures.breakdown(of, by, limited(limit), money=_money(info))


async def peers(of: Of, info: Info) -> int:
    """How many peers it has."""
    return len(await _among(of, info))


async def comparison(of: Of, info: Info) -> list[records.MetricComparison] | None:
    """The account beside its peers."""
    return peer_questions.comparison(of, await _among(of, info), money=_money(info))


def _money(info: Info) -> bool:
    """Whether the caller may know of money."""
    return Part.MONEY not in info.context.asking.lacks


async def _among(of: records.AccountPerformance, info: Info) -> list[Any]:
    return await info.context.peers.load((of.stored_key, (of.moment, of.from_, of.to)))


async def _thing(
    period: records.PerformancePeriod, info: Info, key: str | None
) -> records.Entity | None:
    return await info.context.entities.load((key, period.moment)) if key else None


async def chapter(period: Period, info: Info) -> records.Entity | None:
    """The chapter, in a breakdown by chapter."""
    code = period.chapter_code
    return await _thing(period, info, code and f"HtsChapter:{code}")


async def port(period: Period, info: Info) -> records.Entity | None:
    """The port, in a breakdown by port."""
    return await _thing(period, info, period.port_code and f"Port:{period.port_code}")


async def importer_number(period: Period, info: Info) -> records.Entity | None:
    """The importer number, in a breakdown by number."""
    return await _thing(period, info, period.number_id and f"ImporterNumber:{period.number_id}")


async def filer_code(period: Period, info: Info) -> records.Entity | None:
    """The filer code, in a breakdown by filer."""
    return await _thing(period, info, period.filer and f"FilerCode:{period.filer}")


async def origin(period: Period, info: Info) -> records.Term | None:
    """The country of origin, in a breakdown by origin."""
    return await term(info, "COUNTRY", period.origin_code)


async def discrepancy(
    count: strawberry.Parent[records.DiscrepancyCount], info: Info
) -> records.Term:
    """The type of discrepancy."""
    found = await term(info, "DISCREPANCY", count.code)
    assert found
    return found
