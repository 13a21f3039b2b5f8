"""A database that says nothing any more ends what would wait for it, however long that may take."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from types import SimpleNamespace

import pytest

from graph import session, silence
from graph.address import Address
from graph.errors import TimedOut, Unavailable
from graph.session import Graph, connect
from graph.silence import answering
from tests.outages.proxy import proxied


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in less time."""
    monkeypatch.setattr(silence, "SILENT", 1.0)
    monkeypatch.setattr(silence, "EVERY", 0.05)


@asynccontextmanager
async def hushed(address: Address) -> AsyncIterator[Graph]:
    """A graph whose database says nothing any more; what is asked of it has a minute."""
    async with proxied(address) as (proxy, place), connect(place) as graph:
        proxy.hush()
        async with asyncio.timeout(60):
            yield graph


async def test_a_change_of_the_schema_ends_when_the_database_falls_silent(
    address: Address, impatient: None
) -> None:
    async with hushed(address) as graph:
        with pytest.raises(TimedOut, match="fell silent"):
            await graph.schema("SHOW INDEXES")


async def test_it_goes_on_while_others_are_answered(
    impatient: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer between two failures begins the time anew."""
    monkeypatch.setattr(silence, "SILENT", 60.0)
    asked: list[None] = []
    monkeypatch.setattr(silence, "time", SimpleNamespace(monotonic=lambda: 40.0 * len(asked)))

    async def every_second() -> None:
        asked.append(None)
        if len(asked) % 2:
            raise OSError

    async with answering(600, every_second), asyncio.timeout(60):
        while len(asked) < 10:  # noqa: ASYNC110 - it tells it no other way
            await asyncio.sleep(0.01)


async def test_a_fault_of_the_question_is_no_answer(impatient: None) -> None:
    async def broken() -> None:
        raise OSError

    with pytest.raises(TimedOut):
        async with answering(60, broken):
            await asyncio.sleep(60)


async def test_it_has_a_limit_all_the_same(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "SCHEMA_SECONDS", 0.1)
    async with hushed(address) as graph:
        with pytest.raises(TimedOut, match="time limit"):
            await graph.schema("SHOW INDEXES")


async def test_a_beat_does_not_wait_for_ever(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with hushed(address) as graph:
        monkeypatch.setattr(session, "BEAT_SECONDS", 0.1)
        with pytest.raises(TimeoutError):
            await graph.beat()


async def test_a_silent_server_is_told_with_the_remedy(
    address: Address, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "BEAT_SECONDS", 0.1)
    async with proxied(address) as (proxy, place):
        proxy.hush()
        async with asyncio.timeout(60):
            with pytest.raises(Unavailable, match="Check GRAPH_URI"):
                async with connect(place):
                    pass
