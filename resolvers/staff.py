"""Fields of managers and specialists."""

from typing import Annotated

import strawberry

from graph import records, tariff
from graph import staff as questions
from graph.errors import GraphError
from graph.staff import ManagerFilter
from graph.terms import CenterChangeState
from resolvers.arguments import (
    After,
    Before,
    First,
    Former,
    Last,
    Limit,
    MomentArgument,
    PageArguments,
    limited,
    moment_of,
)
from resolvers.at_hand import at_hand
from resolvers.codes import Centers, Disciplines, center_codes, disciplines_of, filled
from resolvers.connection import connection, current, open_window, over_time, page
from resolvers.context import Info
from resolvers.selection import below

accounts_served = over_time(questions.SERVED)
managers = over_time(questions.MANAGERS)


async def center(
    member: strawberry.Parent[records.StaffMember], info: Info
) -> records.Entity | None:
    """The Center they are a member of."""
    found = await current(member, info, questions.CENTERS)
    return found.node if found else None


async def membership(
    member: strawberry.Parent[records.StaffMember], info: Info
) -> records.Relationship | None:
    """The membership in the Center."""
    found = await current(member, info, questions.CENTERS)
    return found.relationship if found else None


@at_hand(lambda specialist: specialist.parts["discipline"][0].node)
async def discipline(
    specialist: strawberry.Parent[records.Specialist], info: Info
) -> records.Entity:
    """What they practise."""
    found = await current(specialist, info, questions.DISCIPLINES)
    if found is None:  # the write path gives every specialist one
        raise GraphError("A specialist lacks a discipline.")
    return found.node


async def practising(
    discipline: strawberry.Parent[records.Discipline],
    info: Info,
    centers: Centers = None,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Who practises a discipline."""
    return await connection(
        discipline,
        info,
        questions.PRACTISING,
        PageArguments(first, after, last, before),
        former=include_former,
        centers=center_codes(centers),
    )


async def specialists(
    center: strawberry.Parent[records.Center],
    info: Info,
    disciplines: Disciplines = None,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """Specialists who are members of a Center."""
    return await connection(
        center,
        info,
        questions.SPECIALISTS,
        PageArguments(first, after, last, before),
        former=include_former,
        disciplines=disciplines_of(disciplines),
    )


async def scopes(
    thing: strawberry.Parent[records.Center | records.HtsChapter], info: Info
) -> list[records.CenterScope]:
    """Tariff ranges in the scope of a Center, or of a chapter."""
    return await info.context.scopes.load((thing.stored_key, thing.moment))


async def centers_of(
    chapter: strawberry.Parent[records.HtsChapter], info: Info
) -> list[records.Center]:
    """The Centers that handle a chapter or a part of it, the one with most of it first."""
    found = await info.context.scopes.load((chapter.stored_key, chapter.moment))
    if len({scope.center.code for scope in found}) < 2:
        return [scope.center for scope in found[:1]]
    return tariff.by_most(found, await info.context.headings.load(chapter.code))


async def change_requests(
    center: strawberry.Parent[records.Center],
    info: Info,
    states: Annotated[
        list[CenterChangeState] | None, strawberry.argument(description="Only these states.")
    ] = None,
    limit: Limit = 20,
) -> list[records.CenterChangeRequest]:
    """Requests to come to or leave a Center, oldest first."""
    if states is not None:
        filled(states, "states")
    wanted = (None if states is None else tuple(sorted(set(states))), limited(limit))
    return await info.context.requests_of_centers.load((center.stored_key, (center.moment, wanted)))


async def account_managers(
    info: Info,
    centers: Centers = None,
    national: Annotated[
        bool | None,
        strawberry.argument(description="Only national account managers, or only others."),
    ] = None,
    active: Annotated[
        bool | None, strawberry.argument(description="Only active ones, or only former ones.")
    ] = True,
    moment: MomentArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """A page of account managers by name."""
    context, at = info.context, await moment_of(info, moment)
    wanted = ManagerFilter(center_codes(centers), national, active)
    scope = ["accountManagers", at.suffix, repr(wanted)]
    window = open_window(context, scope, PageArguments(first, after, last, before))
    found = await questions.managers(context.graph, context.asking, at, wanted, window)
    total = records.TotalCount(found.total)
    if found.total < 0 and "totalCount" in below(info):
        total = await questions.count_managers(context.graph, context.asking, at, wanted)
    return page(context, scope, window, found, total)
