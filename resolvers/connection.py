"""Connections: pages of the lists that hang on a thing."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from graph import lists, paging, records
from graph.lists import PART, Found, ListQuestion, Wanted, Window
from resolvers.arguments import PageArguments
from resolvers.context import Context, Info

Keep = Callable[[records.Linked], bool]


async def connection(
    parent: records.Entity,
    info: Info,
    question: ListQuestion,
    arguments: PageArguments,
    *,
    former: bool = False,
    keep: Keep | None = None,
    **filters: Any,
) -> records.Page:
    """A page of a list: out of the part that came along if it is whole, else by a statement."""
    context = info.context
    given = tuple(sorted(filters.items()))
    scope = [
        question.name,
        parent.stored_key + parent.moment.suffix,
        json.dumps([former, given], default=str),
    ]
    window = open_window(context, scope, arguments)
    whole = parent.parts.get(question.part or "")
    if whole is not None and len(whole) <= PART and not former:
        found = lists.cut([entry for entry in whole if keep is None or keep(entry)], window)
    else:
        wanted = Wanted(question.name, parent.moment, window, former, given)
        found = await context.page(question, parent.stored_key, wanted)
    context.entities.prime((parent.stored_key, parent.moment), parent)
    return page(context, scope, window, found, records.TotalCount(found.total))


def open_window(context: Context, scope: Sequence[str], given: PageArguments) -> Window:
    """The window that page arguments ask for in the list that `scope` names."""
    return paging.window(context.seal, scope, given.first, given.after, given.last, given.before)


def page(
    context: Context,
    scope: Sequence[str],
    window: Window,
    found: Found,
    total: records.TotalCount,
) -> records.Page:
    """A page of one more entry than fits, with sealed cursors."""
    entries, following, preceding = paging.trim(found.entries, window)
    edges = [
        records.Edge(context.seal.close(scope, entry.sort), entry.node, entry.relationship)
        for entry in entries
    ]
    for entry in entries:
        context.entities.prime((entry.node.stored_key, entry.node.moment), entry.node)
    return records.Page(edges, following, preceding, total)


async def current(
    parent: records.Entity, info: Info, question: ListQuestion
) -> records.Linked | None:
    """The first entry of a list that holds at most one at any moment."""
    entries = parent.parts.get(question.part or "")
    if entries is None:
        wanted = Wanted(question.name, parent.moment, Window(1))
        entries = (await info.context.page(question, parent.stored_key, wanted)).entries
    return entries[0] if entries else None
