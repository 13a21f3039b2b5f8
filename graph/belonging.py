"""Accounts that belong to something: a Center's, a manager's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph import policy, rows
from graph.account_search import Search
from graph.lists import Found, Window
from graph.moments import year
from graph.policy import Viewer
from graph.queries import query
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
    def parameters(self) -> dict[str, Any]:
        """As the statement reads it."""
        window = self.window
        return {
            "key": self.key,
            "former": self.former,
            "role": self.role,
            "after": list(window.after) if window.after else None,
            "before": list(window.before) if window.before else None,
            "backward": window.backward,
            "limit": window.size + 1,
            **self.search.condition.asked(self.moment, self.order),
        }


async def belonging(graph: Graph, viewer: Viewer, wanted: Sequence[Belonging]) -> list[Found]:
    """Each list, all of one moment in one statement."""
    policy.admit(viewer)
    found = dict.fromkeys(wanted, Found([], 0))
    for moment in dict.fromkeys(one.moment for one in wanted):
        asked = [one for one in found if one.moment == moment]
        answer = await graph.read(
            query("account/belonging"),
            asked=[one.parameters for one in asked],
            **year(moment.as_of),
            **moment.parameters,
        )
        for place, total, entries in answer[0]["found"]:
            found[asked[place]] = Found(rows.linked(entries, moment), total)
    return [found[one] for one in wanted]
