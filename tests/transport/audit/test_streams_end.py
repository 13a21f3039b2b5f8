"""Streams and sockets end when nothing more can be entered: none tells without an entry."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx2
import pytest
from websockets.exceptions import ConnectionClosedError

from tests.transport.audit.reading import KEY, entries
from tests.transport.people import world
from tests.transport.serving import Running, running
from tests.transport.test_socket import ask, dialled
from transport import Audit, Journal

EVENTS = {"accept": "text/event-stream"}
TOLD = {"query": "subscription { told }"}


class Disk(Journal):
    """A journal whose disk others fill: to the last byte, but for its reserve."""

    full = False

    def _add(self, line: bytes) -> None:
        if self.full and self._reserve.path.exists():
            raise OSError(28, "No space left on device")
        super()._add(line)


class Lost(Journal):
    """A journal whose disk is gone: nothing is written any more, out of the reserve neither."""

    full = False

    def _add(self, line: bytes) -> None:
        if self.full:
            raise OSError(5, "Input/output error")
        super()._add(line)


async def listening(count: int) -> None:
    async with asyncio.timeout(20):
        while len(world.listeners) != count:  # noqa: ASYNC110 - the toy tells it no other way
            await asyncio.sleep(0.01)


@asynccontextmanager
async def streaming(
    kept: Journal,
) -> AsyncIterator[tuple[Running, httpx2.AsyncClient, httpx2.Response]]:
    """A server with this journal, and one that listens to its events."""
    async with (
        running(audit=Audit(kept)) as one,
        httpx2.AsyncClient(timeout=20) as client,
        client.stream("POST", one.graphql, json=TOLD, headers=EVENTS) as answer,
    ):
        await listening(1)
        yield one, client, answer


async def refused(one: Running, client: httpx2.AsyncClient) -> None:
    """Ask until there is no room for the entry of one more."""
    async with asyncio.timeout(20):
        while (await client.post(one.graphql, json={"query": "{ caller }"})).status_code != 503:
            pass


async def rest(answer: httpx2.Response) -> str:
    """What comes until it ends; signs of life would keep it open for ever."""
    async with asyncio.timeout(20):
        return "".join([piece async for piece in answer.aiter_text()])


async def test_an_event_stream_says_that_it_cannot_go_on(tmp_path: Path) -> None:
    kept = Disk(tmp_path, KEY)
    async with streaming(kept) as (one, client, answer):
        kept.full = True
        await refused(one, client)
        text = await rest(answer)
        await listening(0)

    assert text.count("event: next") == text.count('"code":"UNAVAILABLE"') == 1
    assert text.endswith("event: complete\ndata: \n\n")
    [end] = [e for e in entries(tmp_path) if e["what"] == "STREAM_END"]
    assert (end["code"], end["way"]) == ("UNAVAILABLE", "sse")
    kept.close()


async def test_an_event_between_two_looks_is_not_told(tmp_path: Path) -> None:
    kept = Lost(tmp_path, KEY)
    async with streaming(kept) as (one, client, answer):
        kept.full = True
        await refused(one, client)
        for queue in world.listeners:
            queue.put_nowait(4711)
        text = await rest(answer)

    assert "4711" not in text
    assert '"code":"UNAVAILABLE"' in text
    kept.full = False
    kept.close()


async def test_sockets_are_closed_whatever_runs_on_them(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = Disk(tmp_path, KEY)
    async with (
        running(audit=Audit(kept)) as one,
        httpx2.AsyncClient(timeout=20) as client,
        dialled(one, Authorization="Bearer Ada") as busy,
        dialled(one) as idle,
    ):
        for number in range(3):
            await ask(busy, "subscription { told }", str(number))
        await listening(3)
        kept.full = True
        await refused(one, client)
        for queue in world.listeners:
            queue.put_nowait(4711)
        for socket in (busy, idle):
            with pytest.raises(ConnectionClosedError) as told:  # nothing comes before it
                await asyncio.wait_for(socket.recv(), 20)
            assert told.value.rcvd
            assert told.value.rcvd.code == 1013
        await listening(0)

    assert [one.name for one in caplog.records if one.levelname == "ERROR"] == ["transport.audit"]
    whats = [e["what"] for e in entries(tmp_path)]
    assert whats.count("STREAM_START") == whats.count("STREAM_END") == 3
    kept.close()


async def test_streams_go_on_while_entries_can_be_written(tmp_path: Path) -> None:
    kept = Disk(tmp_path, KEY)
    async with streaming(kept) as (one, client, answer):
        await asyncio.sleep(1.2)  # longer than between two looks
        await client.post(one.graphql, json={"query": "mutation { tell }"})
        async with asyncio.timeout(20):
            async for line in answer.aiter_lines():
                if "told" in line:
                    break

    assert line.startswith("data: {")
    kept.close()
