"""A client that reads nothing, over a real socket: what it is told once it reads on."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from random import Random
from string import ascii_letters
from typing import Any

import httpx2
import pytest
from starlette.requests import HTTPConnection
from websockets.asyncio.client import ClientConnection

import transport
from graph.feed import feed
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT, Viewer
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests.feed.conftest import Event, labels
from tests.transport.serving import Running, running
from tests.transport.test_socket import ask, dialled, heard
from transport.wire import Taken

Wrote = Callable[..., Awaitable[None]]
# An event repeats this name, which does not pack well, so that a few hundred fill every buffer.
LONG = "".join(Random(8).choices(ascii_letters, k=60_000))
FOLLOW = f"""subscription ($after: String) {{ changes(after: $after) {{
  {LONG}: kind kind cursor change {{ subject {{ label }} }} }} }}"""
NAMES = [f"{number:03}" for number in range(300)]


@pytest.fixture
async def served(graph: Graph, seal: Seal, key: IdentifierKey) -> AsyncIterator[Running]:
    """The product's endpoint on a real socket."""

    async def everybody(_authorization: str | None, _host: str | None) -> Viewer:
        return DEVELOPMENT

    def context(connection: HTTPConnection, _viewer: object) -> Context:
        return Context(graph, DEVELOPMENT, seal, key, stalled=connection.state.stalled)

    doors = transport.Doors(everybody)
    async with running(doors, schema=schema, context=context) as one:
        yield one


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Clients are waited for a short while only."""
    monkeypatch.setattr(Taken, "patience", 0.5)
    monkeypatch.setattr(Taken, "breath", 0.2)


async def filled(graph: Graph, wrote: Wrote, patience: float) -> None:
    """Write more than all buffers hold, until no stream follows; the client has so long left."""
    await wrote(*NAMES)
    async with asyncio.timeout(20):
        while feed(graph).followers:  # noqa: ASYNC110 - a gauge tells no other way
            await asyncio.sleep(0.02)
    Taken.patience = patience


async def rest(socket: ClientConnection) -> tuple[list[Event], dict[str, Any]]:
    """The events that wait for the client, and the error behind them."""
    events: list[Event] = []
    while not (payload := (await heard(socket))["payload"]).get("errors"):
        events.append(payload["data"]["changes"])
    [error] = payload["errors"]
    return events, error["extensions"]


@pytest.mark.usefixtures("soon")
async def test_a_client_that_reads_on_is_told_why_its_stream_ended_and_where_to_go_on(
    served: Running, graph: Graph, wrote: Wrote
) -> None:
    async with dialled(served) as socket:
        await ask(socket, FOLLOW)
        assert (await heard(socket))["payload"]["data"]["changes"]["kind"] == "HEARTBEAT"
        await filled(graph, wrote, 30.0)

        found, ended = await rest(socket)
        complete = await heard(socket)
        await ask(socket, FOLLOW, "2", variables={"after": ended["cursor"]})
        more = [
            (await heard(socket))["payload"]["data"]["changes"]
            for _ in range(len(NAMES) - len(found))
        ]

    assert 0 < len(found) < len(NAMES)
    assert ended == {"code": "LIMIT_EXCEEDED", "cursor": found[-1]["cursor"]}
    assert complete == {"id": "1", "type": "complete"}
    assert labels(found + more) == NAMES


@pytest.mark.usefixtures("soon")
async def test_the_same_is_told_over_an_event_stream(
    served: Running, graph: Graph, wrote: Wrote
) -> None:
    headers = {"accept": "text/event-stream"}
    async with (
        httpx2.AsyncClient(base_url=served.url, headers=headers) as client,
        client.stream("POST", "/graphql", json={"query": FOLLOW}) as answer,
    ):
        lines = answer.aiter_lines()
        while not (await anext(lines)).startswith("data: {"):
            pass
        await filled(graph, wrote, 30.0)

        told = [line async for line in lines]

    payloads = [json.loads(line[6:]) for line in told if line.startswith("data: {")]
    [error] = payloads[-1]["errors"]
    found = [payload["data"]["changes"] for payload in payloads[:-1]]
    assert labels(found) == NAMES[: len(found)]
    assert error["extensions"] == {"code": "LIMIT_EXCEEDED", "cursor": found[-1]["cursor"]}
    assert "event: complete" in told


@pytest.mark.usefixtures("soon")
async def test_a_client_that_never_reads_on_is_cut_off(
    served: Running, graph: Graph, wrote: Wrote
) -> None:
    async with dialled(served) as socket:
        await ask(socket, FOLLOW)
        await heard(socket)
        await filled(graph, wrote, 0.5)
        async with asyncio.timeout(10):
            while served.server.server_state.connections:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        socket.transport.abort()  # else it waits for an answer to its close
