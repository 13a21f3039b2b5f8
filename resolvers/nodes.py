"""Any object by its global id."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Annotated

import strawberry

from graph import desk, moments, participations, records, risk_policies, segments
from graph.records.moment import Moment
from resolvers.context import Info

Found = (
    records.Entity
    | records.Relationship
    | records.Change
    | records.CenterChangeRequest
    | records.AnnualNotification
    | records.RiskSegment
    | risk_policies.RiskPolicy
    | desk.Own
    | None
)


async def _relationship(info: Info, key: str, moment: Moment) -> Found:
    return await info.context.claims.load((key.partition(":")[2], moment))


async def _change(info: Info, key: str, _moment: Moment) -> Found:
    number = key.partition(":")[2]
    return await info.context.changes.load(int(number)) if number.isdigit() else None


async def _request(info: Info, key: str, moment: Moment) -> Found:
    return await info.context.requests.load((key, moment))


async def _notification(info: Info, key: str, moment: Moment) -> Found:
    context = info.context
    return await participations.notification(context.graph, context.asking, moment, key)


async def _segment(info: Info, key: str, moment: Moment) -> Found:
    context = info.context
    return (await segments.versions(context.graph, context.asking, moment, [key]))[0]


async def _policy(info: Info, key: str, _moment: Moment) -> Found:
    known = await risk_policies.policies(info.context.graph, info.context.asking)
    return next((each for each in known if each.stored_key == key), None)


async def _own(info: Info, key: str, _moment: Moment) -> Found:
    return (await desk.own(info.context.graph, info.context.asking, [key]))[0]


async def _thing(info: Info, key: str, moment: Moment) -> Found:
    return await info.context.entities.load((key, moment))


READERS: dict[str, Callable[[Info, str, Moment], Awaitable[Found]]] = {
    "Relationship": _relationship,
    "Change": _change,
    "CenterChangeRequest": _request,
    "AnnualNotification": _notification,
    "RiskSegment": _segment,
    "RiskPolicy": _policy,
    **dict.fromkeys(desk.KINDS, _own),
}


async def node(
    info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Global id.")]
) -> Found:
    """The object at the moment its id carries; None for what is no id or names nothing."""
    found = moments.parse(id, info.context.now)
    if found is None:
        return None
    key, moment = found
    return await READERS.get(key.partition(":")[0], _thing)(info, key, moment)


async def nodes(
    info: Info,
    ids: Annotated[
        list[strawberry.ID], strawberry.argument(description="Global ids, at most 100.")
    ],
) -> list[Found]:
    """Objects in the order asked, None where there is none."""
    return list(await asyncio.gather(*(node(info, id_) for id_ in ids)))
