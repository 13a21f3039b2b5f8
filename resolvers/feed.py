"""The change log as a stream."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Annotated

import strawberry

from graph import changes as log
from graph import policy, records
from graph.lists import Window
from graph.terms import ChangeEventKind, Permission
from resolvers.arguments import LOG
from resolvers.change import FilterArgument, read
from resolvers.context import Info

AGAIN = 0.25
AfterEvent = Annotated[
    str | None,
    strawberry.argument(
        description=(
            "Cursor of the last event seen; from now on if not given. One older than retention"
            " gives a GAP event first."
        )
    ),
]


async def changes(
    info: Info, filter: FilterArgument = None, after: AfterEvent = None
) -> AsyncGenerator[records.ChangeEvent, None]:
    """Every change after a cursor, then as they happen."""
    context = info.context
    policy.require(context.viewer, Permission.SUBSCRIBE)
    wanted = read(context, filter)
    place, close = context.seal.open(LOG, after, "after"), context.seal.closing(LOG)
    if place is None:
        place = ((await log.place(context.graph)).sequence,)
        yield _event(ChangeEventKind.HEARTBEAT, close(place))
    while True:
        for change in await log.page(context.graph, context.asking, wanted, Window(100, place)):
            place = change.sort
            yield _event(ChangeEventKind.CHANGE, close(place), change)
        await asyncio.sleep(AGAIN)


def _event(
    kind: ChangeEventKind, cursor: str, change: records.Change | None = None
) -> records.ChangeEvent:
    return records.ChangeEvent(kind=kind, cursor=cursor, sent_at=datetime.now(UTC), change=change)
