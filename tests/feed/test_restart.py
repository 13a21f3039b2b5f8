"""A stream over a cut, a kill of the server and a load, while eight write: each change once."""

import asyncio
import json
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from neo4j import Query
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from graph import changes, ids
from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.load import load
from graph.load.write import write
from graph.session import Graph
from scripts.bearer import bearer
from tests import worlds
from tests.beside import all_is_told
from tests.processes import COMMAND, ROOT, free_port, secret_in, surroundings

FILE = ROOT / "tests/data/epa_ghgrp_2023_extract.csv"
WRITERS = 8
EACH = 12  # writes
FOLLOW = """
  subscription ($after: String) { changes(after: $after) {
    kind cursor change { id accountSequence account { id } } } }
"""


class Follower:
    """A client that notes each change and where to go on."""

    def __init__(self, port: int, authorization: str) -> None:
        self.port = port
        self._init = {"Authorization": authorization}
        self.seen: list[dict[str, Any]] = []
        self.begun = asyncio.Event()
        self.cursor: str | None = None
        self.connections = 0

    async def follow(self) -> None:
        """Listen, again and again."""
        while True:
            with suppress(OSError, WebSocketException):
                await self._listen()
            await asyncio.sleep(0.1)

    async def _listen(self) -> None:
        url = f"ws://127.0.0.1:{self.port}/graphql"
        async with connect(url, subprotocols=[Subprotocol("graphql-transport-ws")]) as socket:
            self.connections += 1
            self.socket = socket
            await socket.send(json.dumps({"type": "connection_init", "payload": self._init}))
            await socket.recv()
            asked = {"query": FOLLOW, "variables": {"after": self.cursor}}
            await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": asked}))
            async for text in socket:
                message = json.loads(text)
                assert message["type"] == "next", message
                event = message["payload"]["data"]["changes"]
                assert event["kind"] in ("CHANGE", "HEARTBEAT")
                if event["change"]:
                    self.seen.append(event["change"])
                self.cursor = event["cursor"]
                self.begun.set()


@asynccontextmanager
async def serving(
    address: Address, secret: Path, port: int
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A server of its own process on the run's database; killed at the end."""
    given = surroundings(address, secret)
    words = [*COMMAND, "serve", "--port", str(port)]
    nothing = asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(*words, env=given, stdout=nothing)
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def writing(graph: Graph, number: int) -> None:
    """Changes of one account, a commit each, and of one that all writers share."""
    for turn in range(EACH):
        rows: list[worlds.Row] = [worlds.account(f"W-{number}", f"Name {turn}")]
        rows += [
            worlds.NodeRow(
                "ImporterNumber", f"N-{number}-{turn}", ("ImporterNumber",),
                {"lookup": f"{number}.{turn}", "status": "ACTIVE"},
            ),
            worlds.claim(f"ImporterNumber:N-{number}-{turn}", "IDENTIFIES", "Account:SHARED"),
        ]  # fmt: skip
        assert (await write(graph, rows, at=datetime.now(UTC))).refused == []


@pytest.fixture
def secret(tmp_path: Path, key: IdentifierKey) -> Path:
    return secret_in(tmp_path, key)


async def test_nothing_is_lost_and_nothing_comes_twice(
    graph: Graph, address: Address, key: IdentifierKey, secret: Path
) -> None:
    await write(graph, [worlds.account("SHARED", "Shared")], at=datetime.now(UTC))
    client = Follower(free_port(), bearer(secret.parent / "data"))
    following = asyncio.create_task(client.follow())
    async with serving(address, secret, client.port) as server:
        async with asyncio.timeout(120):
            await client.begun.wait()
        start = (await changes.place(graph)).sequence
        writers = [asyncio.create_task(writing(graph, number)) for number in range(WRITERS)]
        loading = asyncio.create_task(
            load(
                graph, "relationships", [FILE],
                format="epa-ghgrp", at=datetime.now(UTC), key=key,
            )
        )  # fmt: skip
        await until(lambda: len(client.seen) >= 20)
        client.socket.transport.abort()
        await until(lambda: client.connections == 2)
        server.kill()
        await server.wait()
    async with serving(address, secret, client.port):
        report = await loading
        await asyncio.gather(*writers)
        await all_is_told(graph)
        expected = await numbers(graph, start)
        with suppress(TimeoutError):  # then what is missing is told
            await until(lambda: len(client.seen) >= len(expected))
        await asyncio.sleep(1)  # what comes twice comes now
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)

    assert report.refused == []
    assert client.connections >= 3
    assert [change["id"] for change in client.seen] == expected
    by_account: defaultdict[str, list[int]] = defaultdict(list)
    for change in client.seen:
        if change["account"]:
            by_account[change["account"]["id"]].append(change["accountSequence"])
    assert len(by_account) == WRITERS + 1
    assert all(mine == list(range(mine[0], mine[0] + len(mine))) for mine in by_account.values())


async def until(true: Callable[[], bool]) -> None:
    """Wait for another process."""
    async with asyncio.timeout(120):
        while not true():  # noqa: ASYNC110 - it tells it no other way
            await asyncio.sleep(0.05)


async def numbers(graph: Graph, start: int) -> list[str]:
    """The ids of all changes after a place, in order."""
    [row] = await graph.read(
        Query(
            "MATCH (change:Change) WHERE change.sequence > $start WITH change.sequence AS sequence"
            " ORDER BY sequence RETURN collect(sequence) AS all"
        ),
        start=start,
    )
    return [ids.encode(f"Change:{sequence}") for sequence in row["all"]]
