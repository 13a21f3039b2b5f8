"""Any object by its global id."""

import asyncio
from typing import Annotated

import strawberry

from graph import desk, moments, records
from resolvers.context import Info

Found = (
    records.Entity
    | records.Relationship
    | records.Change
    | records.CenterChangeRequest
    | desk.Own
    | None
)


async def node(
    info: Info, id: Annotated[strawberry.ID, strawberry.argument(description="Global id.")]
) -> Found:
    """The object at the moment its id carries; None for what is no id or names nothing."""
    found = moments.parse(id, info.context.now)
    if found is None:
        return None
    key, moment = found
    kind, _, business_id = key.partition(":")
    if kind == "Relationship":
        return await info.context.claims.load((business_id, moment))
    if kind == "Change":
        return await info.context.changes.load(int(business_id)) if business_id.isdigit() else None
    if kind == "CenterChangeRequest":
        return await info.context.requests.load((key, moment))
    if kind in desk.KINDS:
        return (await desk.own(info.context.graph, info.context.asking, [key]))[0]
    return await info.context.entities.load((key, moment))


async def nodes(
    info: Info,
    ids: Annotated[
        list[strawberry.ID], strawberry.argument(description="Global ids, at most 100.")
    ],
) -> list[Found]:
    """Objects in the order asked, None where there is none."""
    return list(await asyncio.gather(*(node(info, id_) for id_ in ids)))
