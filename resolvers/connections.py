"""How things are connected: paths between two, what can be reached, and a part to draw."""

from collections.abc import Iterable
from typing import Annotated

import strawberry

from graph import connections, neighborhoods, records
from graph.again import spelt
from graph.connections import LONGEST, MOST_PATHS, Wanted
from graph.errors import BadInput
from resolvers.again import NEIGHBORHOOD, SHORTEST_PATHS, again
from resolvers.arguments import MomentArgument, limited, moment_of
from resolvers.context import Context, Info
from resolvers.selection import below
from resolvers.walk import WalkInput, several, things_of, walk_of

WalkArgument = Annotated[
    WalkInput | None, strawberry.argument(description="Which relationships may be walked.")
]
Around = Annotated[
    list[strawberry.ID],
    strawberry.argument(description="Global ids in the middle, at most 100."),
]
Depth = Annotated[
    int,
    strawberry.argument(
        description="How far to go, in relationships; 0 to 4. 0 gives only the relationships among"
        " `around`."
    ),
]
Among = Annotated[
    list[strawberry.ID] | None,
    strawberry.argument(
        description="Only these things beside `around`: what the canvas already shows."
    ),
]
MostNodes = Annotated[
    int,
    strawberry.argument(
        description="Most nodes; 1 to 1000. Nearest first, then by fewest relationships."
    ),
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
    at = await moment_of(info, moment)
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
    found = await connections.shortest_paths(
        context.graph, context.asking, at, asked, wanted, reproduction
    )
    prime(context, found.paths)
    return found


def prime(context: Context, paths: Iterable[records.Path]) -> None:
    """The things on paths are known: the ends of their relationships are not read again."""
    for path in paths:
        for thing in (path.start, *(hop.to for hop in path.hops)):
            context.entities.prime((thing.stored_key, thing.moment), thing)


async def neighborhood(
    info: Info,
    around: Around,
    depth: Depth = 1,
    walk: WalkArgument = None,
    among: Among = None,
    limit: MostNodes = 100,
    moment: MomentArgument = None,
) -> records.Neighborhood:
    """Things around some, and the relationships among them."""
    context = info.context
    at = await moment_of(info, moment)
    if not 0 <= depth <= neighborhoods.DEEPEST:
        raise BadInput(f"Argument 'depth' must be between 0 and {neighborhoods.DEEPEST}.")
    limited(limit, neighborhoods.MOST_THINGS)
    given = several(around, neighborhoods.MOST_AROUND, "around")
    beside = None if among is None else several(among, neighborhoods.MOST_AROUND, "among")
    keys, at = things_of(context, [*given, *(beside or ())], at)
    middle = tuple(sorted(set(keys[: len(given)])))
    others = None if beside is None else tuple(sorted(set(keys[len(given) :])))
    wanted = neighborhoods.Wanted(middle, depth, limit, others, "hidden" in below(info, "nodes"))
    asked = walk_of(context, walk)
    more = {} if others is None else {"among": spelt(others)}
    reproduction = again(
        NEIGHBORHOOD, asked, at, around=spelt(middle), depth=depth, limit=limit, **more
    )
    found = await neighborhoods.neighborhood(
        context.graph, context.asking, at, asked, wanted, reproduction
    )
    for node in found.nodes:  # the ends of the relationships are among them
        context.entities.prime((node.entity.stored_key, at), node.entity)
    return found
