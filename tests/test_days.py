"""A run may go over midnight: what is left of a day, and what is read of it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests import days


def test_what_is_left_of_a_day_ends_at_midnight() -> None:
    last = datetime(2026, 12, 31, 23, 59, 58, tzinfo=UTC)

    assert days.left(last) == timedelta(seconds=2)
    assert days.left(datetime(2026, 12, 31, tzinfo=UTC)) == timedelta(days=1)


@pytest.mark.parametrize(("remaining", "waited"), [(89, [89.1]), (90, []), (7200, [])])
def test_a_test_that_its_day_has_no_time_for_waits_for_the_next(
    monkeypatch: pytest.MonkeyPatch, remaining: int, waited: list[float]
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(days, "left", lambda _now: timedelta(seconds=remaining))
    monkeypatch.setattr("time.sleep", slept.append)

    days.begin()

    assert slept == waited


def test_a_day_that_is_too_far_ahead_stays_so_after_midnight() -> None:
    assert date.fromisoformat(days.LATER) > days.tomorrow() > days.today()
