"""A server of its own process, whose database is behind a proxy and may be killed."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.identifiers import IdentifierKey
from graph.local import LocalDatabase, start_local
from graph.migrate import migrate
from graph.session import PATIENT, connect
from scripts.bearer import bearer
from tests.outages.proxy import Proxy, proxied
from tests.processes import COMMAND, free_port, secret_in, surroundings

ASK = {"query": '{ center(code: "CEE004") { name } }'}


class Serving:
    """The server, what is before its database, and the database."""

    def __init__(self, url: str, authorization: str, proxy: Proxy, database: LocalDatabase) -> None:
        """Know where all of it is."""
        self.url = url
        self.proxy = proxy
        self.database = database
        self.client = httpx2.AsyncClient(timeout=30, headers={"Authorization": authorization})
        self.process: asyncio.subprocess.Process

    async def ready(self) -> str:
        """What the server says of its database."""
        said = (await self.client.get(f"{self.url}/health/ready")).json()
        return str(said["checks"]["database"])

    async def until(self, state: str, seconds: float) -> float:
        """How long it takes until it says so, at most so many seconds."""
        begun = time.monotonic()
        async with asyncio.timeout(seconds):
            while await self.ready() != state:  # noqa: ASYNC110 - it tells it no other way
                await asyncio.sleep(0.05)
        return time.monotonic() - begun

    async def ask(self) -> tuple[str, float]:
        """The code of an answer, OK if it has none, and how long it took."""
        begun = time.monotonic()
        told: Any = (await self.client.post(f"{self.url}/graphql", json=ASK)).json()
        codes = [error["extensions"]["code"] for error in told.get("errors", ())]
        return "/".join(codes) or "OK", time.monotonic() - begun


@pytest.fixture(scope="module")
def mortal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDatabase]:
    """A database that may be killed."""
    with start_local(tmp_path_factory.mktemp("mortal"), quick=True) as found:
        yield found


@pytest.fixture(scope="module")
async def serving(
    mortal: LocalDatabase, key: IdentifierKey, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Serving]:
    """The server, once it answers."""
    async with connect(mortal.address, PATIENT) as graph:
        await migrate(graph)
    secret, port = secret_in(tmp_path_factory.mktemp("outages"), key), free_port()
    async with proxied(mortal.address) as (proxy, place):
        one = Serving(f"http://127.0.0.1:{port}", bearer(secret.parent / "data"), proxy, mortal)
        log: Path = secret.with_name("server.log")
        with log.open("wb") as file:
            one.process = await asyncio.create_subprocess_exec(
                *COMMAND, "serve", "--port", str(port), env=surroundings(place, secret),
                stdout=file, stderr=file,
            )  # fmt: skip
        try:
            async with asyncio.timeout(180):
                while not await answers(one):  # noqa: ASYNC110 - it tells it no other way
                    await asyncio.sleep(0.2)
            yield one
        finally:
            with suppress(ProcessLookupError):
                one.process.kill()
            await one.process.wait()
            await one.client.aclose()


async def answers(one: Serving) -> bool:
    """Whether questions are answered; what is planned and read meanwhile may go on."""
    with suppress(httpx2.TransportError):
        return (await one.ask())[0] == "OK"
    return False
