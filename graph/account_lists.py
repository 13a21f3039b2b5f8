"""Questions about many accounts: which match a filter, in what order, in which segment."""

import asyncio
from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from graph import lists, records, risk_scores, rows
from graph.account_search import Search
from graph.belonging import STORED
from graph.conditions import Clause, Condition
from graph.lists import BEYOND, COUNTED, Found, Window
from graph.policy import Viewer
from graph.queries import query, within
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import AccountOrder
from graph.words import expression

PIECE = 2000  # of a ranking are looked at in one statement
FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
EPOCH = date(1970, 1, 1)


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
    start = _start(wanted)
    if start is None and seen.all and STORED[order] in ("NAME", "OPENED"):
        found = await _along(graph, moment, wanted.condition, STORED[order], slices)
    else:
        found = [
            await _gathered(graph, seen, moment, wanted, STORED[order], each, start)
            for each in slices
        ]
    return found if upwards else [Found(each.entries[::-1], each.total) for each in found]


async def _by_risk(
    graph: Graph, viewer: Viewer, seen: Reached, moment: Moment, wanted: Search, window: Window
) -> Found:
    """A page of the accounts that match, riskiest first: the ranking is walked piece by piece."""
    scores = await risk_scores.scores(graph, viewer, moment)
    ranking = scores.ranking
    inside = [place for place in ranking if window.holds(place)]
    if window.backward:
        inside.reverse()
    entries: list[records.Linked] = []
    for begin in range(0, len(inside), PIECE):
        piece = inside[begin : begin + PIECE]
        question = query("account/among")
        found = await graph.read(
            question,
            **seen.parameters(question),
            keys=seen.keys(key for _, key in piece),
            limit=window.size + 1 - len(entries),
            **wanted.condition.asked(moment),
            **moment.parameters,
        )
        places = {key: (below, key) for below, key in piece}
        linked = rows.linked(found[0]["rows"], moment)
        entries += [replace(each, sort=places[each.node.stored_key]) for each in linked]
        if len(entries) > window.size:
            break
    if window.backward:
        entries.reverse()
    return Found(entries, -1)


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
    question = within(query("account/count"), seconds)
    given = {**seen.parameters(question), **wanted.asked(moment), **moment.parameters}
    found = await graph.read(question, most=most, **given)
    total: int = found[0]["total"]
    return total


def _start(wanted: Search) -> Clause | None:
    """The clause to begin with: what only few accounts have, if the condition asks for it."""
    single = [
        clause
        for clause in wanted.condition.clauses
        if len(clause) == 1 and clause[0].wanted and clause[0].fact in STARTS
    ]
    return min(single, key=lambda clause: STARTS.index(clause[0].fact)) if single else None


STARTS = ("key", "manager", "words", "broker")


async def _along(
    graph: Graph, moment: Moment, wanted: Condition, order: str, windows: Sequence[Window]
) -> list[Found]:
    """Slices, upwards, along the index in that order; they cost what they pass."""
    size, backward = windows[0].size, windows[0].backward
    if order == "NAME":
        forward, backwards = query("account/by_name"), query("account/by_name_backwards")
    else:
        forward, backwards = query("account/by_opened"), query("account/by_opened_backwards")
    found = await graph.read(
        backwards if backward else forward,
        starts=[_place(order, each) for each in windows],
        limit=size + 1,
        **wanted.asked(moment),
        **moment.parameters,
    )
    return [
        Found(_within(window, rows.linked(page, moment)), -1)
        for window, page in zip(windows, found[0]["pages"], strict=True)
    ]


def _place(order: str, window: Window) -> dict[str, Any]:
    """Where a slice begins to be read."""
    place = window.before if window.backward else window.after
    if order == "NAME":
        edge = lists.LAST if window.backward else lists.FIRST
        return dict(zip(("name", "key"), place or edge, strict=True))
    if place:
        return {"opened": EPOCH + timedelta(days=place[0]), "key": place[1]}
    day = LAST_DAY if window.backward else FIRST_DAY
    return {"opened": day, "key": BEYOND if window.backward else ""}


def _within(window: Window, entries: list[records.Linked]) -> list[records.Linked]:
    """Those that lie in the window, upwards."""
    if window.backward:
        entries.reverse()
    return [entry for entry in entries if window.holds(entry.sort)]


async def _gathered(
    graph: Graph,
    seen: Reached,
    moment: Moment,
    wanted: Search,
    order: str,
    window: Window,
    start: Clause | None,
) -> Found:
    """A slice, upwards, of accounts that are gathered and sorted; begins with a few if it can.

    Who reaches few begins with these.
    """
    given: dict[str, Any] = dict.fromkeys(("keys", "managers", "brokers", "texts"))
    rest = wanted.condition
    if start is not None:
        literal = start[0]
        if literal.fact == "words":
            given["texts"] = [expression(wanted.text or " ".join(literal.prefixes or ()))]
            rest = rest.without(start)
        else:
            name = {"key": "keys", "manager": "managers", "broker": "brokers"}[literal.fact]
            given[name] = list(literal.values or ())
    question = query("account/gathered")
    found = await graph.read(
        question,
        **given,
        **seen.parameters(question),
        all=start is None and seen.all,
        within=start is None and not seen.all,
        after=list(window.after) if window.after else None,
        before=list(window.before) if window.before else None,
        backward=window.backward,
        limit=window.size + 1,
        **rest.asked(moment, order),
        **moment.parameters,
    )
    return Found(rows.linked(found[0]["rows"], moment), found[0]["total"])


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
