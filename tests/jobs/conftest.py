"""Jobs that run in this process, and a way to send their files."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

import transport
from graph import ids
from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.load.limits import USUAL
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT, Viewer
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.commands.conftest import Give
from tests.commands.conftest import give as give
from tests.commands.conftest import refuse as refuse
from tests.jobs import exporting
from tests.resolvers.conftest import Ask, asking

MOST = 2_000_000
JOB = """
  id kind state format createdAt startedAt finishedAt owner done total changed refused
  errors { row column code message } uploadUrl downloadUrl expiresAt cursor
"""
NEW: dict[str, Any] = {
    "format": "CSV",
    "content": "PARTIES",
    "source": {"name": "Register"},
}
Start = Callable[..., Awaitable[dict[str, Any]]]
Finish = Callable[[str], Awaitable[dict[str, Any]]]


@pytest.fixture
async def resting(
    graph: Graph, key: IdentifierKey, tmp_path: Path, request: pytest.FixtureRequest
) -> Jobs:
    """Jobs whose files come, and that nobody runs."""
    return Jobs(graph, key, tmp_path / "jobs", MOST, getattr(request, "param", USUAL))


@pytest.fixture
async def jobs(resting: Jobs, address: Address) -> AsyncIterator[Jobs]:
    """Jobs that are run as their files come."""
    async with resting.running(address):
        yield resting


@pytest.fixture
def ask(graph: Graph, seal: Seal, key: IdentifierKey, resting: Jobs) -> Ask:
    """The data of one operation on a server that has jobs."""
    return asking(graph, seal, key, resting)


async def development(authorization: str | None, _host: str | None) -> Viewer:
    """Everybody is the development viewer, and any token is wrong."""
    if authorization is not None:
        raise transport.BadToken("No tokens are taken here.")
    return DEVELOPMENT


@pytest.fixture
def app(graph: Graph, seal: Seal, key: IdentifierKey, resting: Jobs) -> Starlette:
    """The product's endpoint, and the addresses of files."""

    def context(_: object, viewer: transport.Viewer | None) -> Context:
        assert isinstance(viewer, Viewer)
        return Context(graph, viewer, seal, key, jobs=resting, base="http://localhost")

    served = transport.routes(
        schema,
        context,
        transport.Doors(development),
        page=Path("web/dist/graphiql"),
        jobs=lambda _: resting,
        upload=MOST,
    )
    return Starlette(routes=served.routes, middleware=served.middleware)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """Sends files to it."""
    through = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=through, base_url="http://localhost") as one:
        yield one


@pytest.fixture
def start(give: Give) -> Start:
    """A job just asked for."""

    async def started(**more: object) -> dict[str, Any]:
        answer = await give("startImport", f"job {{ {JOB} }}", **{**NEW, **more})
        assert answer["userErrors"] == []
        job: dict[str, Any] = answer["job"]
        return job

    return started


@pytest.fixture
def finish(ask: Ask) -> Finish:
    """The job once it is over."""

    async def finished(id_: str) -> dict[str, Any]:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            job: dict[str, Any] = await asked(ask, id_)
            if job["finishedAt"]:
                return job
            await asyncio.sleep(0.05)
        raise AssertionError(job)

    return finished


async def asked(ask: Ask, id_: str) -> dict[str, Any]:
    """The job as it is now."""
    found = await ask(f"query ($id: ID!) {{ node(id: $id) {{ ... on Job {{ {JOB} }} }} }}", id=id_)
    job: dict[str, Any] = found["node"]
    return job


def parties(number: int, *more: str) -> bytes:
    """A file of so many parties, and more lines."""
    lines = ["id,name,country", *(f"P-{n},Party {n},US" for n in range(number)), *more]
    return "\n".join(lines).encode() + b"\n"


@pytest.fixture
def mill() -> str:
    """The id that exports begin with."""
    return ids.encode("Party:O-2")


@pytest.fixture
async def exported(graph: Graph, key: IdentifierKey) -> Graph:
    """A graph to export from."""
    outcome = await write(graph, exporting.world(key), at=worlds.RECORDED)
    assert outcome.refused == []
    return graph


@pytest.fixture
def export(exported: Graph, jobs: Jobs, ask: Ask) -> exporting.Export:
    """The job once it is over."""

    async def over(**asked: object) -> dict[str, Any]:
        answer = (await ask(exporting.START, input=asked))["startExport"]
        assert answer["userErrors"] == []
        return await ended(ask, answer["job"]["id"])

    return over


async def ended(ask: Ask, id_: str) -> dict[str, Any]:
    """An export once it is over."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        job: dict[str, Any] = (await ask(exporting.ONE, id=id_))["node"]
        if job["finishedAt"]:
            return job
        await asyncio.sleep(0.05)
    raise AssertionError(job)
