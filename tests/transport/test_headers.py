"""What every answer carries, and which hosts, headers and bodies are refused."""

import asyncio
import re

import httpx2
import pytest
from cross_web import HTTPException
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import capture_logs

from tests.transport.people import world
from tests.transport.serving import Running, running
from transport.body import LimitBody

NAME = {"query": "{ __typename }"}
EVERY = {
    "date",
    "content-length",
    "content-type",
    "cache-control",
    "vary",
    "x-content-type-options",
    "cross-origin-resource-policy",
    "x-request-id",
}


@pytest.mark.parametrize("path", ["/graphql?query={__typename}", "/health/live", "/nowhere"])
async def test_every_answer_carries_the_security_headers(
    client: httpx2.AsyncClient, path: str
) -> None:
    answer = await client.get(path)

    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["vary"] == "Accept, Authorization, Cookie"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"
    assert {*answer.headers} == EVERY  # no server's name, no other site let in


async def test_whom_clients_reach_by_tls_is_reached_by_nothing_else(
    client: httpx2.AsyncClient,
) -> None:
    async with running(https=True) as one, httpx2.AsyncClient(base_url=one.url) as secure:
        told = [await secure.get(path) for path in ("/graphql", "/health/live", "/nowhere")]
        refused = await secure.post("/graphql", json=NAME, headers={"host": "evil.example"})
    plain = await client.get("/health/live")

    for answer in (*told, refused):
        assert answer.headers["strict-transport-security"] == "max-age=63072000"
    assert "strict-transport-security" not in plain.headers


async def test_every_answer_has_an_id_of_its_own(client: httpx2.AsyncClient) -> None:
    given = {"x-request-id": "of the client"}

    answers = [await client.post("/graphql", json=NAME, headers=given) for _ in range(2)]

    ids = {answer.headers["x-request-id"] for answer in answers}
    assert len(ids) == 2
    assert all(re.fullmatch("[0-9a-f]{16}", one) for one in ids)


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "", "127.0.0.1.evil.example"])
async def test_another_host_is_refused(client: httpx2.AsyncClient, host: str) -> None:
    answer = await client.post("/graphql", json=NAME, headers={"host": host})

    assert answer.status_code == 421
    assert answer.json()["errors"][0]["extensions"] == {"code": "BAD_REQUEST"}


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]", "[::1]:8000"])
async def test_the_names_of_this_machine_are_answered(
    client: httpx2.AsyncClient, host: str
) -> None:
    answer = await client.post("/graphql", json=NAME, headers={"host": host})

    assert answer.status_code == 200


async def test_far_too_many_headers_are_refused(client: httpx2.AsyncClient) -> None:
    headers = {f"x-{number}": "y" * 1000 for number in range(17)}

    answer = await client.post("/graphql", json=NAME, headers=headers)

    assert answer.status_code == 431


@pytest.mark.parametrize("declared", [True, False])
async def test_a_body_that_is_too_long_is_refused(
    client: httpx2.AsyncClient, declared: bool
) -> None:
    body = b'{"query": "{ __typename }", "pad": "' + b"x" * 300_000 + b'"}'

    async def parts() -> object:
        for start in range(0, len(body), 50_000):
            yield body[start : start + 50_000]

    answer = await client.post(
        "/graphql",
        content=body if declared else parts(),  # type: ignore[arg-type]
        headers={"content-type": "application/json"},
    )

    assert answer.status_code == 413
    assert answer.json()["errors"][0]["extensions"] == {"code": "LIMIT_EXCEEDED"}


async def test_a_body_that_is_too_slow_is_refused() -> None:
    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        await receive()

    async def silence() -> Message:
        await asyncio.sleep(60)
        return {}

    async def nobody(_: Message) -> None:
        raise AssertionError

    with pytest.raises(HTTPException) as refused:
        await LimitBody(app, seconds=0.01)({"type": "http", "headers": []}, silence, nobody)

    assert refused.value.status_code == 408


async def test_a_body_that_drips_is_refused() -> None:
    read = []

    async def app(_scope: Scope, receive: Receive, _send: Send) -> None:
        while True:
            read.append(await receive())

    async def drop() -> Message:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b".", "more_body": True}

    async def nobody(_: Message) -> None:
        raise AssertionError

    with pytest.raises(HTTPException) as refused:
        await LimitBody(app, seconds=0.1)({"type": "http", "headers": []}, drop, nobody)

    assert refused.value.status_code == 408
    assert read


async def test_a_body_within_the_limit_is_read_in_parts(client: httpx2.AsyncClient) -> None:
    async def parts() -> object:
        yield b'{"query": '
        await asyncio.sleep(0.01)
        yield b'"{ __typename }"}'

    answer = await client.post(
        "/graphql",
        content=parts(),  # type: ignore[arg-type]
        headers={"content-type": "application/json"},
    )

    assert answer.json() == {"data": {"__typename": "Query"}}


async def test_a_client_that_hangs_up_stops_its_operation(toy_server: Running) -> None:
    before = world.cancelled
    async with httpx2.AsyncClient(timeout=0.1) as client:
        with pytest.raises(httpx2.ReadTimeout):
            await client.post(toy_server.graphql, json={"query": "{ slow(seconds: 0.9) }"})

    for _ in range(50):
        await asyncio.sleep(0.01)
        if world.cancelled > before:
            break
    assert world.cancelled == before + 1


async def test_a_client_that_hangs_up_while_it_asks_is_no_fault_of_ours(
    toy_server: Running,
) -> None:
    port = int(toy_server.url.rpartition(":")[2])
    head = b"POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
    with capture_logs() as logged:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(head + b'content-length: 99\r\n\r\n{"query": ')
        await writer.drain()
        await asyncio.sleep(0.1)  # it is being read
        writer.close()
        async with asyncio.timeout(10):
            while not (lines := [one for one in logged if one["event"] == "request"]):  # noqa: ASYNC110
                await asyncio.sleep(0.02)

    assert [line["status"] for line in lines] == [499]
    assert [one for one in logged if one["event"] == "fault"] == []
