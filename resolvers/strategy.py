"""Strategies: their lists, and who carries them out."""

from typing import Annotated

import strawberry

from graph import issues as questions
from graph import records
from graph.errors import GraphError
from graph.lists import Wanted, Window
from graph.terms import StrategyStatus
from resolvers.arguments import Limit, MomentArgument, limited, moment_of
from resolvers.codes import disciplines_of
from resolvers.connection import at_moment
from resolvers.context import Info
from resolvers.filters import words
from resolvers.issue import links

Strategy = strawberry.Parent[records.Strategy]
Statuses = Annotated[
    list[StrategyStatus] | None, strawberry.argument(description="Only these states.")
]
accounts = at_moment(questions.ACCOUNTS)


async def strategies(
    info: Info,
    statuses: Statuses = None,
    disciplines: Annotated[
        list[str] | None,
        strawberry.argument(
            description="Only strategies that involve one of these disciplines, by code."
        ),
    ] = None,
    moment: MomentArgument = None,
    limit: Limit = 20,
) -> list[records.Entity]:
    """Strategies, soonest review first."""
    context = info.context
    return await questions.strategies(
        context.graph,
        context.asking,
        await moment_of(info, moment),
        words(statuses, "statuses"),
        disciplines_of(disciplines),
        limited(limit),
    )


async def of_account(
    account: strawberry.Parent[records.Account],
    info: Info,
    statuses: Statuses = None,
    limit: Limit = 20,
) -> list[records.Entity]:
    """Strategies that concern an account, soonest review first."""
    most = limited(limit)
    wanted = Wanted(
        questions.STRATEGIES.name,
        account.moment,
        Window(most),
        filters=(("statuses", words(statuses, "statuses")),),
    )
    found = await info.context.page(questions.STRATEGIES, account.stored_key, wanted)
    return [entry.node for entry in found.entries[:most]]


async def leader(strategy: Strategy, info: Info) -> records.Entity | None:
    """Who leads it."""
    found = await links(strategy, info)
    return next(
        (
            link.node
            for link in found
            if link.part == "LEAD" and isinstance(link.node, records.AccountManager)
        ),
        None,
    )


async def disciplines(strategy: Strategy, info: Info) -> list[records.Entity]:
    """Disciplines involved."""
    found = await links(strategy, info)
    return [link.node for link in found if isinstance(link.node, records.Discipline)]


def measures(strategy: Strategy) -> list[records.StrategyMeasure]:
    """What is to be done, in order; what was done on a later day is not done yet."""
    return strategy.measures


async def discipline(
    measure: strawberry.Parent[records.StrategyMeasure], info: Info
) -> records.Entity:
    """By which discipline a measure is done."""
    key = f"Discipline:{measure.discipline_code}"
    found = await info.context.entities.load((key, measure.moment))
    if found is None:
        raise GraphError("A measure names a discipline that is not there.")
    return found
