"""From the socket to `SHOW TRANSACTIONS`: what is not waited for any more is ended there too.

The product's own statements behind its own doors, two of which take for ever.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest
from neo4j import Query
from starlette.requests import HTTPConnection

import transport
from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT, Viewer
from graph.session import PATIENT, Graph, connect
from resolvers.context import Context
from schema import schema
from tests.commands.conftest import gid
from tests.transport.serving import Running, running
from tests.transport.test_socket import ask, dialled, tell

ENDLESS = "UNWIND range(1, 10000000000) AS i WITH i WHERE i < 0 RETURN count(i) AS found"
SLOW = {"account/by_name", "account/accounts"}  # a list, and what loaders read for all who ask
QUESTIONS = {
    "a list": "{ accounts(first: 10) { nodes { name } } }",
    "loaded": f'{{ account(by: {{id: "{gid("Account:A-1")}"}}) {{ name }} }}',
}
RUNNING = """SHOW TRANSACTIONS YIELD currentQuery, metaData
  WHERE currentQuery CONTAINS 'UNWIND range' AND NOT currentQuery STARTS WITH 'SHOW'
  RETURN currentQuery, metaData"""
GONE = 1.0  # seconds after nobody waits for it
LOOKS = 3  # and as many of the slowest look at what runs: how busy the machine is


class Slow(Graph):
    """The graph, some of whose statements take for ever, each within its own limits."""

    async def _rows(self, asked: Query, given: dict[str, Any], kept: Any) -> Any:
        if (asked.metadata or {})["query"] in SLOW:
            asked = Query(ENDLESS, asked.metadata, asked.timeout)
        return await super()._rows(asked, given, kept)


@asynccontextmanager
async def served(
    address: Address, seal: Seal, key: IdentifierKey, statement: float, deadline: float
) -> AsyncIterator[Running]:
    """The product's endpoint on a real socket, with these limits."""

    async def everybody(_authorization: str | None, _host: str | None) -> Viewer:
        return DEVELOPMENT

    def context(_: HTTPConnection, _viewer: object) -> Context:
        return Context(slow, DEVELOPMENT, seal, key)

    async with connect(address, PATIENT) as found:
        slow = Slow(found._driver, found._database, statement)
        doors = transport.Doors(everybody, deadline=deadline)
        async with running(doors, schema=schema, context=context) as one:
            yield one
        await slow.under_way.settled()


async def begun(graph: Graph) -> None:
    """Wait until the database runs it."""
    async with asyncio.timeout(60):
        while not await graph.schema(RUNNING):  # noqa: ASYNC110 - it tells it no other way
            await asyncio.sleep(0.02)


async def gone(graph: Graph) -> tuple[float, float]:
    """How long until the database runs none of these any more, and how long it might."""
    begun, slowest = time.monotonic(), 0.0
    while True:
        asked = time.monotonic()
        found = await graph.schema(RUNNING)
        slowest = max(slowest, time.monotonic() - asked)
        if not found:
            return asked - begun, GONE + LOOKS * slowest
        assert time.monotonic() - begun < 30


async def over_http(
    one: Running, question: str, graph: Graph, accept: str = "application/json"
) -> None:
    """A client that closes its connection."""
    async with httpx2.AsyncClient(timeout=60, headers={"accept": accept}) as client:
        asked = asyncio.create_task(client.post(one.graphql, json={"query": question}))
        await begun(graph)
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)


async def over_events(one: Running, question: str, graph: Graph) -> None:
    """One that waits for an event stream, and closes its connection."""
    await over_http(one, question, graph, "text/event-stream")


async def over_a_socket(one: Running, question: str, graph: Graph) -> None:
    """One whose socket breaks."""
    async with dialled(one) as socket:
        await ask(socket, question)
        await begun(graph)
        socket.transport.abort()


async def told_to_end(one: Running, question: str, graph: Graph) -> None:
    """One that completes its operation, and keeps its socket."""
    async with dialled(one) as socket:
        await ask(socket, question)
        await begun(graph)
        await tell(socket, {"type": "complete", "id": "1"})
        took, most = await gone(graph)
        assert took <= most


@pytest.mark.parametrize(
    ("leave", "question"),
    [
        (over_http, "a list"),
        (over_http, "loaded"),
        (over_events, "loaded"),
        (over_a_socket, "loaded"),
        (told_to_end, "loaded"),
    ],
)
async def test_a_slow_question_is_gone_soon_after_who_asked_it(
    harbor: Graph,
    address: Address,
    seal: Seal,
    key: IdentifierKey,
    leave: Callable[[Running, str, Graph], Awaitable[None]],
    question: str,
) -> None:
    async with served(address, seal, key, 30.0, 30.0) as one:
        await leave(one, QUESTIONS[question], harbor)
        took, most = await gone(harbor)

    assert took <= most


@pytest.mark.parametrize(
    ("statement", "deadline", "question"), [(1.0, 30.0, "a list"), (30.0, 1.0, "loaded")]
)
async def test_a_slow_question_is_gone_soon_after_its_limit(
    harbor: Graph,
    address: Address,
    seal: Seal,
    key: IdentifierKey,
    statement: float,
    deadline: float,
    question: str,
) -> None:
    """The limit of a statement is the database's own; that of a request ends its statement."""
    async with (
        served(address, seal, key, statement, deadline) as one,
        httpx2.AsyncClient(timeout=60) as client,
    ):
        answer = await client.post(one.graphql, json={"query": QUESTIONS[question]})
        took, most = await gone(harbor)

    [error] = answer.json()["errors"]
    assert error["extensions"]["code"] == "TIMED_OUT"
    assert took <= most
