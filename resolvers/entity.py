"""Fields that all things have."""

from typing import Annotated

import strawberry

from graph import entities, policy, records
from graph.lists import Wanted, Window
from graph.terms import Direction, Permission, RelationshipType
from resolvers.arguments import After, Before, First, Former, Last, PageArguments
from resolvers.connection import connection
from resolvers.context import Info


async def degrees(
    entity: strawberry.Parent[records.Entity], info: Info
) -> list[records.Degree] | None:
    """How many relationships of each type and direction; None on a redacted node."""
    if isinstance(entity, records.RedactedNode):
        return None
    return await info.context.degrees.load((entity.stored_key, entity.moment))


async def relationships(
    entity: strawberry.Parent[records.Entity],
    info: Info,
    types: Annotated[
        list[RelationshipType] | None, strawberry.argument(description="Only these types.")
    ] = None,
    direction: Annotated[
        Direction,
        strawberry.argument(description="Only those that leave it (OUT) or reach it (IN)."),
    ] = Direction.EITHER,
    include_former: Former = False,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page | None:
    """Relationships of any type, newest first; None on a redacted node."""
    if isinstance(entity, records.RedactedNode):
        return None
    page = await connection(
        entity,
        info,
        entities.RELATIONSHIPS,
        PageArguments(first, after, last, before),
        former=include_former,
        types=None if types is None else tuple(type_.value for type_ in types),
        direction=direction.value,
    )
    edges = [
        records.Edge(edge.seal, edge.sort, edge.relationship)
        for edge in page.edges
        if edge.relationship
    ]
    return records.Page(edges, page.has_next_page, page.has_previous_page, page.total_count)


async def flags(
    subject: strawberry.Parent[records.Entity],
    info: Info,
    include_resolved: Annotated[
        bool, strawberry.argument(description="Also resolved ones.")
    ] = False,
) -> list[records.Entity] | None:
    """Open risk flags, most severe first; at most 100."""
    policy.reaching(info.context.viewer, Permission.READ_RISK)
    if "flags" in subject.parts and not include_resolved:
        return [entry.node for entry in subject.parts["flags"][:100]]
    wanted = Wanted(
        entities.FLAGS.name,
        subject.moment,
        Window(100),
        former=include_resolved,
        filters=(("resolved", include_resolved),),
    )
    found = await info.context.page(entities.FLAGS, subject.stored_key, wanted)
    return [entry.node for entry in found.entries[:100]]
