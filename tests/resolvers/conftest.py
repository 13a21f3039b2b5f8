"""A way to ask the graph, and graphs that stand for all tests of a module."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest

from graph import rounds
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.reference.install import install
from graph.session import PATIENT, Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.conftest import EMPTY
from tests.plans import replanned
from tests.resolvers import teams, workloads

Answer = dict[str, Any]
Ask = Callable[..., Awaitable[Answer]]
AT_ONCE = 8  # questions on their way, where many are asked


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Walks that no busy machine cuts short, but where a test says so."""
    monkeypatch.setattr(rounds, "SECONDS", PATIENT)


@pytest.fixture
def ask(graph: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    """The data of one operation, whose errors must be the ones expected; none by default."""
    return asking(graph, seal, key)


def asking(graph: Graph, seal: Seal, key: IdentifierKey, jobs: Jobs | None = None) -> Ask:
    """A way to ask this graph, of a server that runs these jobs if any."""

    async def asked(document: str, *codes: str, **variables: object) -> Answer:
        context = Context(graph, DEVELOPMENT, seal, key, jobs=jobs, base="http://localhost")
        result = await schema.execute(document, variables, context_value=context)
        assert [code(error) for error in result.errors or []] == list(codes), result.errors
        return result.data or {}

    return asked


async def together(ask: Ask, document: str, given: Iterable[Mapping[str, object]]) -> list[Answer]:
    """The answers to one document with each of these variables, a few of them asked at a time."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(variables: Mapping[str, object]) -> Answer:
        async with gate:
            return await ask(document, **variables)

    return await asyncio.gather(*map(one, given))


@asynccontextmanager
async def standing(server: Graph, rows: Sequence[worlds.Row]) -> AsyncIterator[Graph]:
    """The graph with the reference data and these rows, read only; empty before and after."""
    await server.schema(EMPTY)
    await install(server, worlds.RECORDED)
    outcome = await write(server, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    await replanned(server)
    yield server
    await server.schema(EMPTY)


def code(error: Any) -> str:
    """The code of an error."""
    own = getattr(error.original_error, "code", None)
    return str(own or (error.extensions or {}).get("code") or error)


@pytest.fixture
async def team(harbor: Graph) -> Graph:
    """The graph holding `teams.teamed`."""
    return await teams.teamed(harbor)


@pytest.fixture
async def work(harbor: Graph) -> Graph:
    """The graph holding `workloads.working`."""
    return await workloads.working(harbor)
