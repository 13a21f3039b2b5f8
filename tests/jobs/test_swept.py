"""Files of jobs that are deleted while somebody sends or fetches one."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from graph.jobs import Jobs, runner
from graph.jobs.folder import Folder, private
from graph.records import Job
from tests.commands.conftest import Give
from tests.jobs.conftest import Finish, Start, asked, parties
from tests.jobs.test_uploads import files
from tests.resolvers.conftest import Ask

GOOD = parties(300)


async def test_the_folder_of_a_file_that_has_only_begun_to_come_may_be_swept(
    resting: Jobs, client: httpx2.AsyncClient, start: Start, tmp_path: Path
) -> None:
    job = await start()

    async def parts() -> AsyncIterator[bytes]:
        yield GOOD[:5_000]
        Folder(tmp_path / "jobs").sweep([])
        yield GOOD[5_000:]

    assert (await client.put(job["uploadUrl"], content=parts())).status_code == 202


async def test_who_comes_second_to_a_job_that_is_over_is_told_so(
    jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish, tmp_path: Path
) -> None:
    job = await start()

    async def parts() -> AsyncIterator[bytes]:
        for _ in range(2):  # a block is written while the first file is not there yet
            yield b"id,name,country\n" + b"\n" * 600_000
        await client.put(job["uploadUrl"], content=GOOD)
        await finish(job["id"])

    late = await client.put(job["uploadUrl"], content=parts())

    assert (late.status_code, "is there already" in late.text) == (409, True)
    assert files(tmp_path, "part") + files(tmp_path, "file") == []


async def test_a_file_that_was_deleted_since_it_was_found_is_no_longer_kept(
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = await start()
    await client.put(job["uploadUrl"], content=parties(0, "P-1,,US"))
    url = (await finish(job["id"]))["downloadUrl"]
    find = jobs.refused

    def found(job: Job) -> Path:
        path = find(job)
        path.unlink()
        return path

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "refused", found)
        gone = await client.get(url)

    assert (gone.status_code, "no longer kept" in gone.text) == (410, True)


async def test_what_is_kept_no_longer_is_deleted_while_a_load_runs(
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    ask: Ask,
    give: Give,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runner, "SWEEP", 0.0)
    monkeypatch.setattr(runner, "EVERY", 0.05)
    job, old = await start(), time.time() - 25 * 3600
    await client.put(job["uploadUrl"], content=parties(80_000))
    # It runs, and has been read through.
    while not (await asked(ask, job["id"]))["total"]:  # noqa: ASYNC110 - it tells no other way
        await asyncio.sleep(0.01)
    draft = Folder(tmp_path / "jobs").draft("Job:J-old")
    private(draft).close()
    os.utime(draft, (old, old))

    while files(tmp_path, "part"):  # noqa: ASYNC110
        await asyncio.sleep(0.01)

    assert (await asked(ask, job["id"]))["state"] == "RUNNING"
    assert len(files(tmp_path, "file")) == 1
    await give("cancelJob", "job { state }", id=job["id"])
