"""Questions about many accounts: which match a filter, in what order, in which segment."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from graph import lists, policy, records, risk_scores, rows
from graph.account_search import ALL_ACCOUNTS, Search
from graph.conditions import Clause, Condition
from graph.lists import BEYOND, COUNTED, Found, ListQuestion, Window
from graph.policy import Viewer
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import AccountOrder
from graph.words import expression

MOST_BELONGING = 20_000  # accounts of one Center or manager that are ranked by risk
PIECE = 2000  # of a ranking are looked at in one statement
FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
EPOCH = date(1970, 1, 1)
STORED = {  # the orders that the statements know; those that run downwards are read backwards
    AccountOrder.NAME_ASC: "NAME",
    AccountOrder.NAME_DESC: "NAME",
    AccountOrder.OPENED_DESC: "OPENED",
    AccountOrder.ENTERED_VALUE_DESC: "VALUE",
}
DEFAULTS: dict[str, Any] = {**ALL_ACCOUNTS.parameters, "order": "NAME", "role": None}
BELONGING = query("account/belonging")
OF_CENTER = ListQuestion("center.accounts", BELONGING, defaults=DEFAULTS)
OF_MANAGER = ListQuestion("manager.accounts", BELONGING, defaults=DEFAULTS)


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
    policy.admit(viewer)

    async def listing(one: Listing) -> tuple[Found, records.TotalCount]:
        found = await page(graph, viewer, one.moment, one.search, one.order, one.window)
        if found.total >= 0 or not one.counted:
            return found, found.count
        return found, await count(graph, viewer, one.moment, one.search)

    return list(await asyncio.gather(*map(listing, wanted)))


async def page(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    wanted: Search,
    order: AccountOrder,
    window: Window,
) -> Found:
    """A page of the accounts that match; a total of -1 is not counted yet."""
    policy.admit(viewer)
    if order is AccountOrder.RISK_DESC:
        return await _by_risk(graph, viewer, moment, wanted, window)
    upwards = order is AccountOrder.NAME_ASC
    low, high = (window.after, window.before) if upwards else (window.before, window.after)
    backward = window.backward is upwards
    slice_ = Window(window.size, low, high, backward)
    start = _start(wanted)
    if start is None and STORED[order] in ("NAME", "OPENED"):
        found = await _along(graph, moment, wanted.condition, STORED[order], slice_)
    else:
        found = await _gathered(graph, moment, wanted, STORED[order], slice_, start)
    if not upwards:
        found.entries.reverse()
    return found


async def _by_risk(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: Search, window: Window
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
        found = await graph.read(
            query("account/among"),
            keys=[key for _, key in piece],
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
    policy.admit(viewer)
    found = await graph.read(
        query("account/count"),
        most=COUNTED + 1,
        **wanted.condition.asked(moment),
        **moment.parameters,
    )
    return records.TotalCount.bounded(found[0]["total"], COUNTED)


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
    graph: Graph, moment: Moment, wanted: Condition, order: str, window: Window
) -> Found:
    """A slice, upwards, along the index in that order; it costs what it passes."""
    place = window.before if window.backward else window.after
    given: dict[str, Any]
    if order == "NAME":
        edge = lists.LAST if window.backward else lists.FIRST
        given = dict(zip(("name", "key"), place or edge, strict=True))
        forward, backwards = query("account/by_name"), query("account/by_name_backwards")
    else:
        day = LAST_DAY if window.backward else FIRST_DAY
        given = {"opened": day, "key": BEYOND if window.backward else ""}
        if place:
            given = {"opened": EPOCH + timedelta(days=place[0]), "key": place[1]}
        forward, backwards = query("account/by_opened"), query("account/by_opened_backwards")
    found = await graph.read(
        backwards if window.backward else forward,
        **given,
        limit=window.size + 1,
        **wanted.asked(moment),
        **moment.parameters,
    )
    entries = rows.linked(found[0]["rows"], moment)
    if window.backward:
        entries.reverse()
    return Found([entry for entry in entries if window.holds(entry.sort)], -1)


async def _gathered(
    graph: Graph,
    moment: Moment,
    wanted: Search,
    order: str,
    window: Window,
    start: Clause | None,
) -> Found:
    """A slice, upwards, of accounts that are gathered and sorted; begins with a few if it can."""
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
    found = await graph.read(
        query("account/gathered"),
        **given,
        all=start is None,
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
