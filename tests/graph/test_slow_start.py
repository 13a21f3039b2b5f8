"""A database that needs longer than a start is waited for lets verbs join it once it answers."""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import local_lock
from graph.local import LocalDatabase, joined, start_local
from tests.outages.test_broken import Disk, supervised


@pytest.fixture
def database(tmp_path: Path) -> Iterator[LocalDatabase]:
    with start_local(tmp_path / "graph", quick=True) as found:
        yield found


async def test_verbs_are_let_in_when_it_answers_at_last(
    database: LocalDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LocalDatabase.wait, "__defaults__", (0.0,))  # START_SECONDS
    child = database.pid
    assert child
    os.kill(child, signal.SIGKILL)

    async with supervised(database, Disk(free=True)), asyncio.timeout(180):
        while (address := joined(database.home)) is None or database.pid == child:  # noqa: ASYNC110
            await asyncio.sleep(0.1)

    assert address == database.address
    told = local_lock.connection_file(database.home).read_text(encoding="utf-8")
    assert f'"child": {database.pid}' in told
