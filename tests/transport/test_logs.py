"""What is logged: fields of the list, and never a value."""

import asyncio
import json
import logging
import subprocess
import sys

import httpx2
from websockets.asyncio.client import connect

from tests.transport.serving import running
from transport.logs import configure

SECRET = "219-09-9999"
QUERIES = [
    "query Mine($id: ID!) { node(id: $id) { id } broken }",
    'query($id: ID!) { node(id: $id) { id } people(after: "219-09-9999") { edges { cursor } } }',
    "query($id: Int!) { people(first: $id) { edges { cursor } } }",
    '{ people(first: "219-09-9999") { edges { cursor } } }',
    '{ "219-09-9999" }',
]


async def main() -> None:
    """Ask in every way that might be logged; run in a process of its own."""
    configure("json")
    headers = {"authorization": "Bearer Ada", "user-agent": SECRET}
    async with running() as one, httpx2.AsyncClient(headers=headers) as client:
        for query in QUERIES:
            body = {"query": query, "variables": {"id": SECRET}}
            answer = await client.post(f"{one.graphql}?number={SECRET}", json=body)
            assert SECRET not in answer.text, answer.text
        await client.get(f"{one.url}/{SECRET}")
        async with connect(f"{one.socket}?number={SECRET}"):
            pass
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("library").exception("It failed: %s", SECRET)
    lost = asyncio.get_running_loop().create_future()
    lost.set_exception(ValueError(SECRET))
    del lost  # asyncio logs that nobody asked for it, with the exception in the message
    extra = {"count": 7, "secret": SECRET}
    logging.getLogger("graph.snapshot").info("Ownership was read.", extra=extra)


def test_one_line_per_event_without_any_value() -> None:
    command = [sys.executable, "-m", "tests.transport.test_logs"]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stderr[-2000:]
    assert SECRET not in run.stderr
    assert "hunter2" not in run.stderr
    lines = [json.loads(line) for line in run.stderr.splitlines()]
    assert [line["count"] for line in lines if line["event"] == "Ownership was read."] == [7]
    [lost] = [line for line in lines if "never retrieved" in line["event"]]
    assert lost["fault"] == "ValueError"
    operations = [line for line in lines if "code" in line]
    assert [line["code"] for line in operations] == [
        "INTERNAL_SERVER_ERROR",
        "CURSOR_INVALID",
        "BAD_USER_INPUT",
        "GRAPHQL_VALIDATION_FAILED",
        "GRAPHQL_PARSE_FAILED",
    ]
    assert operations[0]["operation"] == "Mine"
    assert operations[0]["kind"] == "query"
    assert len(operations[0]["document"]) == 64
    assert operations[0]["duration_ms"] > 0
    fault = next(line for line in lines if line["event"] == "fault")
    assert (fault["fault"], fault["field"]) == ("RuntimeError", "broken")
    assert fault["where"][-1].endswith("_broken")
    assert fault["request_id"] == operations[0]["request_id"]
    requests = [(line["route"], line["status"]) for line in lines if line["event"] == "request"]
    assert requests == [("/graphql", 200)] * 5 + [("other", 404)]
    library = next(line for line in lines if line["event"] == "It failed: %s")
    assert library["fault"] == "ValueError"
    assert "exception" not in library


if __name__ == "__main__":
    asyncio.run(main())
