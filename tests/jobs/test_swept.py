"""Files of jobs that are deleted while somebody sends or fetches one."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from graph.jobs import Jobs
from graph.jobs.folder import Folder
from graph.records import Job
from tests.jobs.conftest import Finish, Start, parties
from tests.jobs.test_uploads import files

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
