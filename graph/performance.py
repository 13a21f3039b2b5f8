"""Questions about the performance of accounts: monthly cells, read once for many accounts."""

import calendar
import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from graph import records, rows
from graph.errors import BadInput
from graph.figures import COUNTS, PLACES
from graph.moments import months
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.records.performance import Cell
from graph.session import Graph
from graph.terms import Permission

LONGEST = 20 * 12  # months
Over = tuple[date, date]


def span(first: date | None, end: date | None, moment: Moment) -> Over:
    """The days counted; the last 12 whole months if none are given. Raises BadInput.

    Figures are monthly, so the days begin and end with months.
    """
    if first is None and end is None:
        return months(moment.as_of)
    if first is None or end is None:
        raise BadInput("Argument 'over' needs both 'from' and 'to', or neither.")
    for name, day in (("from", first), ("to", end)):
        if day.day != 1:
            raise BadInput(
                f"Field 'over.{name}' must be the first day of a month: figures are monthly."
            )
    if first >= end:
        raise BadInput("Field 'over.to' must be after 'over.from': the days are half-open.")
    if _months(first, end) > LONGEST:
        raise BadInput(f"Argument 'over' must span at most {LONGEST} months.")
    return first, end


def _months(first: date, end: date) -> int:
    return (end.year - first.year) * 12 + end.month - first.month


async def performances(
    graph: Graph, viewer: Viewer, moment: Moment, over: Over, keys: Sequence[str]
) -> list[records.AccountPerformance | None]:
    """The figures of each account over some time, in one statement; None where it has none."""
    seen = await reach(graph, viewer, Permission.READ_PERFORMANCE)
    first, end = over
    asked = query("performance/figures")
    found = await graph.read(
        asked,
        keys=seen.keys(dict.fromkeys(keys)),
        **{"from": first, "to": end, "knownAt": moment.known_at},
        **seen.parameters(asked),
    )
    known = {row["key"]: _performance(row, moment, over) for row in found if row["last"]}
    return [known.get(key) for key in keys]


def _performance(row: rows.Row, moment: Moment, over: Over) -> records.AccountPerformance:
    last = date.fromisoformat(row["last"])
    through = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    names = sorted(name for name in row["sources"] if name)
    return records.AccountPerformance(
        stored_key=row["key"],
        moment=moment,
        from_=over[0],
        to=over[1],
        cells=tuple(_cell(*each) for each in row["cells"]),
        source=records.Source("; ".join(names) or "No figures over this time"),
        loaded_through=through,
    )


def _cell(month: str, *rest: Any) -> Cell:
    place, currency, weight, told, counts = rest[:5], rest[5], rest[6], rest[7], rest[8:]
    listed = [json.loads(text) for text in told]
    return Cell(
        date.fromisoformat(month),
        dict(zip(PLACES, place, strict=True)),
        currency,
        weight,
        tuple((each["code"], each["lines"]) for each in listed),
        dict(zip(COUNTS, counts, strict=True)),
    )
