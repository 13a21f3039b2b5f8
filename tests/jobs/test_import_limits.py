"""Files that are sent with rows that are too long, or too many."""

import httpx2
import pytest

from graph.jobs import Jobs
from graph.load.digest import digest
from graph.load.limits import Limits
from graph.session import Graph
from tests.jobs.conftest import Finish, Start, parties


async def test_a_row_that_is_too_long_costs_itself_only(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish
) -> None:
    job = await start()
    content = parties(
        1, f"P-L,{'x' * 200_000},US", "P-M,After,US", f'P-N,"{"y" * 70_000}', "P-O,Last,US"
    )
    await client.put(job["uploadUrl"], content=content)
    done = await finish(job["id"])

    assert [(e["row"], e["code"]) for e in done["errors"]] == [
        (3, "OUT_OF_RANGE"),
        (5, "OUT_OF_RANGE"),
    ]
    names = await graph.schema("MATCH (p:Party) RETURN p.name AS name ORDER BY name")
    assert [row["name"] for row in names] == ["After", "Last", "Party 0"]


@pytest.mark.parametrize("resting", [Limits(row=1024, rows=3)], indirect=True)
async def test_a_file_of_too_many_rows_fails_and_writes_nothing(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish
) -> None:
    before = await digest(graph)
    job = await start()
    await client.put(job["uploadUrl"], content=parties(4))
    done = await finish(job["id"])
    untouched = await digest(graph)
    job = await start()
    await client.put(job["uploadUrl"], content=parties(2, f"P-L,{'x' * 1024},US"))
    fewer = await finish(job["id"])

    [error], [long] = done["errors"], fewer["errors"]
    assert (done["state"], done["changed"]) == ("FAILED", 0)
    assert "more than 3 rows. Split it" in error["message"]
    assert untouched == before
    assert (fewer["state"], fewer["changed"]) == ("SUCCEEDED", 2)
    assert (long["row"], long["code"]) == (4, "OUT_OF_RANGE")
