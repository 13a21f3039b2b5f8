"""Accounts along the index of an order: a page costs what it passes."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from typing import Any

from graph import lists, records, rows
from graph.account_starts import PIECE
from graph.conditions import Condition
from graph.lists import BEYOND, Found, Window
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph

FIRST_DAY, LAST_DAY = date(1, 1, 1), date(9999, 12, 31)
EPOCH = date(1970, 1, 1)


async def sifted(
    graph: Graph,
    moment: Moment,
    wanted: Condition,
    only: AbstractSet[str],
    order: str,
    window: Window,
) -> Found:
    """A slice, upwards, of those of very many accounts that match: met soon along the index."""
    entries: list[records.Linked] = []
    piece = Window(PIECE, window.after, window.before, window.backward)
    while True:
        [found] = await along(graph, moment, wanted, order, [piece])
        page = found.entries[-PIECE:] if window.backward else found.entries[:PIECE]
        inside = [each for each in page if each.node.stored_key in only]
        entries = inside + entries if window.backward else entries + inside
        if len(entries) > window.size or len(found.entries) <= PIECE:
            break
        if window.backward:
            piece = Window(PIECE, window.after, page[0].sort, True)
        else:
            piece = Window(PIECE, page[-1].sort, window.before)
    size = window.size + 1
    return Found(entries[-size:] if window.backward else entries[:size], -1)


async def along(
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
