"""Health and numbers."""

import asyncio
from typing import Any

import httpx2
import pytest
from starlette.requests import Request

import transport.health
from tests.transport.serving import authenticate, made, running
from transport import Doors


async def fine(_: Request) -> None:
    pass


async def failing(_: Request) -> None:
    raise OSError("bolt://secret")


async def hanging(_: Request) -> None:
    await asyncio.sleep(60)


async def test_a_server_is_ready_when_every_check_passes() -> None:
    async with running(checks={"database": fine}) as one, httpx2.AsyncClient() as client:
        live = await client.get(one.url + "/health/live")
        ready = await client.get(one.url + "/health/ready")

    assert live.json() == {"status": "live"}
    assert (ready.status_code, ready.json()) == (
        200, {"status": "ready", "checks": {"database": "ready"}},
    )  # fmt: skip


async def test_many_who_ask_whether_it_is_ready_ask_once_together() -> None:
    asked = 0

    async def slow(_: Request) -> None:
        nonlocal asked
        asked += 1
        await asyncio.sleep(0.1)

    async with running(checks={"database": slow}) as one, httpx2.AsyncClient() as client:
        ready = await asyncio.gather(*(client.get(one.url + "/health/ready") for _ in range(20)))
        assert asked < len(ready)
        asked, first = 0, asked
        await asyncio.sleep(transport.health.SAME)
        await client.get(one.url + "/health/ready")

    assert first >= 1
    assert asked == 1
    assert {each.status_code for each in ready} == {200}


async def full(_: Request) -> None:
    raise transport.ReadOnly


async def test_a_server_that_only_writes_no_more_is_still_asked() -> None:
    checks = {"database": fine, "disk": full}
    async with running(checks=checks) as one, httpx2.AsyncClient() as client:
        ready = await client.get(one.url + "/health/ready")

    assert (ready.status_code, ready.json()["status"]) == (200, "ready")
    assert ready.json()["checks"] == {"database": "ready", "disk": "read only"}


async def test_a_failing_or_hanging_check_is_told_by_name_only(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transport.health, "SECONDS", 0.1)
    checks = {"database": failing, "disk": hanging, "keys": fine}

    async with running(checks=checks) as one, httpx2.AsyncClient() as client:
        ready = await client.get(one.url + "/health/ready")
        live = await client.get(one.url + "/health/live")

    assert ready.status_code == 503
    assert ready.json() == {
        "status": "not ready",
        "checks": {"database": "not ready", "disk": "not ready", "keys": "ready"},
    }
    assert live.status_code == 200


TOKEN = "7f" * 32


def elsewhere(**settings: Any) -> httpx2.AsyncClient:
    """A client on another machine."""
    app = made(Doors(authenticate), **settings).server.config.app
    wire = httpx2.ASGITransport(app, client=("10.0.0.1", 1))  # type: ignore[arg-type]
    return httpx2.AsyncClient(transport=wire, base_url="http://localhost")


async def test_numbers_are_for_this_machine_only() -> None:
    async with elsewhere() as client:
        live = await client.get("/health/live")
        refused = [
            await client.get("/metrics", headers={"authorization": given} if given else {})
            for given in ("", "Bearer ", "Bearer None", f"Bearer {TOKEN}")
        ]

    assert live.status_code == 200
    assert {(answer.status_code, answer.content) for answer in refused} == {(401, b"")}


async def test_whoever_has_the_token_reads_numbers_from_elsewhere() -> None:
    wrong = ["", TOKEN, f"Basic {TOKEN}", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}0", "Bearer \xe9"]

    async with elsewhere(metrics_token=TOKEN) as client:
        fine = await client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        refused = [
            await client.get("/metrics", headers={b"authorization": given.encode("latin-1")})
            for given in wrong
        ]
    async with running(metrics_token=TOKEN) as one, httpx2.AsyncClient() as here:
        local = await here.get(one.url + "/metrics")

    assert (fine.status_code, local.status_code) == (200, 200)
    assert "http_requests_total" in fine.text
    told = {(a.status_code, a.content, a.headers["www-authenticate"]) for a in refused}
    assert told == {(401, b"", "Bearer")}


async def test_requests_operations_and_statements_are_counted() -> None:
    numbers = {"graph_statements_total": 7.0, "snapshot_claims": 1234567.0}

    async with running(numbers=lambda _: numbers) as one, httpx2.AsyncClient() as client:
        await client.post(one.graphql, json={"query": "query Mine { caller }"})
        await client.post(one.graphql, json={"query": "{ broken }"})
        await client.post(one.graphql, json={"query": "{ nothing }"})
        await client.get(one.url + "/somewhere/else")
        lines = (await client.get(one.url + "/metrics")).text.splitlines()

    for line in (
        'http_requests_total{route="/graphql",status="200"} 3.0',
        'http_requests_total{route="other",status="404"} 1.0',
        'graphql_operations_total{kind="query",outcome="OK",way="http"} 1.0',
        'graphql_operations_total{kind="query",outcome="INTERNAL_SERVER_ERROR",way="http"} 1.0',
        'graphql_operations_total{kind="query",outcome="GRAPHQL_VALIDATION_FAILED",way="http"} 1.0',
        'graphql_operation_seconds_count{way="http"} 3.0',
        "graphql_subscriptions_active 0.0",
        "http_requests_running 1.0",
        "# TYPE graph_statements_total counter",
        "graph_statements_total 7",
        "# TYPE snapshot_claims gauge",
        "snapshot_claims 1234567",
    ):
        assert line in lines
