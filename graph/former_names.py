"""Things by the names and identifiers that they had at an earlier instant, if changed since.

The full-text indexes hold what things are called now. What was replaced since an instant is read
along the index of when versions were replaced, and judged here, by the rules of those indexes.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph import likeness
from graph.looking_back import changed_since
from graph.queries import query
from graph.reach import Reached
from graph.records.moment import Moment
from graph.session import Graph

DEEP = 20_000  # versions that are looked through: beyond, the answer says "at least"


@dataclass(frozen=True, slots=True)
class FormerNames:
    """What the things said at an instant that have been changed since.

    A row is a key, labels, a name and its folded copy, aliases and theirs, LEI and D-U-N-S number.
    """

    rows: Sequence[Any] = ()
    complete: bool = True

    async def named(self, wanted: Sequence[str], *, every: bool) -> list[Any]:
        """The rows that all of the wanted words name, or any of them."""

        def judged() -> list[Any]:
            return [
                row for row in self.rows if likeness.found(wanted, (row[3], *row[5]), every=every)
            ]

        return await asyncio.to_thread(judged) if self.rows else []

    def identified(self, lei: object, duns: object) -> list[str]:
        """The keys of what had this LEI or D-U-N-S number."""
        return [row[0] for row in self.rows if (lei and row[6] == lei) or (duns and row[7] == duns)]


async def former_names(
    graph: Graph, seen: Reached, moment: Moment, labels: Sequence[str]
) -> FormerNames | None:
    """What was said at the moment's record time; None where nothing says otherwise since.

    Costs no statement at the present moment, one or two at an earlier one.
    """
    if not await changed_since(graph, moment):
        return None
    question = query("search/formerly")
    found = await graph.read(
        question,
        **seen.parameters(question),
        labels=list(labels),
        deep=DEEP + 1,
        knownAt=moment.known_at,
    )
    rows = found[0]["rows"]
    return FormerNames(rows[:DEEP], len(rows) <= DEEP)
