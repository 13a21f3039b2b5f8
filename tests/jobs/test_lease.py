"""Who runs a job: one process of a folder, at most ten times, and nobody for ever."""

import os
import time
from pathlib import Path

import httpx2

from graph import ids
from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.jobs.folder import Folder, private
from graph.session import Graph
from tests.jobs.conftest import MOST, Finish, Start, asked, parties
from tests.resolvers.conftest import Ask


async def test_of_two_servers_on_a_folder_the_second_waits_for_the_first(
    graph: Graph,
    key: IdentifierKey,
    address: Address,
    resting: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    tmp_path: Path,
) -> None:
    first, second = (Folder(tmp_path / "jobs") for _ in range(2))

    assert first.id == second.id
    assert (first.held(), second.held()) == (True, False)
    first.release()
    assert (second.held(), first.held()) == (True, False)
    second.release()
    job = await start()
    await client.put(job["uploadUrl"], content=parties(2))
    other = Jobs(graph, key, tmp_path / "jobs", MOST)
    async with other.running(address):
        assert (await finish(job["id"]))["changed"] == 2


async def test_a_job_whose_server_is_gone_fails(
    graph: Graph, jobs: Jobs, start: Start, finish: Finish
) -> None:
    job = await start()
    await graph.schema(
        "MATCH (j:Job) SET j.state = 'RUNNING', j.folder = 'elsewhere', j.run = 'x',"
        " j.heartbeat = datetime() - duration({minutes: 11})"
    )
    jobs.wake()

    failed = await finish(job["id"])

    assert (failed["state"], failed["errors"][0]["code"]) == ("FAILED", "NOT_FOUND")


async def test_a_server_that_was_away_for_long_takes_its_own_jobs_up_again(
    resting: Jobs,
    graph: Graph,
    address: Address,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
) -> None:
    begun, queued, elsewhere = [await start() for _ in range(3)]
    for job in (begun, queued, elsewhere):
        await client.put(job["uploadUrl"], content=parties(2))
    for job, said in (
        (begun, "j.state = 'RUNNING', j.run = 'x', j.tries = 1"),
        (queued, "j.run = null"),
        (elsewhere, "j.folder = 'elsewhere'"),
    ):
        await graph.schema(
            f"MATCH (j:Job {{key: '{ids.decode(job['id'])}'}})"
            f" SET {said}, j.heartbeat = datetime() - duration({{minutes: 11}})"
        )

    async with resting.running(address):
        over = [await finish(job["id"]) for job in (begun, queued, elsewhere)]

    assert [job["state"] for job in over] == ["SUCCEEDED", "SUCCEEDED", "FAILED"]


async def test_a_job_of_another_server_that_lives_is_left_alone(
    graph: Graph, jobs: Jobs, start: Start, finish: Finish, client: httpx2.AsyncClient, ask: Ask
) -> None:
    job = await start()
    await graph.schema(
        "MATCH (j:Job) SET j.state = 'RUNNING', j.folder = 'elsewhere', j.run = 'x',"
        " j.heartbeat = datetime() - duration({minutes: 9})"
    )
    own = await start()
    await client.put(own["uploadUrl"], content=parties(1))
    await finish(own["id"])

    assert (await asked(ask, job["id"]))["state"] == "RUNNING"


async def test_a_load_that_never_ends_is_given_up(
    graph: Graph,
    key: IdentifierKey,
    address: Address,
    resting: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
) -> None:
    job = await start()
    await client.put(job["uploadUrl"], content=parties(1))
    await graph.schema("MATCH (j:Job) SET j.tries = 10, j.state = 'RUNNING', j.run = 'before'")

    async with resting.running(address):
        failed = await finish(job["id"])

    assert (failed["state"], failed["changed"]) == ("FAILED", 0)
    assert "10 times" in failed["errors"][0]["message"]


def test_files_are_deleted_when_their_time_is_over(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "jobs")
    for key in ("Job:J-1", "Job:J-2", "Job:J-3"):
        private(folder.draft(key)).close()
    old = time.time() - 25 * 3600
    for key in ("J-1", "J-2"):
        for path in (tmp_path / "jobs" / key).iterdir():
            os.utime(path, (old, old))

    folder.sweep(["Job:J-2"])

    assert sorted(path.name for path in (tmp_path / "jobs").glob("*/")) == ["J-2", "J-3"]
    folder.forget("Job:J-3")
    assert not (tmp_path / "jobs" / "J-3").exists()
    assert Folder(tmp_path / "jobs").id == folder.id
