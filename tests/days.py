"""The day on which a test runs: a run may begin on one UTC day and end on the next."""

import time
from datetime import UTC, date, datetime, timedelta

LEAST = timedelta(seconds=90)
"""What a test is given of a day: longer than any takes on two busy cores."""


def today() -> date:
    """The day, for use inside a test; read where files are imported it may be yesterday."""
    return datetime.now(UTC).date()


def tomorrow() -> date:
    """The day after it."""
    return today() + timedelta(1)


LATER = (today() + timedelta(3)).isoformat()
"""A day further ahead than what may be recorded now, and still so after one midnight."""


def left(now: datetime) -> timedelta:
    """What is left of the day."""
    return datetime.combine(now.date() + timedelta(1), datetime.min.time(), UTC) - now


def begin(least: timedelta = LEAST) -> None:
    """Begin on a day that has time for it, the next if need be: what is compared is of one day."""
    remaining = left(datetime.now(UTC))
    if remaining < least:
        time.sleep(remaining.total_seconds() + 0.1)
