"""Issues: their lists, and what each is about."""

from collections.abc import Callable
from typing import Annotated

import strawberry

from graph import issues as questions
from graph import policy, records
from graph.errors import BadInput
from graph.issues import OPEN, Link
from graph.lists import ListQuestion
from graph.terms import IssueStatus, Permission
from resolvers import filters
from resolvers.arguments import (
    After,
    Before,
    First,
    Last,
    MomentArgument,
    PageArguments,
    moment_of,
)
from resolvers.codes import coded
from resolvers.connection import at_moment, connection, open_window, page
from resolvers.context import Info
from resolvers.relationship import term
from resolvers.selection import below

Issue = strawberry.Parent[records.Issue]
Statuses = Annotated[
    list[IssueStatus] | None,
    strawberry.argument(description="Only these states; the open ones if not given."),
]
of_strategy = at_moment(questions.OF_STRATEGY)


async def issues(
    info: Info,
    filter: Annotated[
        filters.IssueFilter | None, strawberry.argument(description="Only issues that match.")
    ] = None,
    moment: MomentArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """A page of issues, soonest due first."""
    context, at = info.context, await moment_of(info, moment)
    wanted = filters.issues(context, filter)
    argument = "filter.priorityTradeIssues"
    await coded(context.terms, "PRIORITY_TRADE_ISSUE", wanted.priorities, argument)
    scope = ["issues", at.suffix, repr(wanted)]
    window = open_window(context, scope, PageArguments(first, after, last, before))
    found = await questions.issues(context.graph, context.asking, at, wanted, window)
    total = records.TotalCount(found.total)
    if found.total < 0 and "totalCount" in below(info):
        total = await questions.count(context.graph, context.asking, at, wanted)
    return page(context, scope, window, found, total)


def listed(question: ListQuestion) -> Callable[..., object]:
    """The resolver of a list of issues that hangs on a thing: the open ones if nobody asks else."""

    async def entries(
        parent: strawberry.Parent[records.Entity],
        info: Info,
        statuses: Statuses = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> records.Page:
        if statuses is not None and not statuses:
            raise BadInput("Argument 'statuses' is empty: leave it out for the open ones.")
        wanted = OPEN if statuses is None else tuple(sorted(set(statuses)))
        arguments = PageArguments(first, after, last, before)
        return await connection(parent, info, question, arguments, statuses=wanted)

    return entries


of_account = listed(questions.OF_ACCOUNT)
of_specialist = listed(questions.OF_SPECIALIST)
of_discipline = listed(questions.OF_DISCIPLINE)


async def links(thing: records.Entity, info: Info) -> list[Link]:
    """What a thing is about and who handles it."""
    return await info.context.links.load((thing.stored_key, thing.moment))


async def account(issue: Issue, info: Info) -> records.Entity | None:
    """The account."""
    return next((each for each in await _about(issue, info) if _is_account(each)), None)


async def concerns(issue: Issue, info: Info) -> list[records.Entity]:
    """Numbers, codes and parties it concerns, and accounts beside the first one."""
    found = await _about(issue, info)
    first = next((each for each in found if _is_account(each)), None)
    return [each for each in found if each is not first]


async def _about(issue: records.Issue, info: Info) -> list[records.Entity]:
    return [link.node for link in await links(issue, info) if link.type == "CONCERNS"]


def _is_account(thing: records.Entity) -> bool:
    return isinstance(thing, records.Account)


async def lead_discipline(issue: Issue, info: Info) -> records.Entity | None:
    """The discipline that owns it."""
    return next(iter(await _disciplines(issue, info, "LEAD")), None)


async def other_disciplines(issue: Issue, info: Info) -> list[records.Entity]:
    """Other disciplines involved."""
    return await _disciplines(issue, info, "INVOLVED")


async def _disciplines(thing: records.Entity, info: Info, part: str) -> list[records.Entity]:
    return [
        link.node
        for link in await links(thing, info)
        if link.part == part and isinstance(link.node, records.Discipline)
    ]


async def handler(issue: Issue, info: Info) -> records.Entity | None:
    """Who handles it."""
    found = await links(issue, info)
    return next((link.node for link in found if link.part == "HANDLER"), None)


async def strategies(issue: Issue, info: Info) -> list[records.Entity]:
    """Strategies that address it."""
    return [link.node for link in await links(issue, info) if link.type == "ADDRESSES"]


async def flags(issue: Issue, info: Info) -> list[records.Entity] | None:
    """Flags it is about."""
    policy.reaching(info.context.viewer, Permission.READ_RISK)
    wanted = [(f"RiskFlag:{id_}", issue.moment) for id_ in issue.flag_ids]
    return [flag for flag in await info.context.entities.load_many(wanted) if flag]


async def priorities(
    thing: strawberry.Parent[records.Issue | records.RiskFlag], info: Info
) -> list[records.Term]:
    """Priority trade issues it falls under."""
    codes = thing.priority_trade_issue_codes
    found = [await term(info, "PRIORITY_TRADE_ISSUE", code) for code in codes]
    return [each for each in found if each]


async def subject(flag: strawberry.Parent[records.RiskFlag], info: Info) -> records.Entity | None:
    """What a flag is about."""
    return next((link.node for link in await links(flag, info) if link.type == "FLAGS"), None)
