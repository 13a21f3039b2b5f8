"""Runs of exports: what stops one, what takes it up again, and how often it asks the database."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest

from graph.address import Address
from graph.export import reading
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.session import Graph
from tests.jobs import exporting
from tests.jobs.conftest import ended
from tests.jobs.exporting import fetched, read
from tests.jobs.written import made
from tests.resolvers.conftest import Ask

HERE = {"format": "JSON_LINES"}


@pytest.fixture
async def slow(monkeypatch: pytest.MonkeyPatch) -> asyncio.Event:
    """A run waits before its first batch is read, until it is stopped."""
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()

    async def waiting(*_given: Any) -> Any:
        loop.call_soon_threadsafe(begun.set)
        await asyncio.sleep(3600)
        yield None

    monkeypatch.setattr("graph.export.writing.parts", waiting)
    return begun


async def test_a_job_that_is_stopped_leaves_no_file(
    exported: Graph, jobs: Jobs, ask: Ask, mill: str, tmp_path: Path, slow: asyncio.Event
) -> None:
    answer = (await ask(exporting.START, input={**HERE, "around": [mill]}))["startExport"]
    await asyncio.wait_for(slow.wait(), 60)

    document = "mutation ($i: TargetInput!) { cancelJob(input: $i) { job { state } } }"
    stopped = await ask(document, i={"id": answer["job"]["id"]})
    jobs.wake()

    assert stopped["cancelJob"]["job"]["state"] == "CANCELLED"
    for _ in range(1200):
        if any((tmp_path / "jobs").glob("J-*")):
            await asyncio.sleep(0.05)
    assert not any((tmp_path / "jobs").glob("J-*"))
    assert (await ask(exporting.ONE, id=answer["job"]["id"]))["node"]["downloadUrl"] is None


async def test_a_run_that_died_is_taken_up_again_from_the_start(
    exported: Graph,
    resting: Jobs,
    address: Address,
    ask: Ask,
    client: httpx2.AsyncClient,
    mill: str,
) -> None:
    answer = (await ask(exporting.START, input={**HERE, "around": [mill]}))["startExport"]
    await exported.schema("MATCH (j:Job) SET j.state = 'RUNNING', j.run = 'dead', j.tries = 1")

    async with resting.running(address):
        job = await ended(ask, answer["job"]["id"])

    assert job["moment"] == answer["job"]["moment"]
    assert "Harbor Mill" in read("JSON_LINES", await fetched(client, job)).labels.values()


async def test_a_run_that_never_ends_is_given_up_with_the_cause(
    exported: Graph, resting: Jobs, address: Address, ask: Ask, mill: str
) -> None:
    answer = (await ask(exporting.START, input={**HERE, "around": [mill]}))["startExport"]
    await exported.schema("MATCH (j:Job) SET j.state = 'RUNNING', j.run = 'x', j.tries = 10")

    async with resting.running(address):
        job = await ended(ask, answer["job"]["id"])

    assert (job["state"], job["downloadUrl"]) == ("FAILED", None)
    assert "begun 10 times" in job["errors"][0]["message"]


@pytest.mark.parametrize(("batch", "parts"), [(500, 1), (4, 3), (1, 9)])
async def test_a_statement_reads_many_things(
    exported: Graph,
    key: IdentifierKey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    batch: int,
    parts: int,
) -> None:
    monkeypatch.setattr(reading, "BATCH", batch)
    exported.statements = 0

    found = await made(exported, tmp_path, depth=2)

    assert found.told.count == 9
    # One for the middle, one for each level, one for each batch.
    assert exported.statements == 1 + 2 + parts


async def test_relationships_of_one_batch_are_read_page_by_page(
    exported: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await made(exported, tmp_path, depth=3)
    monkeypatch.setattr(reading, "MOST", 2)

    paged = await made(exported, tmp_path, depth=3)

    assert paged.sha256 == whole.sha256
