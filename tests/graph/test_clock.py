"""The clock that is recorded by, beside a machine's clock that steps."""

from datetime import UTC, datetime, timedelta

import pytest

from graph.clock import AHEAD, TICK, Clock
from tests.stepping import put

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch, NOON)


def test_without_anything_recorded_it_is_the_machine_s() -> None:
    clock = Clock()

    assert (clock.now(), clock.after(None)) == (NOON, NOON)


@pytest.mark.parametrize("ahead", [timedelta(0), timedelta(minutes=5), AHEAD])
def test_what_is_recorded_later_is_later_and_is_read(ahead: timedelta) -> None:
    clock, last = Clock(), NOON + ahead

    recorded = clock.after(last)
    clock.see(recorded)

    assert recorded == last + TICK
    assert clock.now() == (recorded if recorded <= NOON + AHEAD else NOON)


def test_what_was_recorded_before_holds_nothing_up() -> None:
    clock = Clock()
    clock.see(NOON - TICK)

    assert (clock.now(), clock.after(NOON - TICK)) == (NOON, NOON)


def test_a_clock_that_was_far_wrong_is_not_followed() -> None:
    clock, wrong = Clock(), NOON + AHEAD + TICK
    clock.see(wrong)

    assert (clock.now(), clock.after(wrong)) == (NOON, NOON)


def test_who_is_behind_is_told_once_an_hour(caplog: pytest.LogCaptureFixture) -> None:
    clock = Clock()
    for second in range(5):
        clock.after(NOON + timedelta(minutes=5, seconds=second))

    assert [record.getMessage() for record in caplog.records] == [
        "This clock is 300 seconds behind what has been recorded."
    ]
