"""Questions about importer numbers and filer codes: what identifies accounts."""

from collections.abc import Sequence

from graph import records, rows
from graph.lists import ListQuestion
from graph.load import look
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph

ACCOUNTS = ListQuestion("identifier.accounts", query("identifier/accounts"))
HOLDERS = ListQuestion("identifier.holders", query("identifier/holders"))
SIBLINGS = ListQuestion("importerNumber.siblings", query("number/siblings"))


async def numbers(
    graph: Graph, viewer: Viewer, moment: Moment, lookups: Sequence[str]
) -> list[records.ImporterNumber | None]:
    """The importer number with each look-up key, or None."""
    seen = await reach(graph, viewer)
    found = await graph.read(
        query("number/numbers"), lookups=seen.numbers(lookups), knownAt=moment.known_at
    )
    known = {row["lookup"]: rows.entity(row["number"], moment) for row in found}
    return [known.get(lookup) for lookup in lookups]  # type: ignore[misc]


async def filer_codes(
    graph: Graph, viewer: Viewer, moment: Moment, codes: Sequence[str]
) -> list[records.FilerCode | None]:
    """The filer code that each of these is, or None."""
    seen = await reach(graph, viewer)
    found = await graph.read(
        query("identifier/filer_codes"), codes=seen.filers(codes), knownAt=moment.known_at
    )
    known = {row["code"]: rows.entity(row["filer"], moment) for row in found}
    return [known.get(code) for code in codes]  # type: ignore[misc]


async def kept(graph: Graph, viewer: Viewer, lookup: str, before: str) -> str:
    """Which of these a number is stored with: the look-up of now, or that of the key before."""
    seen = await reach(graph, viewer)
    new, old = seen.numbers([lookup, before])
    found = await look.numbers(graph.read, {new, old})
    return lookup if new in found or old not in found else before
