"""Questions about many accounts: which match a filter, in what order, in which segment."""

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace

from graph import records, risk_scores, rows
from graph.account_orders import along, sifted
from graph.account_search import Search
from graph.account_starts import EVERY, PIECE, Start, start_of
from graph.belonging import STORED
from graph.conditions import FEW, Condition
from graph.lists import COUNTED, Found, Window, cut, out_of_all
from graph.looking_back import changed_since
from graph.policy import Viewer
from graph.queries import query, within
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import AccountOrder


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of accounts as it is asked for; the same one is read once in an operation."""

    moment: Moment
    search: Search
    order: AccountOrder
    window: Window
    counted: bool


async def listings(
    graph: Graph, viewer: Viewer, wanted: Sequence[Listing]
) -> list[tuple[Found, records.TotalCount]]:
    """Each page with its total, which is -1 where nobody wants it and nothing told it."""
    await reach(graph, viewer)
    alike: defaultdict[Hashable, list[Listing]] = defaultdict(list)
    for one in wanted:
        window = one.window
        alike[one.moment, one.search, one.order, window.size, window.backward].append(one)
    read = await asyncio.gather(*(_alike(graph, viewer, each) for each in alike.values()))
    found = {id(one): answer for answers in read for one, answer in answers}
    return [found[id(one)] for one in wanted]


async def _alike(
    graph: Graph, viewer: Viewer, wanted: Sequence[Listing]
) -> list[tuple[Listing, tuple[Found, records.TotalCount]]]:
    """Pages that differ in their places only."""
    one = wanted[0]
    windows = [each.window for each in wanted]
    found = await pages(graph, viewer, one.moment, one.search, one.order, windows)
    counts = [each.count for each in found]
    if found[0].total < 0 and any(each.counted for each in wanted):
        counts = [await count(graph, viewer, one.moment, one.search)] * len(wanted)
    return list(zip(wanted, zip(found, counts, strict=True), strict=True))


async def pages(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    wanted: Search,
    order: AccountOrder,
    windows: Sequence[Window],
) -> list[Found]:
    """Pages of the accounts that match, of one size and way; a total of -1 is not counted yet."""
    seen = await reach(graph, viewer)
    if order is AccountOrder.RISK_DESC:
        return [await _by_risk(graph, viewer, seen, moment, wanted, each) for each in windows]
    upwards = order is AccountOrder.NAME_ASC
    slices = [each if upwards else each.flipped() for each in windows]
    changed = await changed_since(graph, moment)
    start = start_of(wanted, worded=not changed)
    indexed = STORED[order] in ("NAME", "OPENED") and seen.all and not changed
    if start is None and indexed:
        found = await along(graph, moment, wanted.condition, STORED[order], slices)
    elif start and indexed and len(start.keys) > FEW:
        only = frozenset(start.keys)
        asked = [sifted(graph, moment, start.rest, only, STORED[order], one) for one in slices]
        found = await asyncio.gather(*asked)
    else:
        start = start or Start(wanted.condition)
        found = [
            await _gathered(graph, seen, moment, start, STORED[order], each) for each in slices
        ]
    return found if upwards else [Found(each.entries[::-1], each.total) for each in found]


async def _by_risk(
    graph: Graph, viewer: Viewer, seen: Reached, moment: Moment, wanted: Search, window: Window
) -> Found:
    """A page of the accounts that match, riskiest first: the ranking is walked piece by piece.

    Unless only few accounts can match: these are all read, and ranked.
    """
    scores = await risk_scores.scores(graph, viewer, moment)
    only = wanted.condition.keys
    if only is None and (few := await _few(graph, seen, moment, wanted)):
        return cut(await ranked(graph, viewer, moment, few), window)
    ranking = scores.ranking if only is None else scores.ranked(only)
    inside = [place for place in ranking if window.holds(place)]
    if window.backward:
        inside.reverse()
    rest = wanted.condition if only is None else wanted.condition.beyond_keys
    entries: list[records.Linked] = []
    for begin in range(0, len(inside), PIECE):
        piece = inside[begin : begin + PIECE]
        keys, limit = [key for _, key in piece], window.size + 1 - len(entries)
        linked = await _among(graph, seen, moment, rest, keys, limit)
        places = {key: (below, key) for below, key in piece}
        entries += [replace(each, sort=places[each.node.stored_key]) for each in linked]
        if len(entries) > window.size:
            break
    if window.backward:
        entries.reverse()
    return Found(entries, -1)


async def _few(graph: Graph, seen: Reached, moment: Moment, wanted: Search) -> Found | None:
    """All accounts that match, where the condition says where to begin and they are no more."""
    start = start_of(wanted, worded=not await changed_since(graph, moment))
    if start is None:
        return None
    found = await _gathered(graph, seen, moment, start, "NAME", Window(PIECE))
    return found if found.total <= PIECE else None


async def _among(
    graph: Graph, seen: Reached, moment: Moment, wanted: Condition, keys: list[str], limit: int
) -> list[records.Linked]:
    """Those of these accounts that match, in the order given, up to so many."""
    question = query("account/among")
    found = await graph.read(
        question,
        keys=keys,
        limit=limit,
        **seen.parameters(question),
        **wanted.asked(moment),
        **moment.parameters,
    )
    return rows.linked(found[0]["rows"], moment)


async def count(graph: Graph, viewer: Viewer, moment: Moment, wanted: Search) -> records.TotalCount:
    """How many accounts match; beyond COUNTED at least so many."""
    seen = await reach(graph, viewer)
    found = await number(graph, seen, moment, wanted.condition, COUNTED + 1)
    return records.TotalCount.bounded(found, COUNTED)


async def number(
    graph: Graph,
    seen: Reached,
    moment: Moment,
    wanted: Condition,
    most: int,
    seconds: float | None = None,
) -> int:
    """How many accounts in reach meet a condition, up to so many; within so many seconds."""
    keys = wanted.keys
    if keys is not None and len(keys) > FEW and most <= PIECE:
        return await _some(graph, seen, moment, wanted.beyond_keys, keys, most)
    if keys is not None or not seen.all:
        start = Start(wanted.beyond_keys, {} if keys is None else {"keys": keys})
        return (await _gathered(graph, seen, moment, start, "NAME", NO_ROWS, seconds)).total
    question = within(query("account/count"), seconds)
    given = {**seen.parameters(question), **wanted.asked(moment), **moment.parameters}
    found = await graph.read(question, most=most, **given)
    total: int = found[0]["total"]
    return total


async def _some(
    graph: Graph, seen: Reached, moment: Moment, rest: Condition, keys: list[str], most: int
) -> int:
    """How many of very many accounts match, up to so many: they are looked at piece by piece."""
    total = 0
    for begin in range(0, len(keys), PIECE):
        piece = keys[begin : begin + PIECE]
        total += len(await _among(graph, seen, moment, rest, piece, most - total))
        if total >= most:
            break
    return total


NO_ROWS = Window(-1)


async def _gathered(
    graph: Graph,
    seen: Reached,
    moment: Moment,
    start: Start,
    order: str,
    window: Window,
    seconds: float | None = None,
) -> Found:
    """A slice, upwards, of accounts that are gathered and sorted; begins with a few if it can."""
    question = within(query("account/gathered"), seconds)
    return await out_of_all(
        graph,
        question,
        moment,
        window,
        **{**EVERY, **start.given},
        **seen.parameters(question),
        all=not start.given and seen.all,
        within=not start.given and not seen.all,
        **start.rest.asked(moment, order),
    )


async def ranked(
    graph: Graph, viewer: Viewer, moment: Moment, found: Found
) -> list[records.Linked]:
    """The entries, riskiest first."""
    scores = await risk_scores.scores(graph, viewer, moment)
    keyed = [
        (-scores.of(each.node.stored_key).score, each.node.stored_key) for each in found.entries
    ]
    entries = [replace(each, sort=place) for each, place in zip(found.entries, keyed, strict=True)]
    return sorted(entries, key=lambda entry: entry.sort)
