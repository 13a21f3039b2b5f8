"""Whether the server lives, is ready, and what it has counted."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from transport.drain import Drain
from transport.metrics import Metrics
from transport.tokens import on_this_machine

Check = Callable[[Request], Awaitable[None]]
"""Raises when what it checks is not ready; may use `request.state`."""
Number = Callable[[Request], float]
SECONDS = 2.0

log = structlog.get_logger("transport.health")


def health_routes(
    metrics: Metrics, drain: Drain, checks: Mapping[str, Check], counters: Mapping[str, Number]
) -> list[Route]:
    """The routes; `counters` are totals kept elsewhere, by the name they get."""

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def ready(request: Request) -> Response:
        found = {name: await _state(name, check, request) for name, check in checks.items()}
        if drain.stopping:
            found["server"] = "stopping"
        fine = set(found.values()) <= {"ready"}
        status = "ready" if fine else "not ready"
        return JSONResponse({"status": status, "checks": found}, 200 if fine else 503)

    async def numbers(request: Request) -> Response:
        if not on_this_machine(request.client.host if request.client else None):
            return Response("Only on this machine.\n", 403, media_type="text/plain")
        lines = [
            f"# TYPE {name} counter\n{name} {counter(request):g}\n"
            for name, counter in counters.items()
        ]
        body = generate_latest(metrics.registry) + "".join(lines).encode()
        return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", numbers),
    ]


async def _state(name: str, check: Check, request: Request) -> str:
    try:
        async with asyncio.timeout(SECONDS):
            await check(request)
    except Exception as error:  # whatever it is, it is not ready
        log.warning("not ready", check=name, fault=type(error).__name__)
        return "not ready"
    return "ready"
