"""Fields of managers and specialists."""

import strawberry

from graph import records
from graph import staff as questions
from graph.errors import GraphError
from resolvers.connection import current
from resolvers.context import Info


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


async def discipline(
    specialist: strawberry.Parent[records.Specialist], info: Info
) -> records.Entity:
    """What they practise."""
    found = await current(specialist, info, questions.DISCIPLINES)
    if found is None:  # the write path gives every specialist one
        raise GraphError("A specialist lacks a discipline.")
    return found.node
