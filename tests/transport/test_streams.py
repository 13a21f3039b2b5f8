"""How many streams run at once: in all and of one caller, over sockets and event streams alike."""

import asyncio

import httpx2
import pytest

from tests.transport.people import world
from tests.transport.serving import authenticate, running
from tests.transport.test_socket import ask, dialled, heard, tell
from tests.transport.test_sse import EVENTS, TOLD
from transport import Doors, Streams

LIMITS = [(Streams(2, 9), "The server runs too many"), (Streams(9, 2), "You have too many")]


@pytest.mark.parametrize(("streams", "words"), LIMITS, ids=["in all", "of one"])
async def test_one_stream_too_many_is_refused_until_another_ends(
    streams: Streams, words: str
) -> None:
    async with (
        running(Doors(authenticate, streams=streams)) as server,
        httpx2.AsyncClient(base_url=server.url) as client,
        dialled(server) as socket,
    ):
        async with client.stream("POST", "/graphql", json=TOLD, headers=EVENTS):
            await ask(socket, "subscription { told }", "1")
            while len(world.listeners) < 2:  # noqa: ASYNC110 - the server tells no other way
                await asyncio.sleep(0.01)
            await ask(socket, "subscription { told }", "2")
            refused = await heard(socket)
            answer = await client.post("/graphql", json=TOLD, headers=EVENTS)
        while len(world.listeners) > 1:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await ask(socket, "subscription { told }", "3")
        while len(world.listeners) < 2:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert (refused["type"], refused["id"]) == ("error", "2")
    assert refused["payload"][0]["message"].startswith(words)
    assert refused["payload"][0]["extensions"] == {"code": "LIMIT_EXCEEDED"}
    assert words in answer.text
    assert answer.text.endswith("event: complete\ndata: \n\n")


@pytest.mark.parametrize("way", ["completed", "closed", "cut"])
async def test_a_stream_that_ends_is_counted_no_longer_and_leaves_nothing(way: str) -> None:
    doors = Doors(authenticate, streams=Streams(1, 1))
    async with running(doors) as server, dialled(server) as stays, dialled(server) as socket:
        metrics = server.served.metrics
        gauges = (metrics.subscriptions._value, metrics.sockets._value)
        await ask(socket, "subscription { told }")
        while not world.listeners:  # noqa: ASYNC110 - the server tells no other way
            await asyncio.sleep(0.01)
        before = [gauge.get() for gauge in gauges]

        if way == "completed":
            await tell(socket, {"type": "complete", "id": "1"})
        elif way == "closed":
            await socket.close()
        else:
            socket.transport.abort()
        async with asyncio.timeout(3):
            while world.listeners or gauges[0].get():  # noqa: ASYNC110
                await asyncio.sleep(0.01)
            while gauges[1].get() > 1 + (way == "completed"):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        await ask(stays, "subscription { told }")  # its place is free as well
        while not world.listeners:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert before == [1, 2]
