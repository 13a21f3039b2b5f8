"""Participations in ISA: their list, and who oversees them."""

from typing import Annotated

import strawberry

from graph import participations as questions
from graph import records
from graph.errors import GraphError
from resolvers import filters
from resolvers.account import primary_of
from resolvers.arguments import (
    After,
    Before,
    First,
    Last,
    Limit,
    MomentArgument,
    PageArguments,
    limited,
    moment_of,
)
from resolvers.connection import open_window, over_time, page
from resolvers.context import Info
from resolvers.issue import links

Participation = strawberry.Parent[records.IsaParticipation]
importer_numbers = over_time(questions.COVERED)


async def participations(
    info: Info,
    filter: Annotated[
        filters.IsaParticipationFilter | None,
        strawberry.argument(description="Only participations that match."),
    ] = None,
    moment: MomentArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """A page of participations, longest pending first, then by account name."""
    context, at = info.context, await moment_of(info, moment)
    wanted = filters.participations(context, filter)
    scope = ["isaParticipations", at.suffix, repr(wanted)]
    window = open_window(context, scope, PageArguments(first, after, last, before))
    found = await questions.participations(context.graph, context.asking, at, wanted, window)
    return page(context, scope, window, found, records.TotalCount(found.total))


async def account(part: Participation, info: Info) -> records.Entity | None:
    """The account."""
    found = await links(part, info)
    return next((link.node for link in found if link.type == "PARTICIPATES_IN"), None)


async def manager(part: Participation, info: Info) -> records.Entity | None:
    """The account's primary manager, who oversees the participation."""
    found = await account(part, info)
    return await primary_of(found, info) if isinstance(found, records.Account) else None


async def notifications(
    part: Participation, info: Info, limit: Limit = 20
) -> list[records.AnnualNotification]:
    """Annual notifications, newest first."""
    return await info.context.notifications.load((part.stored_key, (part.moment, limited(limit))))


Notification = strawberry.Parent[records.AnnualNotification]


async def participation(notification: Notification, info: Info) -> records.Entity:
    """The participation of a notification."""
    key = f"IsaParticipation:{notification.participation_id}"
    found = await info.context.entities.load((key, notification.moment))
    if found is None:
        raise GraphError("A notification names a participation that is not there.")
    return found


async def reviewed_by(notification: Notification, info: Info) -> records.Entity | None:
    """Who reviewed it."""
    if notification.reviewer_id is None:
        return None
    key = f"AccountManager:{notification.reviewer_id}"
    return await info.context.entities.load((key, notification.moment))
