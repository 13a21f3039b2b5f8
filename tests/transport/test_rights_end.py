"""What ends with the right to ask: streams and sockets, while they run."""

import asyncio
import json
from collections.abc import AsyncIterator

import httpx2
import pytest
from websockets.asyncio.client import connect
from websockets.typing import Subprotocol

from tests.transport.people import world
from tests.transport.serving import Running, authenticate, running
from transport import Doors, Viewer
from transport.tokens import NotNow

ADA = {"authorization": "Bearer Ada"}
TOLD = {"query": "subscription { told }"}
PROTOCOL = [Subprotocol("graphql-transport-ws")]
revoked: set[object] = set()


@pytest.fixture
async def guarded() -> AsyncIterator[Running]:
    """A server that looks whether a caller was revoked."""
    revoked.clear()
    async with running(Doors(authenticate, holds)) as one:
        yield one


def holds(viewer: Viewer) -> bool:
    return getattr(viewer, "name", None) not in revoked


async def listening() -> None:
    async with asyncio.timeout(3):
        while not world.listeners:  # noqa: ASYNC110 - the toy tells it no other way
            await asyncio.sleep(0.01)


async def test_an_event_stream_ends_when_its_caller_is_revoked(guarded: Running) -> None:
    async with (
        httpx2.AsyncClient(timeout=5) as client,
        client.stream(
            "POST", guarded.graphql, json=TOLD, headers={**ADA, "accept": "text/event-stream"}
        ) as answer,
    ):
        await listening()
        revoked.add("Ada")
        text = "".join([piece async for piece in answer.aiter_text()])

    assert text.endswith("event: complete\ndata: \n\n")
    assert not world.listeners


async def test_an_event_stream_goes_on_between_two_looks(guarded: Running) -> None:
    async with (
        httpx2.AsyncClient(timeout=5) as client,
        client.stream(
            "POST", guarded.graphql, json=TOLD, headers={**ADA, "accept": "text/event-stream"}
        ) as answer,
    ):
        await listening()
        await asyncio.sleep(1.2)  # longer than between two looks
        next(iter(world.listeners)).put_nowait(7)
        async for line in answer.aiter_lines():
            if line.startswith("data: {"):
                break

    assert json.loads(line.removeprefix("data: ")) == {"data": {"told": 7}}


async def test_a_socket_is_closed_when_its_caller_is_revoked(guarded: Running) -> None:
    init = {"type": "connection_init", "payload": {"Authorization": "Bearer Ada"}}
    async with connect(guarded.socket, subprotocols=PROTOCOL) as socket:
        await socket.send(json.dumps(init))
        assert json.loads(await socket.recv()) == {"type": "connection_ack"}
        payload = {"type": "subscribe", "id": "1", "payload": TOLD}
        await socket.send(json.dumps(payload))
        await listening()
        revoked.add("Ada")
        await asyncio.wait_for(socket.wait_closed(), 5)

    assert socket.close_code == 4403
    assert not world.listeners


async def test_a_socket_is_told_to_come_again_while_tokens_cannot_be_judged() -> None:
    async def away(_given: str | None, _host: str | None) -> Viewer | None:
        raise NotNow("The keys are not known.")

    async with (
        running(Doors(away)) as one,
        connect(one.socket, subprotocols=PROTOCOL) as socket,
    ):
        await socket.send(json.dumps({"type": "connection_init"}))
        await asyncio.wait_for(socket.wait_closed(), 5)

    assert socket.close_code == 1013
