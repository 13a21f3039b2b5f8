"""Accounts that parties hold the numbers of, and those of what a party controls, for filters."""

from collections.abc import Collection, Sequence

from graph import moments
from graph.algorithms.control import controlled
from graph.algorithms.recorded import Recorded
from graph.asked import computed
from graph.errors import LimitExceeded
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.surroundings import around, whole


async def held_accounts(
    graph: Graph, moment: Moment, ids: Collection[str], owned: Recorded | None = None
) -> dict[str, tuple[str, ...]]:
    """By the key of each party with one of these global ids: accounts of what it controls.

    What it controls is read off `owned`, the claims of the moment unless others are given.

    Only what it controls for certain, whatever the ranges of shares; not what it holds itself. An
    id that is none has no entry: whoever reads the filter refuses it, by the name of its field.
    """
    given = (moments.parse(each, moment) for each in ids)
    keys = {found[0] for found in given if found and found[0].startswith("Party:")}
    if not keys:
        return {}
    recorded = owned or await _recorded(graph, moment, keys)
    accounts = dict[str, tuple[str, ...]]()
    for key in sorted(keys):
        place = recorded.place(key)
        if place is None:
            accounts[key] = ()
            continue
        # A walk down costs little for each party, whoever is won.
        size = len(recorded.keys) // 40
        both = await computed(size, controlled, recorded.holdings, [place])
        holders = [recorded.key(one) for one in both.low.order.tolist() if one != place]
        accounts[key] = tuple(await _held_by(graph, moment, holders))
    return accounts


async def behind(graph: Graph, viewer: Viewer, moment: Moment, holders: Sequence[str]) -> list[str]:
    """The keys of the accounts in reach that numbers and codes of any of these parties identify."""
    seen = await reach(graph, viewer)
    return [key for key in await _held_by(graph, moment, holders) if seen.sees(key)]


async def _held_by(graph: Graph, moment: Moment, holders: Sequence[str]) -> list[str]:
    found = await graph.read(query("account/held_by"), holders=holders, **moment.parameters)
    keys: list[str] = found[0]["keys"]
    return keys


async def _recorded(graph: Graph, moment: Moment, keys: Collection[str]) -> Recorded:
    """All claims at the moment, or those on which it rests what these control."""
    found = await whole(graph, moment) or await around(graph, moment, below=keys)
    if found.cut is not None:
        raise LimitExceeded(
            "What the party controls at that moment is too much to be read. Ask about now, or"
            " about a party that controls less."
        )
    return found.recorded
