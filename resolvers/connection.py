"""Connections: pages of the lists that hang on a thing."""

import json
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import strawberry

from graph import lists, paging, policy, records
from graph.lists import PART, Found, ListQuestion, Question, Wanted, Window
from graph.terms import Permission
from resolvers.arguments import After, Before, First, Former, Last, PageArguments
from resolvers.context import Context, Info
from resolvers.selection import below

Keep = Callable[[records.Linked], bool]
Finish = Callable[[Info, records.Page], Awaitable[records.Page]]


async def connection(
    parent: records.Entity,
    info: Info,
    question: Question,
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
        counted = isinstance(question, ListQuestion) or "totalCount" in below(info)
        wanted = Wanted(question.name, parent.moment, window, former, given, counted)
        found = await context.page(question, parent.stored_key, wanted)
    context.entities.meet((parent,))
    return page(context, scope, window, found, found.count)


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
    seal = context.seal.closing(scope)
    edges = [records.Edge(seal, entry.sort, entry.node, entry.relationship) for entry in entries]
    context.entities.meet(entry.node for entry in entries)
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


def first_node(entries: Sequence[records.Linked]) -> records.Entity | None:
    """What the first entry leads to."""
    return entries[0].node if entries else None


def first_relationship(entries: Sequence[records.Linked]) -> records.Relationship | None:
    """The claim of the first entry."""
    return entries[0].relationship if entries else None


def over_time(
    question: Question,
    *,
    needs: Permission | None = None,
    finish: Finish | None = None,
) -> Callable[..., object]:
    """The resolver of a list of dated claims, which may also show former ones.

    `needs` is asked for before anything is read; `finish` completes the nodes of a page.
    """

    async def entries(
        parent: strawberry.Parent[records.Entity],
        info: Info,
        include_former: Former = False,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> records.Page | None:
        if needs:
            policy.reaching(info.context.viewer, needs)
        arguments = PageArguments(first, after, last, before)
        found = await connection(parent, info, question, arguments, former=include_former)
        return await finish(info, found) if finish else found

    return entries


def at_moment(question: ListQuestion, *, finish: Finish | None = None) -> Callable[..., object]:
    """The resolver of a list of what is there at the moment."""

    async def entries(
        parent: strawberry.Parent[records.Entity],
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> records.Page:
        found = await connection(parent, info, question, PageArguments(first, after, last, before))
        return await finish(info, found) if finish else found

    return entries
