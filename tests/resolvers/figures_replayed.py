"""What the figures of an account come to at a moment: the cells replayed.

Cells count by their months, not by their claims' days; what is filed or measured later, and what
was withdrawn, is told by the record time alone.
"""

import calendar
from collections import Counter
from datetime import date
from typing import Any

from tests.resolvers.side_by_side import Known

Said = dict[str, Any]
QUARTER = 3


def span(day: date) -> tuple[date, date]:
    """The last 12 whole months before a day, half-open."""
    end = day.replace(day=1)
    return end.replace(year=end.year - 1), end


def cells(known: Known, account: str, within: tuple[date, date] | None = None) -> list[Said]:
    """The cells that measure an account, of some months or of all."""
    found = [known.things[e.of[1]] for e in known.ever("MEASURES") if e.of[2] == account]
    first, end = within or (date.min, date.max)
    return [each for each in found if first <= each["month"] < end]


def value(known: Known, account: str) -> int:
    """The cents of the last 12 whole months."""
    return sum(each["enteredValue"] for each in cells(known, account, span(known.day)))


def performance(known: Known, account: str) -> Said | None:
    """The figures of the last 12 whole months; None for who has none at all."""
    every, (first, end) = cells(known, account), span(known.day)
    if not every:
        return None
    inside = cells(known, account, (first, end))
    last = max(each["month"] for each in every)
    through = last.replace(day=calendar.monthrange(last.year, last.month)[1])
    return {
        "days": (first, end),
        "through": through,
        "total": total(inside),
        "chapters": _chapters(inside),
        "quarters": _quarters(inside, first, end),
    }


def total(inside: list[Said]) -> Said:
    """Cells in one."""
    sums = {
        name: sum(each[name] for each in inside)
        for name in ("entrySummaries", "lines", "enteredValue", "sampledLines", "discrepantLines")
    }
    sampled, wrong = sums["sampledLines"], sums.pop("discrepantLines")
    return sums | {"rate": round(100 * (1 - wrong / sampled), 4) if sampled else None}


def _chapters(inside: list[Said]) -> list[tuple[str, int]]:
    """Lines by chapter, most entered value first."""
    values, lines = Counter[str](), Counter[str]()
    for each in inside:
        values[each["chapter"]] += each["enteredValue"]
        lines[each["chapter"]] += each["lines"]
    return [(each, lines[each]) for each in sorted(values, key=lambda e: (-values[e], e))]


def _quarters(inside: list[Said], first: date, end: date) -> list[tuple[date, date, int]]:
    """Lines by quarter of the calendar; the first and the last one may be cut."""
    found, begin = [], first
    while begin < end:
        month = begin.month - 1 + QUARTER - (begin.month - 1) % QUARTER
        after = min(end, date(begin.year + month // 12, month % 12 + 1, 1))
        lines = sum(each["lines"] for each in inside if begin <= each["month"] < after)
        found.append((begin, after, lines))
        begin = after
    return found
