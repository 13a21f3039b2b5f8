"""Scalars: exact on the way out, strict on the way in, and silent about what they refuse."""

from datetime import UTC, date, datetime

import pytest
from strawberry.exceptions import StrawberryInputCoercionError

from schema.scalars import parse_day, parse_instant, parse_percent, percent


@pytest.mark.parametrize(
    ("parts", "shown"),
    [(0, 0), (1_000_000_000, 100), (1, 0.0000001), (333_333_333, 33.3333333), (255_000_000, 25.5)],
)
def test_a_share_is_shown_exactly(parts: int, shown: float) -> None:
    assert percent(parts) == shown
    assert round(percent(parts) * 10_000_000) == parts


@pytest.mark.parametrize(
    ("given", "parts"),
    [(0, 0), (100, 1_000_000_000), (0.0000001, 1), (33.3333333, 333_333_333), (25.5, 255_000_000)],
)
def test_a_share_is_read_exactly(given: float, parts: int) -> None:
    assert parse_percent(given) == parts


@pytest.mark.parametrize("value", [-1, 100.5, 0.00000001, True, "25", None, float("nan")])
def test_another_share_is_refused(value: object) -> None:
    with pytest.raises(StrawberryInputCoercionError):
        parse_percent(value)


def test_days_and_instants_are_read() -> None:
    assert parse_day("2026-03-31") == date(2026, 3, 31)
    assert parse_instant("2026-03-31T17:05:09+02:00") == datetime(2026, 3, 31, 15, 5, 9, tzinfo=UTC)
    assert parse_instant("2026-03-31t17:05:09.25z") == datetime(
        2026, 3, 31, 17, 5, 9, 250_000, tzinfo=UTC
    )


@pytest.mark.parametrize("value", ["2026-3-31", "2026-02-30", "20260331", "219-09-9999", 5, None])
def test_another_day_is_refused_without_repeating_it(value: object) -> None:
    with pytest.raises(StrawberryInputCoercionError) as told:
        parse_day(value)
    assert str(value) not in str(told.value)


@pytest.mark.parametrize(
    "value", ["2026-03-31", "2026-03-31T17:05:09", "2026-03-31T25:00:00Z", "now", 5, None]
)
def test_another_instant_is_refused_without_repeating_it(value: object) -> None:
    with pytest.raises(StrawberryInputCoercionError) as told:
        parse_instant(value)
    assert f'"{value}"' not in str(told.value)
