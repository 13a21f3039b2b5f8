"""What is due: notifications, reviews, managers, issues, strategies, requests, powers of attorney.

Days that CBP publishes: the first ISA annual notification is due 13 months after acceptance, then
yearly (ISA handbook 2010). Days that are ours, since no source names them: a notification is to be
reviewed, an accepted participant to be given a manager, and a request for another Center to be
decided within 30 days.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from graph import records, rows
from graph.policy import Viewer
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import AgendaKind

REVIEW_DAYS = 30
MANAGER_DAYS = 30
DECISION_DAYS = 30
AHEAD = timedelta(days=90)  # how far to look if nobody says
MOST_STRATEGIES = 500  # whose measures are looked at, for one manager, Center or account
Wanted = tuple[Moment, date, tuple[AgendaKind, ...], int]


async def agenda(
    graph: Graph, viewer: Viewer, wanted: Wanted, keys: Sequence[str]
) -> list[list[records.AgendaItem]]:
    """What is due for each manager, Center or account, soonest first."""
    seen = await reach(graph, viewer)
    moment, due_by, kinds, limit = wanted
    question = query("agenda/agenda")
    found = await graph.read(
        question,
        keys=seen.keys(keys),
        kinds=[kind.value for kind in kinds],
        dueBy=due_by,
        limit=limit,
        reviewDays=REVIEW_DAYS,
        managerDays=MANAGER_DAYS,
        decisionDays=DECISION_DAYS,
        **seen.parameters(question),
        **moment.parameters,
    )
    items = {row["key"]: [_item(moment, *each) for each in row["items"]] for row in found}
    if AgendaKind.STRATEGY_MEASURE in kinds:
        for key, measures in (await _measures(graph, seen, moment, due_by, keys)).items():
            items.setdefault(key, []).extend(measures)
    return [sorted(items.get(key, []), key=_place)[:limit] for key in keys]


def _place(item: records.AgendaItem) -> tuple[Any, ...]:
    title = item.measure.title if item.measure else ""
    return (
        item.due_on, item.kind.value, item.about.stored_key, item.account.stored_key, title
    )  # fmt: skip


def _item(
    moment: Moment, kind: str, due_on: str, account: rows.Row, about: rows.Row
) -> records.AgendaItem:
    of = rows.entity(account, moment)
    assert isinstance(of, records.Account)
    day = rows.day(due_on)
    assert day
    return records.AgendaItem(AgendaKind(kind), day, of, rows.entity(about, moment))


async def _measures(
    graph: Graph, seen: Reached, moment: Moment, due_by: date, keys: Sequence[str]
) -> dict[str, list[records.AgendaItem]]:
    """Measures not done, each once however many accounts its strategy concerns."""
    question = query("agenda/measures")
    found = await graph.read(
        question,
        keys=seen.keys(keys),
        most=MOST_STRATEGIES,
        **seen.parameters(question),
        **moment.parameters,
    )
    return {
        row["key"]: [item for each in row["rows"] for item in _undone(moment, due_by, *each)]
        for row in found
    }


def _undone(
    moment: Moment, due_by: date, account: rows.Row, strategy: rows.Row
) -> list[records.AgendaItem]:
    of, about = rows.entity(account, moment), rows.entity(strategy, moment)
    assert isinstance(of, records.Account)
    assert isinstance(about, records.Strategy)
    kind = AgendaKind.STRATEGY_MEASURE
    return [
        records.AgendaItem(kind, measure.due_on, of, about, measure)
        for measure in about.measures
        if measure.due_on and not measure.done_on and measure.due_on <= due_by
    ]
