"""When a delivery is tried again: ten attempts over about 75 hours; the clock is handed in."""

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)
)
"""How long after each attempt but the last one the next is made: 75.6 hours in all."""
ATTEMPTS = len(DELAYS) + 1
JITTER = 0.1  # so much earlier or later, that not all who failed together come back together
LONGEST = timedelta(hours=24)  # that a receiver may ask us to wait
FAILING = timedelta(days=5)  # without one acknowledgement, after which a webhook is paused


def next_attempt(
    attempt: int, at: datetime, retry_after: str | None, chance: float
) -> datetime | None:
    """When to try again after this attempt (from 1) failed at an instant; None after the last.

    `chance` is 0..1. What the receiver asks for in Retry-After is waited for, if it is longer.
    """
    if attempt >= ATTEMPTS:
        return None
    delay = DELAYS[attempt - 1] * (1 + JITTER * (2 * chance - 1))
    return at + max(delay, min(asked(retry_after, at), LONGEST))


def asked(retry_after: str | None, at: datetime) -> timedelta:
    """How long a receiver asks us to wait: seconds, or a date; nothing for what is neither."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return timedelta(seconds=min(int(text[:9]), int(LONGEST.total_seconds())))
    try:
        until = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):  # any number may stand in it
        return timedelta()
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return max(until - at, timedelta())


def given_up(failing_since: datetime | None, at: datetime) -> bool:
    """Whether a webhook has failed for so long that it is paused."""
    return failing_since is not None and at - failing_since >= FAILING
