"""Jobs that are not started or not stopped, and why; jobs that are stopped."""

import httpx2
import pytest

from graph.jobs import Jobs
from graph.session import Graph
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.jobs.conftest import NEW, Finish, Start, asked, parties
from tests.resolvers.conftest import Ask

SOURCE = {"name": "Register"}
BAD: list[Case] = [
    ({"format": "PARQUET", "content": "REFERENCE_DATA"}, [("INVALID_FORMAT", "format")]),
    ({"format": "GRAPHML"}, [("INVALID_FORMAT", "format")]),
    ({"format": "BODS", "content": "STAFF"}, [("INVALID_FORMAT", "format")]),
    ({"format": "JSON_LINES", "content": "REFERENCE_DATA"}, [("INVALID_FORMAT", "format")]),
    ({"source": {"name": " "}}, [("REQUIRED", "source.name")]),
    ({"source": {"name": "x" * 201}}, [("OUT_OF_RANGE", "source.name")]),
    ({"source": {"name": "Of 219-09-9999"}}, [("INVALID_FORMAT", "source.name")]),
    ({"source": {**SOURCE, "url": "register"}}, [("INVALID_FORMAT", "source.url")]),
    (
        {"source": {**SOURCE, "retrievedAt": "2999-01-01T00:00:00Z"}},
        [("OUT_OF_RANGE", "source.retrievedAt")],
    ),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"reason": "x" * 501}, [("OUT_OF_RANGE", "reason")]),
    ({"idempotencyKey": ""}, [("OUT_OF_RANGE", "idempotencyKey")]),
    (
        {"format": "GEXF", "source": {"name": ""}},
        [("INVALID_FORMAT", "format"), ("REQUIRED", "source.name")],
    ),
]


@cases("startImport", BAD)
async def test_a_bad_load_is_not_started(
    graph: Graph, resting: Jobs, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("startImport", told(wrong), **{**NEW, **more})

    assert await graph.schema("MATCH (j:Job) RETURN j") == []


@pytest.mark.parametrize(
    "more",
    [{"content": "SHIPMENTS"}, {"format": "XLSX"}, {"source": None}, {"dryRun": None}, {"x": 1}],
)
async def test_what_the_schema_does_not_know_is_refused_before_it_runs(
    graph: Graph, ask: Ask, more: dict[str, object]
) -> None:
    document = "mutation ($input: StartImportInput!) { startImport(input: $input) { job { id } } }"

    await ask(document, "BAD_USER_INPUT", input={**NEW, **more})

    assert await graph.schema("MATCH (j:Job) RETURN j") == []


async def test_a_caller_has_at_most_twenty_unfinished_jobs(
    graph: Graph, resting: Jobs, start: Start, give: Give, refuse: Refuse
) -> None:
    first = await start()
    for _ in range(19):
        await start()

    await refuse("startImport", [("INVALID_STATE", "input")], **NEW)
    await give("cancelJob", "", id=first["id"])
    await start()


STOP: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Party:P-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("SavedView:V-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("Job:J-0")}, [("NOT_FOUND", "id")]),
    ({"expectedVersion": 9}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"reason": "x" * 501}, [("OUT_OF_RANGE", "reason")]),
    ({"reason": "For 219-09-9999"}, [("INVALID_FORMAT", "reason")]),
    (
        {"idempotencyKey": "k" * 65, "expectedVersion": 9},
        [("OUT_OF_RANGE", "idempotencyKey"), ("VERSION_CONFLICT", "expectedVersion")],
    ),
]


@cases("cancelJob", STOP)
async def test_a_bad_stop_is_refused_and_the_job_goes_on_waiting(
    graph: Graph,
    resting: Jobs,
    start: Start,
    refuse: Refuse,
    ask: Ask,
    more: dict[str, object],
    wrong: list[Wrong],
) -> None:
    job = await start()

    await refuse("cancelJob", told(wrong), **{"id": job["id"], **more})

    assert await asked(ask, job["id"]) == job


async def test_a_job_that_waits_is_stopped_once(
    graph: Graph, resting: Jobs, start: Start, give: Give, refuse: Refuse, ask: Ask
) -> None:
    job = await start()

    answer = await give("cancelJob", "job { state uploadUrl }", id=job["id"])

    assert answer["job"] == {"state": "CANCELLED", "uploadUrl": None}
    assert (answer["changes"], answer["cursor"]) == ([], None)
    await refuse("cancelJob", [("INVALID_STATE", "input.id")], id=job["id"])
    stopped = await asked(ask, job["id"])
    assert (stopped["changed"], stopped["finishedAt"] is None) == (0, False)


async def test_a_job_that_has_ended_is_not_stopped(
    graph: Graph,
    jobs: Jobs,
    client: httpx2.AsyncClient,
    start: Start,
    finish: Finish,
    refuse: Refuse,
    ask: Ask,
) -> None:
    job = await start()
    await client.put(job["uploadUrl"], content=parties(1))
    done = await finish(job["id"])

    await refuse("cancelJob", [("INVALID_STATE", "input.id")], id=job["id"])

    assert await asked(ask, job["id"]) == done
