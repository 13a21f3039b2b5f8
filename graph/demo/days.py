"""The world's calendar: the day it stands at, and the instants at which things were recorded."""

from bisect import bisect_left
from datetime import UTC, date, datetime, timedelta
from random import Random

from graph.moments import months_after as months_after

WORLD_DAY = date(2026, 11, 25)
INSTANTS = (
    datetime(2022, 11, 28, 14, 0, tzinfo=UTC),
    datetime(2023, 6, 1, 14, 0, tzinfo=UTC),
    datetime(2024, 1, 16, 14, 30, tzinfo=UTC),
    datetime(2024, 8, 1, 13, 15, tzinfo=UTC),
    datetime(2025, 2, 3, 15, 0, tzinfo=UTC),
    datetime(2025, 6, 16, 13, 45, tzinfo=UTC),
    datetime(2025, 12, 1, 16, 20, tzinfo=UTC),
    datetime(2026, 3, 31, 15, 0, tzinfo=UTC),
    datetime(2026, 6, 30, 17, 10, tzinfo=UTC),
    datetime(2026, 9, 30, 14, 0, tzinfo=UTC),
    datetime(2026, 11, 9, 15, 30, tzinfo=UTC),
    datetime(2026, 11, 24, 15, 0, tzinfo=UTC),
)
DAYS = [instant.date() for instant in INSTANTS]
FIRST = DAYS[0]
LAST = DAYS[-1]


def recorded(day: date) -> int:
    """Which batch records what is known on this day: the first one not before it."""
    return min(bisect_left(DAYS, day), len(DAYS) - 1)


def between(random: Random, first: date, last: date) -> date:
    """Some day from first to last, both possible."""
    return first + timedelta(days=random.randint(0, max(0, (last - first).days)))


def months(first: date, last: date) -> list[date]:
    """First days of the months from first to last."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [months_after(first.replace(day=1), number) for number in range(count)]
