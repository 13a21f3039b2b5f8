"""The head of a request, byte for byte: without end, slow, or never sent."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

import pytest

from tests.transport.people import world
from tests.transport.serving import Running
from tests.transport.test_socket import ask, closed, dialled
from transport import UVICORN
from transport.wire import Taken, Wire

HEAD = b"POST /graphql HTTP/1.1\r\nhost: localhost\r\n"
JSON = b"content-type: application/json\r\n"
BODY = b'{"query": "{ __typename }"}'


@asynccontextmanager
async def connected(
    server: Running,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", urlsplit(server.url).port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def test_a_head_without_end_is_refused_while_it_is_read(toy_server: Running) -> None:
    async with connected(toy_server) as (reader, writer):
        writer.write(HEAD + b"x: " + b"y" * 49 * 1024)
        answer = await asyncio.wait_for(reader.read(), 3)

    assert answer.startswith(b"HTTP/1.1 431 ")


@pytest.mark.parametrize("sent", [b"", b"POST /gra", HEAD])
async def test_a_head_that_does_not_come_is_not_waited_for(
    toy_server: Running, monkeypatch: pytest.MonkeyPatch, sent: bytes
) -> None:
    monkeypatch.setattr(Wire, "seconds", 0.1)

    async with connected(toy_server) as (reader, writer):
        writer.write(sent)
        answer = await asyncio.wait_for(reader.read(), 3)

    assert (
        answer == b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
    )


async def test_a_connection_is_used_again_and_a_second_head_is_waited_for_as_well(
    toy_server: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    length = b"content-length: %d\r\n\r\n" % len(BODY)
    monkeypatch.setattr(Wire, "seconds", 0.2)

    async with connected(toy_server) as (reader, writer):
        for _ in range(2):
            writer.write(HEAD + JSON + length + BODY)
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 3)
            answer = await asyncio.wait_for(reader.readuntil(b"}}"), 3)
        writer.write(HEAD)
        rest = await asyncio.wait_for(reader.read(), 3)

    assert head.startswith(b"HTTP/1.1 200 ")
    assert answer == b'{"data":{"__typename":"Query"}}'
    assert rest.startswith(b"HTTP/1.1 408 ")


async def test_a_body_is_no_part_of_the_head(toy_server: Running) -> None:
    body = b'{"query": "{ __typename }", "extensions": {"pad": "' + b"x" * 100_000 + b'"}}'

    async with connected(toy_server) as (reader, writer):
        writer.write(HEAD + JSON + b"content-length: %d\r\n\r\n" % len(body))
        for start in range(0, len(body), 4096):
            writer.write(body[start : start + 4096])
            await writer.drain()
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 3)

    assert head.startswith(b"HTTP/1.1 200 ")


async def test_a_frame_that_is_too_long_closes_its_socket(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        await ask(socket, "{ caller }" + "#" * 128 * 1024)

        assert await closed(socket) == 1009


@pytest.mark.parametrize("way", ["events", "socket"])
async def test_a_client_that_takes_nothing_is_cut_off_and_leaves_nothing(
    toy_server: Running, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setattr(Taken, "patience", 0.2)
    monkeypatch.setattr(Taken, "breath", 0.02)
    stream = "subscription { %s: told }" % ("a" * 60_000)  # an event repeats the name
    body = json.dumps({"query": stream}).encode()
    head = HEAD + JSON + b"accept: text/event-stream\r\n"

    async with connected(toy_server) as (_, writer), dialled(toy_server) as socket:
        if way == "events":
            writer.write(head + b"content-length: %d\r\n\r\n" % len(body) + body)
            writer.transport.pause_reading()  # type: ignore[attr-defined]
        else:
            await ask(socket, stream)
            socket.transport.pause_reading()
        async with asyncio.timeout(10):
            while not world.listeners:  # noqa: ASYNC110 - the server tells no other way
                await asyncio.sleep(0.01)
            while world.listeners:
                for queue in tuple(world.listeners):
                    if queue.empty():
                        queue.put_nowait(1)
                await asyncio.sleep(0)
        socket.transport.abort()  # else it waits for an answer to its close


def test_silent_sockets_are_pinged() -> None:
    assert (UVICORN["ws_ping_interval"], UVICORN["ws_ping_timeout"]) == (25.0, 25.0)
