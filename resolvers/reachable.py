"""What can be reached from here, by pages."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated, Any

import strawberry

from graph import lists, paging, paths, reaching, records
from graph.again import spelt
from graph.lists import Window
from graph.reaching import DEEPEST, MOST_STARTS, Place, Reached
from graph.records.moment import Moment
from graph.terms import EntityKind
from resolvers.again import REACHABLE, again
from resolvers.arguments import (
    After,
    Before,
    First,
    Last,
    MomentArgument,
    PageArguments,
    limited,
    moment_of,
)
from resolvers.connection import open_window
from resolvers.connections import WalkArgument, prime
from resolvers.context import Context, Info
from resolvers.filters import words
from resolvers.selection import below
from resolvers.walk import several, things_of, walk_of

Starts = Annotated[
    list[strawberry.ID],
    strawberry.argument(name="from", description="Global ids of the starts, at most 20."),
]
Kinds = Annotated[
    list[EntityKind] | None,
    strawberry.argument(
        description="Only things of these kinds are answered; others are still walked through."
    ),
]
Depth = Annotated[int, strawberry.argument(description="Longest path, in relationships; 1 to 10.")]


async def reachable(
    info: Info,
    from_: Starts,
    kinds: Kinds = None,
    walk: WalkArgument = None,
    max_depth: Depth = 4,
    moment: MomentArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.ReachablePage:
    """A page of what can be reached, nearest first."""
    context = info.context
    at = await moment_of(info, moment)
    keys, at = things_of(context, several(from_, MOST_STARTS, "from"), at)
    starts = sorted(set(keys))
    asked = walk_of(context, walk)
    wanted = words(kinds, "kinds")
    limited(max_depth, DEEPEST, "maxDepth")
    question: dict[str, Any] = {"from": spelt(starts), "maxDepth": max_depth}
    question |= {} if wanted is None else {"kinds": list(wanted)}
    reproduction = again(REACHABLE, asked, at, **question)
    scope = ["reachable", at.suffix, json.dumps([question, reproduction.variables["walk"]])]
    window = open_window(context, scope, PageArguments(first, after, last, before))
    answered = None if wanted is None else [EntityKind(kind) for kind in wanted]
    found = await reaching.reachable(
        context.graph, context.asking, at, asked, starts, answered, max_depth
    )
    places, following, preceding = paging.trim(lists.cut(found.places, window).entries, window)
    edges = await _edges(info, found, places, context.seal.closing(scope), at)
    same = _same_page(context, scope, window, at)
    return records.ReachablePage(
        edges,
        following,
        preceding,
        found.total,
        found.completeness,
        at,
        replace(reproduction, variables={**reproduction.variables, **same}),
    )


Closing = Callable[[tuple[Any, ...]], str]


async def _edges(
    info: Info, found: Reached, places: Sequence[Place], seal: Closing, at: Moment
) -> list[records.Edge]:
    """The things of a page; with the paths, if they are wanted, the things come along."""
    context = info.context
    if "path" not in below(info, "edges"):
        nodes = await context.entities.load_many([(place.key, at) for place in places])
        return [
            records.ReachableEdge(seal, place.sort, node, distance=place.distance)
            for node, place in zip(nodes, places, strict=True)
            if node
        ]
    ways = [found.spread.steps(place.key) for place in places]
    steps = [step for way in ways for step in way]
    told = await paths.told(context.graph, context.asking, at, steps)
    whole = [paths.path(way, told) for way in ways]
    prime(context, whole)
    return [
        records.ReachableEdge(seal, place.sort, path.end, distance=path.length, path=path)
        for place, path in zip(places, whole, strict=True)
    ]


def _same_page(
    context: Context, scope: Sequence[str], window: Window, at: Moment
) -> dict[str, int | str]:
    """Page arguments that give this page again where the moment is explicit."""
    explicit = Moment.given(at.as_of, at.known_at, at).suffix
    where = [scope[0], explicit, *scope[2:]]
    size: dict[str, int | str] = {"last" if window.backward else "first": window.size}
    ends = {"after": window.after, "before": window.before}
    return size | {name: context.seal.closing(where)(sort) for name, sort in ends.items() if sort}
