"""Search: one box for names, codes and whole numbers."""

import asyncio
from collections.abc import Awaitable
from typing import Annotated

import strawberry

from graph import lists, paging, records
from graph import search as questions
from graph.errors import BadInput
from graph.records.moment import Moment
from graph.search import LABELS
from graph.terms import CountRelation, EntityKind
from resolvers.account import parts_below
from resolvers.arguments import (
    After,
    Before,
    First,
    Last,
    MomentArgument,
    PageArguments,
    moment_of,
)
from resolvers.connection import open_window
from resolvers.context import Info

LONGEST = 200


async def search(
    info: Info,
    text: Annotated[
        str,
        strawberry.argument(
            description="Words of a name or alias, a whole importer number, a filer code, a"
            " Center or discipline name, an issue title; at most 200 characters."
        ),
    ],
    kinds: Annotated[
        list[EntityKind] | None, strawberry.argument(description="Only these kinds.")
    ] = None,
    moment: MomentArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """A page of what the text names, best first."""
    context, at = info.context, await moment_of(info, moment)
    if len(text) > LONGEST:
        raise BadInput(f"Argument 'text' must have at most {LONGEST} characters.")
    scope = ["search", at.suffix, text, repr(_kinds(kinds))]
    if questions.looks_up(text):
        await context.looks_up()
    window = open_window(context, scope, PageArguments(first, after, last, before))
    found = await questions.search(context.graph, context.asking, at, context.key, text, kinds)
    hits, following, preceding = paging.trim(lists.cut(found.hits, window).entries, window)
    nodes = await _things(info, at, [hit.key for hit in hits])
    seal = context.seal.closing(scope)
    edges: list[records.Edge] = [
        records.SearchEdge(seal, hit.sort, node, score=hit.score, matched=hit.matched)
        for hit, node in zip(hits, nodes, strict=True)
        if node
    ]
    relation = CountRelation.EXACT if found.complete else CountRelation.AT_LEAST
    total = records.TotalCount(len(found.hits), relation)
    return records.Page(edges, following, preceding, total)


async def _things(info: Info, at: Moment, keys: list[str]) -> list[records.Entity | None]:
    """What these keys name; accounts with what is selected below them."""
    context, parts = info.context, parts_below(info, "edges", "node") | parts_below(info, "nodes")
    loading: list[Awaitable[records.Entity | None]] = [
        context.accounts.load((key, (at, parts)))
        if parts and key.startswith("Account:")
        else context.entities.load((key, at))
        for key in keys
    ]
    return list(await asyncio.gather(*loading))


def _kinds(kinds: list[EntityKind] | None) -> list[str] | None:
    if kinds is None:
        return None
    if unknown := [kind for kind in kinds if kind not in LABELS]:
        raise BadInput(
            f"Argument 'kinds' holds {unknown[0].value}, which has no text to be found by. Give"
            f" some of {', '.join(kind.value for kind in LABELS)}."
        )
    return sorted({kind.value for kind in kinds})
