"""Health and numbers."""

import asyncio

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


async def test_numbers_are_for_this_machine_only() -> None:
    server = made(Doors(authenticate))
    app = server.server.config.app
    elsewhere = httpx2.ASGITransport(app, client=("10.0.0.1", 1))  # type: ignore[arg-type]

    async with httpx2.AsyncClient(transport=elsewhere, base_url="http://localhost") as client:
        refused = await client.get("/metrics")
        live = await client.get("/health/live")

    assert (refused.status_code, live.status_code) == (403, 200)


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
