"""What is told of a job's file when the graph is away."""

import json

import pytest
from starlette.requests import Request
from starlette.responses import Response

from graph.errors import Unavailable
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
