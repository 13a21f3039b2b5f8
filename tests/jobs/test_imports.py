"""Loads by upload: the loader's own result, its progress, its refused rows, its trial."""

import csv
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest

from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.load import load, loading
from graph.load.digest import digest
from graph.session import Graph
from tests.commands.conftest import Give
from tests.conftest import EMPTY
from tests.jobs.conftest import Finish, Start, parties
from tests.resolvers.conftest import Ask

DATA = Path(__file__).parents[1] / "data"
SSN = "219-09-9999"
WRONG = (f"{SSN},Number,US", "P-X,,US", "P-Y,Nowhere,ZZZ")


async def test_a_file_is_loaded_as_the_command_line_loads_it(
    graph: Graph,
    key: IdentifierKey,
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    tmp_path: Path,
) -> None:
    content = parties(120, *WRONG)
    file = tmp_path / "parties.csv"
    file.write_bytes(content)
    report = await load(graph, "parties", [file], source="Register", at=datetime.now(UTC), key=key)
    expected = await digest(graph)
    await graph.schema(EMPTY)

    job = await start()
    sent = await client.put(job["uploadUrl"], content=content)
    done = await finish(job["id"])

    assert (sent.status_code, sent.json()) == (202, {"id": job["id"], "state": "QUEUED"})
    assert await digest(graph) == expected
    assert (done["state"], done["done"], done["total"]) == ("SUCCEEDED", 123, 123)
    assert (done["changed"], done["refused"]) == (120, report.refused_rows) == (120, 3)
    assert done["uploadUrl"] is None
    assert job["createdAt"] <= done["startedAt"] <= done["finishedAt"] < done["expiresAt"]


async def test_the_same_file_again_changes_nothing(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish
) -> None:
    done = []
    for _ in range(2):
        job = await start()
        await client.put(job["uploadUrl"], content=parties(3))
        done.append(await finish(job["id"]))

    assert [(job["changed"], job["done"]) for job in done] == [(3, 3), (0, 3)]
    assert [job["cursor"] is not None for job in done] == [True, False]


async def test_refused_rows_are_told_by_line_and_column_and_never_by_value(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish
) -> None:
    job = await start()
    await client.put(job["uploadUrl"], content=parties(2, *WRONG))
    done = await finish(job["id"])

    file = await client.get(done["downloadUrl"])

    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in file.headers["content-disposition"]
    rows = list(csv.reader(file.text.splitlines()))
    assert rows[0] == ["row", "column", "code", "message"]
    told = [[str(e["row"]), e["column"], e["code"], e["message"]] for e in done["errors"]]
    assert rows[1:] == told
    assert [row[:3] for row in rows[1:]] == [
        ["4", "id", "INVALID_FORMAT"],
        ["5", "name", "REQUIRED"],
        ["6", "country", "INVALID_FORMAT"],
    ]
    assert SSN not in file.text + str(done)
    expires = datetime.fromisoformat(done["expiresAt"]) - datetime.fromisoformat(done["finishedAt"])
    assert timedelta(hours=23) < expires <= timedelta(hours=24)


async def test_a_trial_says_the_same_and_writes_nothing(
    graph: Graph,
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(loading, "BATCH", 10)
    content = parties(35, *WRONG, "P-1,Party 1,US", "P-1,Party one,US")
    before = await digest(graph)
    done = []
    for trial in (True, False):
        job = await start(dryRun=trial)
        await client.put(job["uploadUrl"], content=content)
        done.append(await finish(job["id"]))
        assert (await digest(graph) == before) is trial

    fields = ("state", "done", "total", "changed", "refused", "errors")
    tried, real = ([job[name] for name in fields] for job in done)
    assert tried == real
    assert real[:5] == ["SUCCEEDED", 40, 40, 35, 4]
    assert (done[0]["cursor"], done[1]["cursor"] is None) == (None, False)


@pytest.mark.parametrize(
    ("format_", "content", "file", "rows"),
    [
        ("BODS", "RELATIONSHIPS", "bods/history.jsonl", None),
        ("BODS", "PARTIES", "bods/history.jsonl", None),
        ("GLEIF", "PARTIES", "gleif/single_lei_record_529900GRZ2BQY5ZM9N49.json", 1),
        ("JSON_LINES", "STAFF", "../../docs/samples/staff.jsonl", None),
        ("CSV", "ACCOUNTS", "../../docs/samples/accounts.csv", None),
        ("CSV", "REFERENCE_DATA", "../../graph/reference/schedule_d_ports.csv", None),
    ],
)
async def test_every_format_is_read_by_the_loader(
    graph: Graph,
    key: IdentifierKey,
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    format_: str,
    content: str,
    file: str,
    rows: int | None,
) -> None:
    path = DATA / file
    words = (content.lower().replace("_", "-"), format_.lower().replace("_", "-"))
    at = datetime.now(UTC)
    report = await load(graph, words[0], [path], format=words[1], source="Register", at=at, key=key)
    expected = await digest(graph)
    await graph.schema(EMPTY)

    job = await start(format=format_, content=content)
    await client.put(job["uploadUrl"], content=path.read_bytes())
    done = await finish(job["id"])

    assert done["state"] == "SUCCEEDED", done
    assert (done["done"], done["refused"]) == (report.rows, report.refused_rows)
    assert rows is None or done["done"] == rows
    assert await digest(graph) == expected


async def test_source_and_reason_are_those_of_the_job(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish, ask: Ask
) -> None:
    read = "2026-01-02T03:04:05Z"
    source = {
        "name": "Filing",
        "reference": "No. 7",
        "url": "https://example.org/7",
        "retrievedAt": read,
    }
    first = await start()
    await client.put(first["uploadUrl"], content=parties(3))
    await finish(first["id"])
    job = await start(content="RELATIONSHIPS", source=source, reason="Yearly filing")
    body = b"type,from,to,share,source\nOWNS,P-0,P-1,50,\nOWNS,P-1,P-2,20,Letter\n"
    await client.put(job["uploadUrl"], content=body)
    done = await finish(job["id"])

    claims = await graph.schema(
        "MATCH ()-[c:OWNS]->() RETURN c.source AS name, c.sourceReference AS reference,"
        " c.sourceUrl AS url, toString(c.retrievedAt) AS read ORDER BY name"
    )
    own = {"name": "Letter", "reference": None, "url": None}
    assert claims == [
        {"name": "Filing", "reference": "No. 7", "url": "https://example.org/7", "read": read},
        {**own, "read": read},
    ]
    log = await graph.schema(
        "MATCH (c:Change) WHERE c.relationshipType = 'OWNS' RETURN c.reason AS reason"
    )
    assert [row["reason"] for row in log] == ["Yearly filing"] * 2
    assert done["refused"] == 0


async def test_a_file_that_cannot_be_read_fails_and_writes_nothing(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish
) -> None:
    before = await digest(graph)
    cases = {
        b"name,country\nParty,US\n": "The file has no column id.",
        b"id,name,kountry\nP-1,Party,US\n": "did you mean country?",
        f"{SSN},name,id\nP-1,Party,US\n".encode(): "not shown here",
        b"\xff\xfei\x00d\x00,\x00n\x00a\x00m\x00e\x00\n\x00\x00\xd8": "UTF-8",
    }
    for content, words in cases.items():
        job = await start()
        assert (await client.put(job["uploadUrl"], content=content)).status_code == 202
        done = await finish(job["id"])

        [error] = done["errors"]
        assert (done["state"], done["changed"], error["row"]) == ("FAILED", 0, 1)
        assert words in error["message"]
        assert SSN not in str(done)
        assert SSN.replace("-", "_") not in str(done)
        assert done["downloadUrl"] is None
    assert await digest(graph) == before


async def test_a_repeat_with_the_same_key_starts_no_second_job(
    graph: Graph, resting: Jobs, give: Give
) -> None:
    wanted = {"format": "CSV", "content": "STAFF", "source": {"name": "HR"}, "idempotencyKey": "K"}

    first, again = [await give("startImport", "job { id uploadUrl }", **wanted) for _ in range(2)]

    assert again == {**first, "replayed": True}
    assert len(await graph.schema("MATCH (j:Job) RETURN j")) == 1
