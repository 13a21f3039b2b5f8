"""The change log as a stream."""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from typing import Annotated, Any

import strawberry
from strawberry.dataloader import DataLoader

from graph import feed as feeds
from graph import records
from graph.errors import CursorInvalid, TooSlow
from graph.follower import Follower, Sight, Step
from graph.reach import reach
from graph.terms import ChangeEventKind, Permission
from resolvers.arguments import LOG
from resolvers.change import FilterArgument, read
from resolvers.context import Context, Info
from resolvers.selection import below

AfterEvent = Annotated[
    str | None,
    strawberry.argument(
        description=(
            "Cursor of the last event seen; from now on if not given. One older than retention"
            " gives a GAP event first."
        )
    ),
]
CHANGE, GAP = ChangeEventKind.CHANGE, ChangeEventKind.GAP


async def changes(
    info: Info, filter: FilterArgument = None, after: AfterEvent = None
) -> AsyncGenerator[records.ChangeEvent, None]:
    """Every change after a cursor, then as they happen.

    Without a cursor the first event is a heartbeat, whose cursor is where the stream begins.
    Raises Forbidden, BadInput, CursorInvalid or TooSlow.
    """
    context, feed = info.context, feeds.feed(info.context.graph)
    await reach(context.graph, context.asking, Permission.SUBSCRIBE)
    wanted = read(context, filter)
    given = opened(context, after, wanted.accounts or ())
    shown = below(info, "change")
    async with feed.following():
        if given and feed.place.lost(*given):
            await feed.look()  # one's own write may be newer than what was last seen
        place = given or (feed.place.sequence, feed.place.incarnation)
        follower = Follower(context.graph, feed, wanted, *place)
        if given is None:
            yield event(context, follower, Step(ChangeEventKind.HEARTBEAT))
        async with aclosing(_in_reach(context, feed, follower)) as steps:
            async for step in steps:
                if step.kind is not CHANGE:
                    yield event(context, follower, step)
                    continue
                await ahead(context, feed, step.changes, shown)
                for change in step.changes:
                    began = time.monotonic()
                    told = event(context, follower, step, change)
                    yield told
                    if context.stalled() or _slow(feed, change, time.monotonic() - began):
                        raise TooSlow(
                            "The stream was ended: events came faster than they were taken. Go on"
                            " from 'cursor', with a filter if not all are needed.",
                            told.cursor,
                        )


async def _in_reach(
    context: Context, feed: feeds.Feed, follower: Follower
) -> AsyncGenerator[Step, None]:
    """What of each step the viewer may be told, and heartbeats where that is nothing for long."""
    sight = Sight(context.graph, context.asking, Permission.SUBSCRIBE)
    await sight.told(())
    told = time.monotonic()
    while True:
        step = await follower.step()
        if step.kind is CHANGE:
            step = Step(CHANGE, await sight.told(step.changes))
            if not step.changes:
                if time.monotonic() - told < feed.pace.heartbeat:
                    continue
                step = Step(ChangeEventKind.HEARTBEAT)
        told = time.monotonic()
        yield step


def opened(
    context: Context, cursor: str | None, accounts: Sequence[str]
) -> tuple[int, str | None] | None:
    """The place in a cursor of the log, or of the part of one of these accounts.

    Raises CursorInvalid.
    """
    for account in accounts:
        try:
            found = context.seal.open(["account.changes", account], cursor, "after")
        except CursorInvalid:
            continue
        break
    else:
        found = context.seal.open(LOG, cursor, "after")
    return (found[0], found[1] if len(found) > 1 else None) if found else None


def event(
    context: Context, follower: Follower, step: Step, change: records.Change | None = None
) -> records.ChangeEvent:
    """An event of a step; its cursor is where to go on after it."""
    close, log = context.seal.closing(LOG), follower.incarnation
    after = change.sequence if change else follower.sequence
    return records.ChangeEvent(
        kind=step.kind,
        cursor=close((after, log)),
        sent_at=datetime.now(UTC),
        change=change,
        earliest=close((after + 1, log)) if step.kind is GAP else None,
    )


async def ahead(
    context: Context, feed: feeds.Feed, coming: Sequence[records.Change], shown: frozenset[str]
) -> None:
    """Load what these events will show in one statement of each kind, for all streams together."""
    shared = feed.together(context.viewer, context.anew)
    context.renew(shared.now)
    now, things = shared.now, []
    things += [each.subject_key for each in coming] if "subject" in shown else []
    things += [each.account_key for each in coming] if "account" in shown else []
    claims = [each.relationship_id for each in coming] if "relationship" in shown else []
    causes = [each.cause_sequence for each in coming] if "cause" in shown else []
    await asyncio.gather(
        _taken(shared.entities, context.entities, [(key, now) for key in things if key]),
        _taken(shared.claims, context.claims, [(id_, now) for id_ in claims if id_]),
        _taken(shared.changes, context.changes, [number for number in causes if number]),
    )


async def _taken(
    shared: DataLoader[Any, Any], own: DataLoader[Any, Any], keys: Sequence[Any]
) -> None:
    """Let a stream's own loader know what the shared one finds."""
    wanted = list(dict.fromkeys(keys))
    # Shielded: the end of one stream must not take from the others what they wait for as well.
    loads = [asyncio.shield(asyncio.ensure_future(shared.load(key))) for key in wanted]
    found = await asyncio.gather(*loads, return_exceptions=True)
    for key, value in zip(wanted, found, strict=True):
        if not isinstance(value, BaseException):  # else the field asks itself, and tells
            own.prime(key, value)


def _slow(feed: feeds.Feed, change: records.Change, seconds: float) -> bool:
    behind = feed.place.sequence - change.sequence
    return seconds > feed.pace.patience and behind > feed.pace.behind
