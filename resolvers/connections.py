"""How things are connected: paths between two, what can be reached, and a part to draw."""

from typing import Annotated

import strawberry

from graph import connections, records
from graph.connections import LONGEST, MOST_PATHS, Wanted
from graph.errors import BadInput
from resolvers.again import SHORTEST_PATHS, again, spelt
from resolvers.arguments import MomentArgument, limited, moment_of
from resolvers.context import Info
from resolvers.walk import WalkInput, things_of, walk_of

WalkArgument = Annotated[
    WalkInput | None, strawberry.argument(description="Which relationships may be walked.")
]


async def shortest_paths(
    info: Info,
    from_: Annotated[
        strawberry.ID, strawberry.argument(name="from", description="Global id of the start.")
    ],
    to: Annotated[strawberry.ID, strawberry.argument(description="Global id of the end.")],
    walk: WalkArgument = None,
    max_length: Annotated[
        int, strawberry.argument(description="Longest path, in relationships; 1 to 10.")
    ] = 6,
    longer: Annotated[
        bool,
        strawberry.argument(description="Also paths longer than the shortest, up to `maxLength`."),
    ] = False,
    limit: Annotated[int, strawberry.argument(description="Most paths; 1 to 100.")] = 10,
    moment: MomentArgument = None,
) -> records.PathAnswer:
    """The shortest paths between two things, and longer ones if asked for."""
    context = info.context
    at = moment_of(info, moment)
    (start, end), at = things_of(context, [("from", from_), ("to", to)], at)
    if start == end:
        raise BadInput("Arguments 'from' and 'to' are the same thing. Give two.")
    wanted = Wanted(
        start, end, limited(max_length, LONGEST, "maxLength"), longer, limited(limit, MOST_PATHS)
    )
    asked = walk_of(context, walk)
    [spelt_start, spelt_end] = spelt([start, end])
    reproduction = again(
        SHORTEST_PATHS,
        asked,
        at,
        to=spelt_end,
        maxLength=max_length,
        longer=longer,
        limit=limit,
        **{"from": spelt_start},
    )
    return await connections.shortest_paths(
        context.graph, context.asking, at, asked, wanted, reproduction
    )
