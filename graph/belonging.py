"""Accounts that belong to something: a Center's, a manager's."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from graph import rows
from graph.account_search import Search
from graph.lists import Found, Window
from graph.moments import year
from graph.policy import Viewer
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import AccountOrder

MOST_BELONGING = 20_000  # accounts of one Center or manager that are ranked by risk
STORED: dict[
    AccountOrder, str
] = {  # the orders that the statements know; those that run downwards are read backwards
    AccountOrder.NAME_ASC: "NAME",
    AccountOrder.NAME_DESC: "NAME",
    AccountOrder.OPENED_DESC: "OPENED",
    AccountOrder.ENTERED_VALUE_DESC: "VALUE",
}


@dataclass(frozen=True, slots=True)
class Belonging:
    """One list of accounts as it is asked for: whose, which, and what part of it."""

    key: str
    moment: Moment
    search: Search
    order: str
    window: Window
    former: bool = False
    role: str | None = None

    @property
    def source(self) -> tuple[str, bool, str | None, str]:
        """What must be gathered and sorted for it; other lists of the same share that."""
        return self.key, self.former, self.role, self.order

    def part(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Which part of what was gathered, as the statement reads it; by what `asked` came to."""
        condition = {name: asked[name] for name in ("inStatus", "clauses")}
        return {**condition, **self.window.parameters}

    def asked(self) -> dict[str, Any]:
        """Its condition and the facts of an account that it needs."""
        return self.search.condition.asked(self.moment, self.order, beside=("center",))


async def belonging(graph: Graph, viewer: Viewer, wanted: Sequence[Belonging]) -> list[Found]:
    """Each list, all of one moment in one statement; what several need is gathered once."""
    seen = await reach(graph, viewer)
    found = dict.fromkeys(wanted, Found([], 0))
    for moment in dict.fromkeys(one.moment for one in wanted):
        sources: defaultdict[tuple[str, bool, str | None, str], list[Belonging]] = defaultdict(list)
        for one in found:
            if one.moment == moment:
                sources[one.source].append(one)
        alike = list(sources.values())
        question = query("account/belonging")
        answer = await graph.read(
            question,
            asked=[_gathered(each, seen) for each in alike],
            **seen.parameters(question),
            **year(moment.as_of),
            **moment.parameters,
        )
        for place, number, total, entries in answer[0]["found"]:
            found[alike[place][number]] = Found(rows.linked(entries, moment), total)
    return [found[one] for one in wanted]


def _gathered(alike: Sequence[Belonging], seen: Reached) -> dict[str, Any]:
    """Lists of one source, as the statement reads them."""
    one, asked = alike[0], [each.asked() for each in alike]
    return {
        "key": seen.keys([one.key])[0],
        "former": one.former,
        "role": one.role,
        "order": one.order,
        "facts": sorted({fact for each in asked for fact in each["facts"]}),
        "lists": [each.part(its) for each, its in zip(alike, asked, strict=True)],
    }
