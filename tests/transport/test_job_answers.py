"""What is told of a job's file when the graph is away, or a fault is met."""

import json
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import Unavailable
from tests.transport.audit.reading import audited, entries
from transport.job_answers import told


@pytest.mark.parametrize(
    ("method", "remedy"),
    [("PUT", "Send the file again."), ("GET", "Ask for the file again."), ("HEAD", "Ask for")],
)
async def test_it_is_told_what_to_do_again(method: str, remedy: str) -> None:
    async def away() -> Response:
        raise Unavailable("The database does not answer.")

    scope = {"type": "http", "method": method, "path": "/jobs/J-1", "headers": [], "state": {}}

    answer = await told(away(), Request(scope))

    body = json.loads(bytes(answer.body))
    assert answer.status_code == 503
    assert remedy in json.dumps(body)
    assert "UNAVAILABLE" in json.dumps(body)


@pytest.mark.parametrize(
    ("method", "use"), [("PUT", "file"), ("GET", "refused"), ("GET", "export")]
)
async def test_a_fault_is_told_in_json_and_has_its_entry(
    method: str, use: str, tmp_path: Path
) -> None:
    async with audited(tmp_path, jobs=lambda _: None) as one, httpx2.AsyncClient() as client:
        answer = await client.request(method, f"{one.url}/jobs/J-1/{use}/x", content=b"id\n")

    [error] = answer.json()["errors"]
    assert (answer.status_code, error["message"]) == (500, "Internal server error")
    assert error["extensions"] == {"code": "INTERNAL_SERVER_ERROR"}
    assert (answer.headers["cache-control"], answer.headers["connection"]) == ("no-store", "close")
    [entry] = entries(tmp_path)
    assert (entry["code"], entry["status"]) == ("INTERNAL_SERVER_ERROR", 500)
    assert entry["request"] == answer.headers["x-request-id"]
