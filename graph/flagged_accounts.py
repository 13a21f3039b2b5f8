"""Accounts with flags of some kinds, for filters: found from the flags, where these are few."""

import asyncio
from collections.abc import Collection

from graph.conditions import FEW
from graph.looking_back import changed_since
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph


async def flagged_accounts(
    graph: Graph, moment: Moment, wanted: Collection[frozenset[str]]
) -> dict[frozenset[str], tuple[str, ...]]:
    """By the kinds asked for: the accounts with such a flag, as their filter means it.

    Kinds that more than FEW accounts have are left out, and all where flags said otherwise then.
    One statement each.
    """
    if wanted and await changed_since(graph, moment):
        return {}
    asked = sorted(wanted, key=sorted)
    found = await asyncio.gather(*(_flagged(graph, moment, kinds) for kinds in asked))
    return {kinds: keys for kinds, keys in zip(asked, found, strict=True) if len(keys) <= FEW}


async def _flagged(graph: Graph, moment: Moment, kinds: frozenset[str]) -> tuple[str, ...]:
    found = await graph.read(
        query("flag/accounts"), flagKinds=sorted(kinds), most=FEW + 1, **moment.parameters
    )
    return tuple(found[0]["keys"])
