"""graphql-transport-ws: messages, close codes, who is asking, and when it ends."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Subprotocol

from tests.transport.people import world
from tests.transport.serving import Running, authenticate, running
from transport import Doors
from transport.admission import Admission

PROTOCOL = Subprotocol("graphql-transport-ws")


@asynccontextmanager
async def dialled(server: Running, **payload: Any) -> AsyncIterator[ClientConnection]:
    async with connect(server.socket, subprotocols=[PROTOCOL]) as socket:
        await tell(socket, {"type": "connection_init", "payload": payload or None})
        assert await heard(socket) == {"type": "connection_ack"}
        yield socket


async def tell(socket: ClientConnection, message: object) -> None:
    await socket.send(json.dumps(message))


async def ask(socket: ClientConnection, query: str, id: str = "1", **more: Any) -> None:
    await tell(socket, {"type": "subscribe", "id": id, "payload": {"query": query, **more}})


async def heard(socket: ClientConnection) -> Any:
    return json.loads(await asyncio.wait_for(socket.recv(), 3))


async def closed(socket: ClientConnection) -> int:
    await asyncio.wait_for(socket.wait_closed(), 3)
    assert socket.close_code
    return socket.close_code


async def test_a_query_is_answered_once_in_a_text_frame(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        await ask(socket, "query A { seen } query B { caller }", operationName="B")
        first = await socket.recv()
        last = await heard(socket)

    assert first == '{"id":"1","type":"next","payload":{"data":{"caller":null}}}'
    assert last == {"id": "1", "type": "complete"}


async def test_each_operation_on_a_socket_has_a_fresh_context(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        seen = []
        for _ in range(3):
            await ask(socket, "{ seen }")
            seen.append((await heard(socket))["payload"]["data"]["seen"])
            await heard(socket)

    assert seen == [1, 1, 1]


async def test_a_faulty_document_is_an_error_and_the_socket_stays(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        await ask(socket, "{")
        syntax = await heard(socket)
        await ask(socket, "{ nothing }")
        unknown = await heard(socket)
        await ask(socket, "{ caller }")
        answer = await heard(socket)

    assert [syntax["type"], unknown["type"], answer["type"]] == ["error", "error", "next"]
    assert syntax["payload"][0]["extensions"] == {"code": "GRAPHQL_PARSE_FAILED"}
    assert unknown["payload"][0]["extensions"] == {"code": "GRAPHQL_VALIDATION_FAILED"}


async def test_a_query_past_its_time_limit_is_ended(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        await ask(socket, "{ slow(seconds: 1.5) }")
        answer = await heard(socket)

    assert answer["payload"][0]["extensions"] == {"code": "TIMED_OUT"}


async def test_a_subscription_runs_until_the_client_completes_it(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        await ask(socket, "subscription { told }", "s")
        while not world.listeners:  # noqa: ASYNC110 - the server tells no other way
            await asyncio.sleep(0.01)
        await ask(socket, "mutation { tell }", "m")
        messages = [await heard(socket) for _ in range(3)]
        await tell(socket, {"type": "complete", "id": "s"})
        while world.listeners:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    [number] = {json.dumps(list(m["payload"]["data"].values())) for m in messages if "payload" in m}
    assert sorted((m["id"], m["type"]) for m in messages) == [
        ("m", "complete"), ("m", "next"), ("s", "next"),
    ]  # fmt: skip
    assert json.loads(number)[0] >= 1


async def test_too_many_subscriptions_on_one_socket_are_refused(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        for number in range(21):
            await ask(socket, "subscription { told }", str(number))
        refused = await heard(socket)

    assert refused["id"] == "20"
    assert refused["payload"][0]["extensions"] == {"code": "LIMIT_EXCEEDED"}


async def test_too_many_operations_on_one_socket_are_refused(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        for number in range(101):
            await ask(socket, "{ slow(seconds: 0.3) }", str(number))
        refused = await heard(socket)

    assert refused["id"] == "100"
    assert refused["payload"][0]["extensions"] == {"code": "LIMIT_EXCEEDED"}


async def test_a_subscription_that_fails_tells_its_code(toy_server: Running) -> None:
    async with dialled(toy_server) as socket:
        await ask(socket, "subscription { short }")
        messages = [await heard(socket) for _ in range(3)]

    assert messages[0]["payload"] == {"data": {"short": 1}}
    assert messages[1]["payload"]["errors"][0]["extensions"] == {"code": "BAD_USER_INPUT"}
    assert messages[2]["type"] == "complete"


@pytest.mark.parametrize(
    "message",
    [
        [], None, 5, {}, {"type": 5}, {"type": "start"},
        {"type": "subscribe", "payload": {"query": "{ caller }"}},
        {"type": "subscribe", "id": 5, "payload": {"query": "{ caller }"}},
        {"type": "subscribe", "id": "", "payload": {"query": "{ caller }"}},
        {"type": "subscribe", "id": "1"},
        {"type": "subscribe", "id": "1", "payload": {"query": 5}},
        {"type": "subscribe", "id": "1", "payload": {"query": "{ caller }", "variables": []}},
        {"type": "complete"},
        {"type": "ping", "payload": 5},
    ],
    ids=json.dumps,
)  # fmt: skip
async def test_a_message_of_another_shape_closes_the_socket(
    toy_server: Running, message: object
) -> None:
    async with dialled(toy_server) as socket:
        await tell(socket, message)

        assert await closed(socket) == 4400


async def test_a_socket_that_does_not_say_who_it_is_is_closed(toy_server: Running) -> None:
    async with connect(toy_server.socket, subprotocols=[PROTOCOL]) as early:
        await ask(early, "{ caller }")
        async with connect(toy_server.socket, subprotocols=[PROTOCOL]) as silent:
            codes = await asyncio.gather(closed(early), closed(silent))

    assert list(codes) == [4401, 4408]


async def test_a_token_names_the_caller(toy_server: Running) -> None:
    async with dialled(toy_server, Authorization="Bearer Ada") as socket:
        await ask(socket, "{ caller }")

        assert (await heard(socket))["payload"] == {"data": {"caller": "Ada"}}


@pytest.mark.parametrize("token", ["Bearer ?", "", 5])
async def test_a_wrong_token_closes_the_socket(toy_server: Running, token: object) -> None:
    async with connect(toy_server.socket, subprotocols=[PROTOCOL]) as socket:
        await tell(socket, {"type": "connection_init", "payload": {"Authorization": token}})

        assert await closed(socket) == 4403


async def test_a_socket_ends_with_its_token(toy_server: Running) -> None:
    async with dialled(toy_server, Authorization="Bearer Ada:0.2") as socket:
        await ask(socket, "subscription { told }")

        assert await closed(socket) == 4403


async def test_a_page_of_another_site_may_not_open_a_socket(toy_server: Running) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            toy_server.socket, subprotocols=[PROTOCOL], additional_headers={"Origin": "https://a.b"}
        ):
            pass

    assert refused.value.response.status_code == 403


async def test_a_socket_for_another_host_is_not_opened(toy_server: Running) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with connect(
            toy_server.socket, subprotocols=[PROTOCOL], additional_headers={"Host": "evil.example"}
        ):
            pass

    assert refused.value.response.status_code == 421


async def test_one_query_too_many_is_told_on_its_socket() -> None:
    doors = Doors(authenticate, admission=Admission(at_once=1, waiting=0))

    async with running(doors) as one, dialled(one) as socket:
        await ask(socket, "{ slow(seconds: 0.2) }", "first")
        await ask(socket, "{ caller }", "second")
        refused = await heard(socket)
        answer = await heard(socket)

    assert (refused["id"], answer["id"]) == ("second", "first")
    assert refused["payload"][0]["extensions"] == {"code": "UNAVAILABLE", "retryAfter": 1}


async def test_sockets_are_closed_when_the_server_stops() -> None:
    async with running() as one, dialled(one) as socket:
        await ask(socket, "subscription { told }")
        one.server.should_exit = True

        assert await closed(socket) == 1012
