"""When it is tried again, by the clock that is handed in."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from graph.webhooks import schedule
from graph.webhooks.schedule import next_attempt

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def test_ten_attempts_take_about_75_hours() -> None:
    at, made = AT, 1
    while (again := next_attempt(made, at, None, 0.5)) is not None:
        at, made = again, made + 1

    assert made == schedule.ATTEMPTS == 10
    assert at - AT == timedelta(hours=75, minutes=35, seconds=5)


@pytest.mark.parametrize(("chance", "seconds"), [(0.0, 270.0), (0.5, 300.0), (1.0, 330.0)])
def test_they_spread_by_a_tenth(chance: float, seconds: float) -> None:
    again = next_attempt(2, AT, None, chance)

    assert again
    assert (again - AT).total_seconds() == seconds


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        ("120", 120),
        (" 7200 ", 7200),
        ("0", 5),
        ("3", 5),  # no sooner than it would be anyway
        ("99999999999999", 86_400),  # and no later than in a day
        (format_datetime(AT + timedelta(minutes=3), usegmt=True), 180),
        (format_datetime(AT - timedelta(minutes=3), usegmt=True), 5),
        ("Sun, 01 Mar 2026 12:03:00", 180),
        ("-5", 5),
        ("soon", 5),
        ("", 5),
        ("1e9", 5),
        ("٣٠٠", 5),
        ("²", 5),
        ("9" * 5000, 86_400),
        ("inf", 5),
        ("NaN", 5),
        ("Mon, 01 Jan 99999999999 00:00:00 GMT", 5),
        (f"Mon, 01 Jan 2026 {'9' * 5000}:00:00 GMT", 5),
        ("Mon, 01 Jan 2026 00:00:00 +99999999999999999", 5),
        ("+0530 Feb 01 -2359999999999991.1 :", 5),
        ("Fri, 31 Dec 9999 23:59:59 -2359", 86_400),
        ("Mon, 01 Jan 0001 00:00:00 +2359", 5),
    ],
)
def test_what_the_receiver_asks_for_is_waited_for(asked: str, seconds: int) -> None:
    again = next_attempt(1, AT, asked, 0.5)

    assert again == AT + timedelta(seconds=seconds)


def test_after_the_last_nothing_is_asked_for() -> None:
    assert next_attempt(10, AT, "60", 0.5) is None


def test_five_days_without_an_acknowledgement_are_too_many() -> None:
    assert not schedule.given_up(None, AT)
    assert not schedule.given_up(AT - timedelta(days=4, hours=23), AT)
    assert schedule.given_up(AT - timedelta(days=5), AT)
