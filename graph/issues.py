"""Questions about issues and strategies: which, what they are about, and who handles them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from graph import records, rows
from graph.lists import COUNTED, Found, ListQuestion, Window, out_of_all
from graph.looking_back import changed_since
from graph.policy import Viewer
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import IssueStatus

FIRST, LAST = date(1, 1, 1), date(9999, 12, 31)
EPOCH = date(1970, 1, 1)
OPEN = tuple(sorted((IssueStatus.OPEN, IssueStatus.IN_PROGRESS, IssueStatus.WAITING)))
NONE: dict[str, object] = {"statuses": None}

OF_ACCOUNT = ListQuestion("account.issues", query("account/issues"), defaults=NONE)
OF_SPECIALIST = ListQuestion("specialist.issues", query("staff/issues"), defaults=NONE)
OF_DISCIPLINE = ListQuestion("discipline.issues", query("discipline/issues"), defaults=NONE)
OF_STRATEGY = ListQuestion("strategy.issues", query("strategy/issues"), defaults=NONE)
STRATEGIES = ListQuestion("account.strategies", query("account/strategies"), defaults=NONE)
ACCOUNTS = ListQuestion("strategy.accounts", query("strategy/accounts"))


@dataclass(frozen=True, slots=True)
class IssueFilter:
    """Which issues: all that is given must hold, of a list any one element; things by key."""

    accounts: tuple[str, ...] | None = None
    managers: tuple[str, ...] | None = None
    centers: tuple[str, ...] | None = None
    disciplines: tuple[str, ...] | None = None
    handlers: tuple[str, ...] | None = None
    purposes: tuple[str, ...] | None = None
    statuses: tuple[str, ...] | None = None
    overdue: bool | None = None
    priorities: tuple[str, ...] | None = None

    @property
    def parameters(self) -> dict[str, object]:
        """What the statements are asked with."""
        given = {name: getattr(self, name) for name in self.__slots__}
        return {
            name: list(some) if isinstance(some, tuple) else some for name, some in given.items()
        }

    def among(self, seen: Reached) -> "IssueFilter":
        """The same, of accounts in reach: others are none."""
        accounts = self.accounts
        return self if accounts is None else replace(self, accounts=tuple(seen.keys(accounts)))


@dataclass(frozen=True, slots=True)
class Link:
    """A thing that an issue, a strategy, a participation or a flag is joined to, and how."""

    type: str
    part: str | None
    node: records.Entity


async def issues(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: IssueFilter, window: Window
) -> Found:
    """A page of issues, soonest due first, those without a day last.

    The total is not counted (-1) unless all of them had to be read.
    """
    seen = await reach(graph, viewer)
    given = wanted.among(seen).parameters
    if await changed_since(graph, moment):
        question = query("issue/as_known")
        return await out_of_all(
            graph, question, moment, window, **seen.parameters(question), **given
        )
    place = window.before if window.backward else window.after
    edge = (LAST, "~") if window.backward else (FIRST, "")
    due, key = (EPOCH + timedelta(days=place[0]), place[1]) if place else edge
    forward, backward = query("issue/by_due"), query("issue/by_due_backwards")
    question = backward if window.backward else forward
    found = await graph.read(
        question,
        due=due,
        key=key,
        limit=window.size + 1,
        **seen.parameters(question),
        **given,
        **moment.parameters,
    )
    entries = rows.linked(found[0]["rows"], moment)
    if window.backward:
        entries.reverse()
    return Found([entry for entry in entries if window.holds(entry.sort)], -1)


async def count(
    graph: Graph, viewer: Viewer, moment: Moment, wanted: IssueFilter
) -> records.TotalCount:
    """How many issues match; beyond COUNTED at least so many."""
    seen = await reach(graph, viewer)
    question = query("issue/count")
    found = await graph.read(
        question,
        most=COUNTED + 1,
        **seen.parameters(question),
        **wanted.among(seen).parameters,
        **moment.parameters,
    )
    return records.TotalCount.bounded(found[0]["total"], COUNTED)


async def strategies(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    statuses: tuple[str, ...] | None,
    disciplines: tuple[str, ...] | None,
    limit: int,
) -> list[records.Entity]:
    """Strategies, soonest review first, those without a day last."""
    seen = await reach(graph, viewer)
    changed = await changed_since(graph, moment)
    question = query("strategy/as_known") if changed else query("strategy/by_review")
    found = await graph.read(
        question,
        **seen.parameters(question),
        statuses=None if statuses is None else list(statuses),
        disciplines=None if disciplines is None else list(disciplines),
        limit=limit,
        **moment.parameters,
    )
    return [rows.entity(row, moment) for row in found[0]["rows"]]


async def links(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[list[Link]]:
    """What each of these is about and who handles it, each thing once."""
    seen = await reach(graph, viewer)
    question = query("entity/links")
    found = await graph.read(
        question, keys=seen.keys(keys), **seen.parameters(question), **moment.parameters
    )
    known = {
        row["key"]: [
            Link(type_, part, rows.entity(node, moment)) for type_, part, node in row["rows"]
        ]
        for row in found
    }
    return [_once(known.get(key, [])) for key in keys]


def _once(found: Sequence[Link]) -> list[Link]:
    """Two sources may say the same."""
    return list({(link.type, link.part, link.node.stored_key): link for link in found}.values())
