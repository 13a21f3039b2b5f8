"""A server of the program of two Centers, which people ask for exports one after the other."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
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
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import forget
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests.jobs import exporting
from tests.jobs.conftest import MOST, ended
from tests.reach.conftest import MANAGER, program
from tests.reach.random_world import RECORDED

HOLDING = ids.encode("Party:O-1")
ASKED: dict[str, Any] = {"format": "JSON_LINES", "around": [HOLDING], "depth": 3}


@dataclass
class Office:
    """A server that people of the program ask, one after the other."""

    graph: Graph
    jobs: Jobs
    seal: Seal
    key: IdentifierKey
    client: httpx2.AsyncClient
    at_door: Viewer = MANAGER

    async def ask(self, document: str, *codes: str, **variables: object) -> dict[str, Any]:
        context = Context(
            self.graph, self.at_door, self.seal, self.key, jobs=self.jobs, base="http://localhost"
        )
        forget(self.graph)
        result = await schema.execute(document, variables, context_value=context)
        found = [str((error.extensions or {}).get("code")) for error in result.errors or []]
        assert found == list(codes), result.errors
        return result.data or {}

    async def export(self, **asked: object) -> dict[str, Any]:
        """A job of whoever asks, once it is over."""
        answer = (await self.ask(exporting.START, input={**ASKED, **asked}))["startExport"]
        assert answer["userErrors"] == []
        return await ended(self.ask, answer["job"]["id"])

    async def fetch(self, job: dict[str, Any], viewer: Viewer | None = None) -> httpx2.Response:
        """What this viewer is answered at the address of the file."""
        self.at_door = viewer or self.at_door
        return await self.client.get(job["downloadUrl"], headers={"authorization": "Bearer x"})


@pytest.fixture
async def office(
    graph: Graph, seal: Seal, key: IdentifierKey, address: Address, tmp_path: Path
) -> AsyncIterator[Office]:
    """The program of two Centers, served with an audit."""
    assert (await write(graph, program(key), at=RECORDED)).refused == []
    jobs = Jobs(graph, key, tmp_path / "jobs", MOST)
    audit = transport.Audit(transport.Journal.at(tmp_path / "audit", "server", 1))

    async def who(authorization: str | None, _host: str | None) -> Viewer | None:
        return served.at_door if authorization else None

    routes = transport.routes(
        schema,
        lambda *_: Context(graph, served.at_door, seal, key, jobs=jobs),
        transport.Doors(who),
        page=Path("web/dist/graphiql"),
        jobs=lambda _: jobs,
        audit=audit,
    )
    app = Starlette(routes=routes.routes, middleware=routes.middleware)
    through = httpx2.ASGITransport(app=app)
    async with (
        httpx2.AsyncClient(transport=through, base_url="http://localhost") as client,
        jobs.running(address),
    ):
        served = Office(graph, jobs, seal, key, client)
        yield served
