"""A Parquet file sent to a job: loaded as a CSV of the same rows is."""

import io
from collections.abc import Mapping

import httpx2
import pyarrow
from pyarrow import parquet

from graph.jobs import Jobs
from graph.load.digest import digest
from graph.session import Graph
from tests.conftest import EMPTY
from tests.jobs.conftest import Finish, Start, parties

TYPE = {"content-type": "application/vnd.apache.parquet"}


def table(*rows: Mapping[str, str | None]) -> bytes:
    """The bytes of a file of these rows."""
    found = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist([dict(row) for row in rows]), found)
    return found.getvalue()


async def test_a_parquet_file_is_loaded_as_a_csv_is(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish
) -> None:
    job = await start()
    await client.put(job["uploadUrl"], content=parties(20, "P-X,,US"))
    first = await finish(job["id"])
    expected = await digest(graph)
    await graph.schema(EMPTY)
    rows = [{"id": f"P-{n}", "name": f"Party {n}", "country": "US"} for n in range(20)]
    nameless = {"id": "P-X", "name": None, "country": "US"}

    job = await start(format="PARQUET")
    sent = await client.put(job["uploadUrl"], content=table(*rows, nameless), headers=TYPE)
    done = await finish(job["id"])

    assert sent.status_code == 202
    assert (done["state"], done["changed"], done["refused"]) == ("SUCCEEDED", 20, 1)
    assert await digest(graph) == expected
    [error], [told] = done["errors"], first["errors"]
    assert error == {**told, "row": 21}  # a CSV counts its line of names


async def test_a_file_that_only_begins_like_one_fails_its_job_and_writes_nothing(
    graph: Graph, jobs: Jobs, client: httpx2.AsyncClient, start: Start, finish: Finish
) -> None:
    before = await digest(graph)
    job = await start(format="PARQUET")

    await client.put(job["uploadUrl"], content=table({"id": "P-1", "name": "Party"})[:-20])
    done = await finish(job["id"])

    [error] = done["errors"]
    assert (done["state"], error["message"]) == (
        "FAILED",
        "The file is no Parquet file, or not a whole one: write it again.",
    )
    assert await digest(graph) == before
