"""The whole way on a real server process: sent in parts, followed, killed, stopped, fetched."""

import asyncio
import csv
import io
import json
import signal
import subprocess
import time
import zipfile
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from websockets.asyncio.client import connect as dial
from websockets.typing import Subprotocol

from graph import ids
from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.load import load
from graph.load.digest import digest
from graph.reference.install import install
from graph.session import Graph
from scripts.bearer import bearer
from tests.conftest import EMPTY
from tests.jobs.conftest import JOB, NEW, parties
from tests.processes import COMMAND, free_port, secret_in, served, surroundings

ROWS = 15_000  # three batches
PATIENCE = 300.0
START = f"mutation ($i: StartImportInput!) {{ startImport(input: $i) {{ job {{ {JOB} }} }} }}"
EXPORT = f"mutation ($i: StartExportInput!) {{ startExport(input: $i) {{ job {{ {JOB} }} }} }}"
ONE = f"query ($id: ID!) {{ node(id: $id) {{ ... on Job {{ {JOB} }} }} }}"
STOP = "mutation ($i: TargetInput!) { cancelJob(input: $i) { job { state changed } } }"
FOLLOW = "subscription ($id: ID!) { jobProgress(id: $id) { state done total } }"


class Serving:
    """A server process that can be killed and started again."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self._environment = environment
        self.authorization = bearer(Path(environment["DATA"]))
        self._log = log
        self.url = ""
        self.process: subprocess.Popen[bytes]
        self.start()

    def start(self) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        command = [*COMMAND, "serve", "--port", str(port)]
        with self._log.open("a") as log:
            self.process = subprocess.Popen(command, env=self._environment, stdout=log, stderr=log)
        served(self.process, f"{self.url}/health/live", self._log, PATIENCE)

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def client(self) -> httpx2.AsyncClient:
        """Somebody who is signed in."""
        return httpx2.AsyncClient(timeout=60, headers={"authorization": self.authorization})

    async def ask(self, document: str, **variables: object) -> Any:
        """The data of an operation; given again while plans are made, with its key if it writes."""
        if "i" in variables:
            variables["i"] = {"idempotencyKey": uuid4().hex, **variables["i"]}  # type: ignore[dict-item]
        end = time.monotonic() + PATIENCE
        while True:
            async with self.client() as client:
                body = {"query": document, "variables": variables}
                told = (await client.post(f"{self.url}/graphql", json=body)).json()
            codes = {error["extensions"]["code"] for error in told.get("errors", [])}
            if not codes <= {"TIMED_OUT", "UNAVAILABLE"} or time.monotonic() > end:
                raise AssertionError(told)
            if not codes:
                return told["data"]

    async def started(self, content: bytes, **more: object) -> dict[str, Any]:
        """A job whose file was sent in parts."""
        job: dict[str, Any] = (await self.ask(START, i={**NEW, **more}))["startImport"]["job"]
        assert job["uploadUrl"].startswith(self.url)

        async def parts() -> AsyncIterator[bytes]:
            for place in range(0, len(content), 10_000):
                yield content[place : place + 10_000]

        async with self.client() as client:
            sent = await client.put(job["uploadUrl"], content=parts())
        assert sent.status_code == 202, sent.text
        return job

    async def until(self, id_: str, done: int) -> dict[str, Any]:
        """The job once it has come so far, or is over."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            job: dict[str, Any] = (await self.ask(ONE, id=id_))["node"]
            if job["finishedAt"] or (done and job["done"] >= done):
                return job
            await asyncio.sleep(0.1)
        raise AssertionError(job)


@pytest.fixture(scope="module")
def serving(
    address: Address, key: IdentifierKey, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("serving")
    server = Serving(surroundings(address, secret_in(folder, key)), folder / "server.log")
    try:
        yield server
    finally:
        server.kill()


async def followed(serving: Serving, id_: str) -> list[dict[str, Any]]:
    """What a socket is told until the stream ends."""
    heard = []
    address = f"ws{serving.url.removeprefix('http')}/graphql"
    signed = {"Authorization": serving.authorization}
    async with dial(address, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
        await socket.send(json.dumps({"type": "connection_init", "payload": signed}))
        payload = {"query": FOLLOW, "variables": {"id": id_}}
        async for message in socket:
            told = json.loads(message)
            if told["type"] == "connection_ack":
                await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": payload}))
            elif told["type"] == "next":
                heard.append(told["payload"]["data"]["jobProgress"])
            elif told["type"] == "complete":
                break
    return heard


async def undisturbed(graph: Graph, key: IdentifierKey, file: Path) -> str:
    """The digest of the same load by the command line's own code, where a server began before."""
    now = datetime.now(UTC)
    await graph.schema(EMPTY)
    await install(graph, now)
    await load(graph, "parties", [file], source="Register", at=now, key=key)
    return await digest(graph)


async def test_a_server_that_is_killed_takes_the_load_up_again(
    graph: Graph, key: IdentifierKey, serving: Serving, tmp_path: Path
) -> None:
    file = tmp_path / "parties.csv"
    file.write_bytes(parties(ROWS, "P-X,,US"))
    job = await serving.started(file.read_bytes())

    half = await serving.until(job["id"], 5000)
    serving.kill()
    written = await graph.schema("MATCH (p:Party) RETURN count(p) AS number")
    serving.start()
    following = asyncio.create_task(followed(serving, job["id"]))
    done = await serving.until(job["id"], 0)

    assert half["state"] == "RUNNING"
    assert 5000 <= written[0]["number"] < ROWS
    assert done["state"] == "SUCCEEDED"
    assert (done["done"], done["total"], done["refused"]) == (ROWS + 1, ROWS + 1, 1)
    assert done["changed"] == ROWS  # each row counted once, before or after the kill
    steps = await following
    assert steps[-1] == {"state": "SUCCEEDED", "done": ROWS + 1, "total": ROWS + 1}
    assert [step["done"] for step in steps] == sorted(step["done"] for step in steps)
    assert await digest(graph) == await undisturbed(graph, key, file)


async def test_a_server_that_is_killed_writes_the_export_again(
    graph: Graph, serving: Serving
) -> None:
    loaded = await serving.started(parties(1000))
    await serving.until(loaded["id"], 0)
    around = [ids.encode(f"Party:P-{n}") for n in range(1000)]
    asked = {"format": "CSV", "around": around, "depth": 10}

    job = (await serving.ask(EXPORT, i=asked))["startExport"]["job"]
    serving.kill()
    serving.start()
    done = await serving.until(job["id"], 0)
    async with serving.client() as client:
        file = await client.get(done["downloadUrl"])

    assert (done["state"], done["done"], done["total"]) == ("SUCCEEDED", 1000, 1000)
    with zipfile.ZipFile(io.BytesIO(file.content)) as packed:
        rows = list(csv.reader(packed.read("nodes.csv").decode().splitlines()))
    assert len(rows) == 1001


async def test_a_trial_is_followed_and_its_refused_rows_are_fetched(
    graph: Graph, serving: Serving
) -> None:
    before = await digest(graph)

    job = await serving.started(parties(2000, "P-X,,US"), dryRun=True)
    steps = await followed(serving, job["id"])
    done = await serving.until(job["id"], 0)
    async with serving.client() as client:
        file = await client.get(done["downloadUrl"])

    assert steps[-1] == {"state": "SUCCEEDED", "done": 2001, "total": 2001}
    assert (done["changed"], done["refused"], done["cursor"]) == (2000, 1, None)
    assert [row[:3] for row in csv.reader(file.text.splitlines())][1:] == [
        ["2002", "name", "REQUIRED"]
    ]
    assert await digest(graph) == before


async def test_a_load_is_stopped_in_the_middle(graph: Graph, serving: Serving) -> None:
    job = await serving.started(parties(ROWS))
    await serving.until(job["id"], 5000)

    stopped = (await serving.ask(STOP, i={"id": job["id"]}))["cancelJob"]["job"]
    written = await graph.schema("MATCH (p:Party) RETURN count(p) AS number")
    after = await serving.started(parties(1))

    assert stopped["state"] == "CANCELLED"
    assert 5000 <= stopped["changed"] == written[0]["number"] < ROWS
    assert (await serving.until(after["id"], 0))["state"] == "SUCCEEDED"
    assert await graph.schema("MATCH (p:Party) RETURN count(p) AS number") == written
