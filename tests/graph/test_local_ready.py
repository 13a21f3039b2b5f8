"""A database that hangs while it starts is waited for, and no longer than that."""

import gc
import os
import signal
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import local_ready
from graph.errors import SetupError
from graph.local import LocalDatabase, start_local


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[LocalDatabase]:
    """One that takes connections, as its machine does for it, and says nothing."""
    with start_local(tmp_path / "graph", quick=True) as found:
        assert found.pid
        os.kill(found.pid, signal.SIGSTOP)
        try:
            yield found
        finally:
            os.kill(found.pid, signal.SIGCONT)


def test_who_waits_for_a_database_that_hangs_is_asked_whether_to_go_on(
    stopped: LocalDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_ready, "ANSWER_SECONDS", 0.1)
    asked: list[None] = []

    def check() -> None:
        asked.append(None)
        if len(asked) > 1:
            raise SetupError("long enough")

    with pytest.raises(SetupError, match="long enough"):
        local_ready.until_ready(stopped.address, stopped.port, check)

    os.kill(stopped.pid or 0, signal.SIGCONT)
    left_behind()


def left_behind() -> None:
    """Wait for who was left behind; the driver does not close what it was opening for them."""
    for thread in threading.enumerate():
        if thread.name == local_ready.ASKING:
            thread.join(60)
            assert not thread.is_alive()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def test_one_that_hangs_is_ready_when_it_goes_on(
    stopped: LocalDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_ready, "ANSWER_SECONDS", 0.1)

    def goes_on() -> None:
        os.kill(stopped.pid or 0, signal.SIGCONT)

    local_ready.until_ready(stopped.address, stopped.port, goes_on)
