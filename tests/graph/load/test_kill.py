"""kill -9 of the database or of the loader during a load: the rerun ends in the same graph."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from graph.errors import GraphError, Unavailable
from graph.identifiers import IdentifierKey
from graph.load import Report, load, loading
from graph.load.digest import digest
from graph.local import LocalDatabase, start_local
from graph.migrate import migrate
from graph.session import Graph, connect

FILE = Path(__file__).parents[2] / "data/epa_ghgrp_2023_extract.csv"
BATCH = 30  # rows: some twenty units of work
KILLS = int(os.environ.get("LOADER_KILLS", "7"))  # of the loader
# A recovery takes some ten seconds: DATABASE_KILLS=10 for those who have the time.
DATABASE_KILLS = int(os.environ.get("DATABASE_KILLS", "3"))
LOADER = """
import asyncio, json, os
from datetime import UTC, datetime
from pathlib import Path
from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.load import Report, load, loading
from graph.session import connect

async def main(told):
    loading.BATCH = told["batch"]
    key = IdentifierKey.at(Path(told["key"]))
    async with connect(Address(*told["address"])) as graph:
        print("begun", flush=True)
        await load(graph, "relationships", [Path(told["file"])], format="epa-ghgrp",
                   at=datetime.now(UTC), key=key)

asyncio.run(main(json.loads(input())))
"""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDatabase]:
    """A database that may be killed."""
    with start_local(tmp_path_factory.mktemp("killed"), quick=True) as found:
        yield found


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "BATCH", BATCH)


@asynccontextmanager
async def emptied(database: LocalDatabase) -> AsyncIterator[Graph]:
    async with connect(database.address) as graph:
        await migrate(graph)
        await graph.schema("MATCH (node:Entity) DETACH DELETE node")
        yield graph


async def loaded(graph: Graph, key: IdentifierKey) -> Report:
    at = datetime.now(UTC)
    return await load(graph, "relationships", [FILE], format="epa-ghgrp", at=at, key=key)


async def undisturbed(database: LocalDatabase, key: IdentifierKey) -> tuple[str, float]:
    """The digest of a load that nothing disturbs, and how long it takes."""
    async with emptied(database) as graph:
        report = await loaded(graph, key)
        return await digest(graph), report.seconds


async def restarted(database: LocalDatabase) -> None:
    database.launch()
    await asyncio.to_thread(database.wait)


async def relations(graph: Graph) -> int:
    rows = await graph.schema("MATCH ()-[claim:OWNS]->() RETURN count(claim) AS number")
    return int(rows[0]["number"])


async def test_the_database_is_killed_during_a_load(
    database: LocalDatabase, key: IdentifierKey
) -> None:
    expected, seconds = await undisturbed(database, key)
    kept = []

    for kill in range(DATABASE_KILLS):
        async with emptied(database) as graph:
            load_ = asyncio.create_task(loaded(graph, key))
            await asyncio.sleep(seconds * (kill + 0.5) / DATABASE_KILLS)
            os.kill(database.pid or 0, signal.SIGKILL)
            await _broken_off(load_, wait=kill == DATABASE_KILLS // 2)
        await restarted(database)
        async with connect(database.address) as graph:
            kept.append(await relations(graph))
            await loaded(graph, key)
            assert await digest(graph) == expected

    assert any(0 < number < 187 for number in kept), kept


async def _broken_off(load_: "asyncio.Task[Report]", *, wait: bool) -> None:
    """A load whose database has gone: it says so itself after some seconds."""
    if wait and not load_.done():
        with pytest.raises(Unavailable):
            await load_
    load_.cancel()
    with suppress(asyncio.CancelledError, GraphError):
        await load_


async def test_the_loader_is_killed_during_a_load(
    database: LocalDatabase, key: IdentifierKey, tmp_path: Path
) -> None:
    expected, seconds = await undisturbed(database, key)
    secret = tmp_path / "key"
    secret.write_text(key.secret.hex())
    secret.chmod(0o600)
    kept = []

    for kill in range(KILLS):
        async with emptied(database) as graph:
            loader = await _loader(database, secret)
            await asyncio.sleep(seconds * (kill + 0.5) / KILLS)
            with suppress(ProcessLookupError):  # it was quick
                loader.kill()
            await loader.wait()
            kept.append(await relations(graph))
            await loaded(graph, key)
            assert await digest(graph) == expected
            again = await loaded(graph, key)
            assert (again.total("created"), again.total("changed")) == (0, 0)

    assert any(0 < number < 187 for number in kept), kept


async def _loader(database: LocalDatabase, secret: Path) -> asyncio.subprocess.Process:
    """Another process that has begun to load."""
    address = database.address
    told = {
        "address": [address.uri, address.user, address.password, address.database],
        "key": str(secret),
        "file": str(FILE),
        "batch": BATCH,
    }
    loader = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        LOADER,
        cwd=FILE.parents[2],
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert loader.stdin
    assert loader.stdout
    loader.stdin.write(json.dumps(told).encode() + b"\n")
    await loader.stdin.drain()
    assert await loader.stdout.readline() == b"begun\n"
    return loader
