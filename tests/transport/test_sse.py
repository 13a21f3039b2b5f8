"""Event streams: who gets one, their form, and their ends."""

import asyncio

import httpx2
import pytest

from tests.transport.people import world
from tests.transport.serving import Running, running
from transport.sse import Events

EVENTS = {"accept": "text/event-stream"}
TOLD = {"query": "subscription { told }"}


async def test_a_query_is_one_event_and_an_end(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": "{ caller }"}, headers=EVENTS)

    assert answer.headers["content-type"] == "text/event-stream"
    assert answer.headers["cache-control"] == "no-store, no-transform"
    assert (
        answer.text == 'event: next\ndata: {"data":{"caller":null}}\n\nevent: complete\ndata: \n\n'
    )


async def test_a_faulty_document_is_told_in_the_stream(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/graphql", json={"query": "{ nothing }"}, headers=EVENTS)

    assert answer.status_code == 200
    assert '"code":"GRAPHQL_VALIDATION_FAILED"' in answer.text
    assert '"data":' not in answer.text
    assert answer.text.endswith("event: complete\ndata: \n\n")


@pytest.mark.parametrize(
    "accept",
    [
        "application/json, text/event-stream",
        "application/graphql-response+json, text/event-stream;q=0.5",
        "*/*",
    ],
)
async def test_who_names_json_first_gets_json(client: httpx2.AsyncClient, accept: str) -> None:
    answer = await client.post("/graphql", json={"query": "{ caller }"}, headers={"accept": accept})

    assert answer.json() == {"data": {"caller": None}}


async def test_a_mutation_does_not_run_by_get(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/graphql", params={"query": "mutation { tell }"}, headers=EVENTS)

    assert '"code":"BAD_REQUEST"' in answer.text


async def test_events_arrive_as_they_happen_and_listening_ends_with_the_client(
    toy_server: Running, client: httpx2.AsyncClient
) -> None:
    subscriptions = toy_server.served.metrics.subscriptions._value

    async with client.stream("POST", "/graphql", json=TOLD, headers=EVENTS) as answer:
        lines = answer.aiter_lines()
        while not world.listeners:  # noqa: ASYNC110 - the server tells no other way
            await asyncio.sleep(0.01)
        assert subscriptions.get() == 1
        told = (await client.post("/graphql", json={"query": "mutation { tell }"})).json()
        event = [await anext(lines) for _ in range(2)]

    number = told["data"]["tell"]
    assert event == ["event: next", f'data: {{"data":{{"told":{number}}}}}']
    for _ in range(100):
        await asyncio.sleep(0.01)
        if not world.listeners:
            break
    assert (len(world.listeners), subscriptions.get()) == (0, 0)


def test_a_sign_of_life_is_a_comment() -> None:
    assert Events().heartbeat_message(str) == ": ping\n\n"


async def test_a_stream_ends_with_its_token(client: httpx2.AsyncClient) -> None:
    headers = {**EVENTS, "authorization": "Bearer Ada:0.2"}

    answer = await client.post("/graphql", json=TOLD, headers=headers)

    assert answer.text == "event: complete\ndata: \n\n"


async def test_streams_end_when_the_server_stops() -> None:
    async with (
        running() as one,
        httpx2.AsyncClient() as client,
        client.stream("POST", one.graphql, json=TOLD, headers=EVENTS) as answer,
    ):
        one.server.should_exit = True
        text = "".join([part async for part in answer.aiter_text()])

    assert text == "event: complete\ndata: \n\n"
