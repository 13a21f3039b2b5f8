"""Files that are not taken: each told by its status, and the job stays as it was."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.requests import ClientDisconnect

from graph.jobs import Jobs, uploads
from graph.load.digest import digest
from graph.session import Graph
from tests.commands.conftest import Give
from tests.jobs.conftest import MOST, Finish, Start, asked, parties
from tests.resolvers.conftest import Ask

GOOD = parties(3)
ZIP = b"PK\x03\x04" + bytes(5000)
TAR = bytes(257) + b"ustar" + bytes(300)
BAD: list[tuple[dict[str, Any], bytes, int, str]] = [
    ({}, b"", 422, "empty"),
    ({}, ZIP, 422, "archive"),
    ({}, b"\x1f\x8b\x08" + bytes(100), 422, "archive"),
    ({}, TAR, 422, "archive"),
    ({}, b"\x89PNG\r\n\x1a\n" + bytes(10), 422, "no text"),
    ({}, b'  {"id": "P-1"}\n', 422, "is JSON"),
    ({}, b"x" * (MOST + 1), 413, f"{MOST} bytes"),
    ({"content-type": "application/zip"}, GOOD, 415, "Content-Type"),
    ({"content-type": "application/json"}, GOOD, 415, "Content-Type"),
    ({"content-encoding": "gzip"}, GOOD, 415, "Content-Encoding"),
    ({"content-range": "bytes 0-9/100"}, GOOD, 400, "whole"),
    ({"content-length": "many"}, GOOD, 400, "Content-Length"),
    ({"authorization": "Bearer x"}, GOOD, 401, "tokens"),
]


def files(folder: Path, name: str) -> list[Path]:
    """The files below a folder whose names begin so."""
    return list(folder.rglob(f"{name}-*"))


@pytest.mark.parametrize(("headers", "content", "status", "words"), BAD)
async def test_a_file_is_refused_and_the_job_goes_on_waiting(
    graph: Graph,
    resting: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    ask: Ask,
    tmp_path: Path,
    headers: dict[str, str],
    content: bytes,
    status: int,
    words: str,
) -> None:
    job = await start()
    before = await digest(graph)

    refused = await client.put(job["uploadUrl"], content=content, headers=headers)

    [error] = refused.json()["errors"]
    assert (refused.status_code, words in error["message"]) == (status, True), error
    codes = {401: "UNAUTHENTICATED", 413: "LIMIT_EXCEEDED"}
    assert error["extensions"]["code"] == codes.get(status, "BAD_REQUEST")
    assert await asked(ask, job["id"]) == job
    assert await digest(graph) == before
    assert files(tmp_path, "part") == []
    assert (await client.put(job["uploadUrl"], content=GOOD)).status_code == 202


async def test_json_is_not_taken_for_csv_nor_the_other_way_round(
    graph: Graph, resting: Jobs, client: httpx2.AsyncClient, start: Start
) -> None:
    for format_, content in (
        ("JSON_LINES", GOOD),
        ("BODS", GOOD),
        ("GLEIF", b"<xml/>"),
        ("PARQUET", GOOD),
    ):
        job = await start(format=format_)

        refused = await client.put(job["uploadUrl"], content=content)

        assert (refused.status_code, format_ in refused.text) == (422, True)


async def test_an_address_leads_to_one_job_and_cannot_be_guessed(
    graph: Graph, resting: Jobs, client: httpx2.AsyncClient, start: Start
) -> None:
    first, second = [(await start())["uploadUrl"] for _ in range(2)]
    head, token = first.rsplit("/", 1)
    wrong = [
        f"{head}/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}",
        f"{head}/",
        f"{second.rsplit('/', 1)[0]}/{token}",
        first.replace("/file/", "/refused/"),
        first.replace("/jobs/J-", "/jobs/..%2FJ-"),
    ]

    statuses = [(await client.put(each, content=GOOD)).status_code for each in wrong]

    assert statuses == [404, 404, 404, 405, 404]
    assert len(token) == 43  # 256 bits
    assert (await client.get(first)).status_code == 405
    fetched = await client.get(first.replace("/file/", "/refused/"))
    assert fetched.status_code == 404


async def test_a_second_file_is_refused(
    graph: Graph, resting: Jobs, client: httpx2.AsyncClient, start: Start, tmp_path: Path
) -> None:
    job = await start()
    puts = [client.put(job["uploadUrl"], content=parties(1000 + n)) for n in range(8)]

    answers = await asyncio.gather(*puts)

    assert sorted(answer.status_code for answer in answers) == [202] + [409] * 7
    assert (await client.put(job["uploadUrl"], content=GOOD)).status_code == 409
    [file] = files(tmp_path, "file")
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


async def test_an_interrupted_file_is_sent_again(
    graph: Graph,
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    tmp_path: Path,
) -> None:
    job = await start()

    async def broken() -> AsyncIterator[bytes]:
        yield GOOD
        raise ClientDisconnect

    assert (await client.put(job["uploadUrl"], content=broken())).status_code == 499
    assert files(tmp_path, "part") == []
    sent = await client.put(job["uploadUrl"], content=GOOD)

    assert sent.status_code == 202
    assert (await finish(job["id"]))["changed"] == 3


async def test_a_file_is_on_disk_as_it_comes(
    graph: Graph,
    resting: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "BLOCK", 10_000)
    job, content = await start(), parties(5000)
    on_disk = []

    async def parts() -> AsyncIterator[bytes]:
        for place in range(0, len(content), 20_000):
            on_disk.append(sum(file.stat().st_size for file in files(tmp_path, "part")))
            yield content[place : place + 20_000]

    sent = await client.put(job["uploadUrl"], content=parts())

    assert sent.status_code == 202
    assert on_disk == list(range(0, len(content), 20_000))


async def test_an_address_that_is_over_takes_no_file(
    graph: Graph, resting: Jobs, client: httpx2.AsyncClient, start: Start
) -> None:
    job = await start()
    await graph.schema("MATCH (j:Job) SET j.uploadUntil = datetime() - duration({seconds: 1})")

    late = await client.put(job["uploadUrl"], content=GOOD)

    assert (late.status_code, "over" in late.text) == (410, True)


async def test_a_job_without_a_file_fails_when_its_time_is_over(
    graph: Graph, jobs: Jobs, start: Start, finish: Finish
) -> None:
    job = await start()
    await graph.schema("MATCH (j:Job) SET j.uploadUntil = datetime() - duration({seconds: 1})")
    jobs.wake()

    failed = await finish(job["id"])

    assert (failed["state"], failed["errors"][0]["code"]) == ("FAILED", "REQUIRED")
    assert failed["uploadUrl"] is None


async def test_a_stopped_job_takes_no_file(
    graph: Graph, resting: Jobs, client: httpx2.AsyncClient, start: Start, give: Give
) -> None:
    job = await start()
    await give("cancelJob", "job { state }", id=job["id"])

    assert (await client.put(job["uploadUrl"], content=GOOD)).status_code == 409


async def test_refused_rows_are_no_longer_offered_when_their_time_is_over(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish, ask: Ask
) -> None:
    job = await start()
    await client.put(job["uploadUrl"], content=parties(0, "P-1,,US"))
    url = (await finish(job["id"]))["downloadUrl"]
    assert (await client.get(url)).status_code == 200
    await graph.schema("MATCH (j:Job) SET j.expiresAt = datetime() - duration({seconds: 1})")

    gone = await client.get(url)

    assert (gone.status_code, "no longer" in gone.text) == (410, True)
    assert (await asked(ask, job["id"]))["downloadUrl"] is None
