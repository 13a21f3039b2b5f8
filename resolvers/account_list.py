"""Lists of accounts: all of them, a Center's, a manager's, a segment's; and segments."""

from collections.abc import Mapping
from typing import Annotated, Any

import strawberry

from graph import account_lists as questions
from graph import filter_fields, lists, policy, records
from graph import segments as segment_questions
from graph.account_lists import Listing
from graph.account_search import Search, both, demand
from graph.account_search import search as searched
from graph.belonging import MOST_BELONGING, STORED, Belonging
from graph.lists import Found, Window
from graph.records.moment import Moment
from graph.terms import AccountOrder, ManagerRole, Permission
from resolvers.account import with_parts
from resolvers.account_filter import AccountFilter, given
from resolvers.arguments import (
    After,
    Before,
    First,
    Former,
    Last,
    MomentArgument,
    PageArguments,
    moment_of,
)
from resolvers.codes import coded
from resolvers.connection import open_window, page
from resolvers.context import Info
from resolvers.selection import below

Only = Annotated[AccountFilter | None, strawberry.argument(description="Only accounts that match.")]
Order = Annotated[AccountOrder, strawberry.argument(description="Order; ties are broken by id.")]


async def accounts(
    info: Info,
    filter: Annotated[
        AccountFilter | None, strawberry.argument(description="Only accounts that match.")
    ] = None,
    order_by: Order = AccountOrder.NAME_ASC,
    moment: MomentArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """A page of accounts."""
    at = await moment_of(info, moment)
    arguments = PageArguments(first, after, last, before)
    wanted = given(filter)
    search = await _search(info, at, wanted, order_by)
    return await _page(info, at, ["accounts", repr(wanted)], search, order_by, arguments)


async def _search(info: Info, at: Moment, wanted: Mapping[str, Any], order: AccountOrder) -> Search:
    context = info.context
    demand(context.asking, wanted, order)
    kinds = [kind for _, kind in filter_fields.flag_kinds(wanted)]
    await coded(context.terms, "RISK_FLAG_KIND", kinds, "filter.flagKinds")
    return await searched(context.graph, context.asking, at, wanted)


async def _page(
    info: Info,
    at: Moment,
    named: list[str],
    search: Search,
    order: AccountOrder,
    arguments: PageArguments,
) -> records.Page:
    context = info.context
    scope = [*named, at.suffix, order.value]
    window = open_window(context, scope, arguments)
    wanted = Listing(at, search, order, window, "totalCount" in below(info))
    found, total = await context.listings.load(wanted)
    return await with_parts(info, page(context, scope, window, found, total))


async def of_center(
    center: strawberry.Parent[records.Center],
    info: Info,
    filter: Only = None,
    order_by: Order = AccountOrder.NAME_ASC,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Accounts assigned to a Center."""
    arguments = PageArguments(first, after, last, before)
    listed = Listed("center.accounts", filter, order_by, include_former)
    return await _belonging(center, info, listed, arguments)


async def of_manager(
    manager: strawberry.Parent[records.AccountManager],
    info: Info,
    role: Annotated[
        ManagerRole | None, strawberry.argument(description="Only in this role.")
    ] = None,
    filter: Only = None,
    order_by: Order = AccountOrder.NAME_ASC,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Accounts managed."""
    arguments = PageArguments(first, after, last, before)
    listed = Listed("manager.accounts", filter, order_by, include_former, role)
    return await _belonging(manager, info, listed, arguments)


class Listed:
    """Which list of accounts that belong to a thing, and how it is asked for."""

    def __init__(
        self,
        name: str,
        filter: AccountFilter | None,
        order: AccountOrder,
        former: bool,
        role: ManagerRole | None = None,
    ) -> None:
        """Take the arguments of the field."""
        self.name = name
        self.given = given(filter)
        self.order = order
        self.former = former
        self.role = role.value if role else None

    @property
    def scope(self) -> list[str]:
        """What a cursor of it is bound to."""
        return [repr(self.given), self.order.value, str(self.former), str(self.role)]


async def _belonging(
    parent: records.Entity, info: Info, listed: Listed, arguments: PageArguments
) -> records.Page:
    context, at = info.context, parent.moment
    scope = [listed.name, parent.stored_key + at.suffix, *listed.scope]
    window = open_window(context, scope, arguments)
    search = await _search(info, at, listed.given, listed.order)
    if listed.order is AccountOrder.RISK_DESC:
        found = await _riskiest(parent, info, listed, search, window)
    else:
        upwards = listed.order is AccountOrder.NAME_ASC
        slice_ = window if upwards else window.flipped()
        found = await _read(parent, info, listed, search, slice_)
        if not upwards:
            found = Found(found.entries[::-1], found.total)
    return await with_parts(info, page(context, scope, window, found, found.count))


async def _read(
    parent: records.Entity, info: Info, listed: Listed, search: Search, window: Window
) -> Found:
    order = STORED.get(listed.order, "NAME")
    wanted = Belonging(
        parent.stored_key, parent.moment, search, order, window, listed.former, listed.role
    )
    return await info.context.belonging.load(wanted)


async def _riskiest(
    parent: records.Entity, info: Info, listed: Listed, search: Search, window: Window
) -> Found:
    """All of them, sorted by their scores: a Center has thousands, not millions."""
    found = await _read(parent, info, listed, search, Window(MOST_BELONGING))
    ranked = await questions.ranked(info.context.graph, info.context.asking, parent.moment, found)
    return lists.cut(ranked, window)


async def segments(info: Info, moment: MomentArgument = None) -> list[records.RiskSegment]:
    """The risk segments in force at the moment, by precedence."""
    context = info.context
    return await segment_questions.segments(
        context.graph, context.asking, await moment_of(info, moment)
    )


async def segment(
    account: strawberry.Parent[records.Account], info: Info
) -> records.RiskSegment | None:
    """The risk segment an account is in."""
    policy.reaching(info.context.viewer, Permission.READ_RISK)
    return await info.context.segments.load((account.stored_key, account.moment))


async def of_strategy(
    strategy: strawberry.Parent[records.Strategy], info: Info
) -> records.RiskSegment | None:
    """The segment a strategy is for, in the version in force at the moment."""
    context = info.context
    policy.reaching(context.viewer, Permission.READ_RISK)
    if strategy.segment_id is None:
        return None
    inside = await context.in_force.load(strategy.moment)
    return next((each for each in inside if _names(each, strategy.segment_id)), None)


def _names(segment: records.RiskSegment, id_: str) -> bool:
    """Whether a stored id names this version, or another version of the same segment."""
    own = segment.stored_key.partition(":")[2]
    return own == id_ or own.rpartition(".")[0] == id_.rpartition(".")[0]


async def of_segment(
    segment: strawberry.Parent[records.RiskSegment],
    info: Info,
    filter: Annotated[
        AccountFilter | None, strawberry.argument(description="Only accounts that match, too.")
    ] = None,
    order_by: Order = AccountOrder.NAME_ASC,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Accounts in a segment."""
    context, at = info.context, segment.moment
    policy.reaching(context.viewer, Permission.READ_RISK)
    wanted = given(filter)
    search = await _search(info, at, wanted, order_by)
    members = await context.members.load((segment.stored_key, at))
    arguments = PageArguments(first, after, last, before)
    named = ["segment.accounts", segment.stored_key, repr(wanted)]
    return await _page(info, at, named, both(search, members), order_by, arguments)
