"""A machine's clock that is put back and forth, under the clock that is recorded by."""

from datetime import UTC, datetime, timedelta

import pytest


class Machine(datetime):
    """Right but for what it was moved by, or where it was put to stand."""

    moved = timedelta(0)
    stands: datetime | None = None

    @classmethod
    def now(cls, tz: object = UTC) -> datetime:  # type: ignore[override]
        """What it says, in UTC, which alone is asked for."""
        assert tz is UTC
        return cls.stands or datetime.now(UTC) + cls.moved


def put(monkeypatch: pytest.MonkeyPatch, stands: datetime | None = None) -> None:
    """Put it under this process's clock until the test ends."""
    monkeypatch.setattr("graph.clock.datetime", Machine)
    monkeypatch.setattr(Machine, "moved", timedelta(0))
    monkeypatch.setattr(Machine, "stands", stands)
