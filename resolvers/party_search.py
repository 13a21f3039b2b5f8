"""Parties by name."""

from typing import Annotated

import strawberry

from graph import parties as questions
from graph import records, words
from graph.errors import BadInput
from graph.lists import Found
from graph.parties import LABELS, PartyFilter
from graph.terms import EntityKind
from resolvers.arguments import (
    After,
    Before,
    First,
    Last,
    MomentArgument,
    PageArguments,
    moment_of,
)
from resolvers.connection import open_window, page
from resolvers.context import Info
from resolvers.selection import below

LONGEST = 200


async def parties(
    info: Info,
    name_contains: Annotated[
        str | None,
        strawberry.argument(description="Words that must begin words of the name or an alias."),
    ] = None,
    kinds: Annotated[
        list[EntityKind] | None,
        strawberry.argument(description="Only these kinds; all three if not given."),
    ] = None,
    countries: Annotated[
        list[str] | None,
        strawberry.argument(description="Only these countries, ISO 3166-1 alpha-2."),
    ] = None,
    flag_kinds: Annotated[
        list[str] | None,
        strawberry.argument(
            description="Only parties with an open flag of one of these kinds (vocabulary"
            " RISK_FLAG_KIND)."
        ),
    ] = None,
    moment: MomentArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.Page:
    """A page of parties by name."""
    context, at = info.context, await moment_of(info, moment)
    wanted = PartyFilter(
        _words(name_contains),
        _labels(kinds),
        _distinct(countries),
        _distinct(flag_kinds),
    )
    scope = ["parties", at.suffix, repr(wanted)]
    window = open_window(context, scope, PageArguments(first, after, last, before))
    if wanted.words == ():
        found = Found([], 0)  # there is text, but no word in it: no name can begin with it
    else:
        found = await questions.parties(context.graph, context.asking, at, wanted, window)
    total = records.TotalCount(found.total)
    if found.total < 0 and "totalCount" in below(info):
        total = await questions.count(context.graph, context.asking, at, wanted)
    return page(context, scope, window, found, total)


def _words(text: str | None) -> tuple[str, ...] | None:
    """The folded words; empty if the text holds none."""
    if text is None:
        return None
    if len(text) > LONGEST:
        raise BadInput(f"Argument 'nameContains' must have at most {LONGEST} characters.")
    return words.words(text)


def _labels(kinds: list[EntityKind] | None) -> tuple[str, ...] | None:
    if kinds is None:
        return None
    if unknown := [kind for kind in kinds if kind not in LABELS]:
        raise BadInput(
            f"Argument 'kinds' holds {unknown[0].value}, which is no kind of party. Give"
            f" {', '.join(kind.value for kind in LABELS)}."
        )
    return tuple(sorted({LABELS[kind] for kind in kinds}))


def _distinct(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(sorted(set(values)))
