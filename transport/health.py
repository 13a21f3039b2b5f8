"""Whether the server lives, is ready, and what it has counted."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from graph.address import on_this_machine
from transport.drain import Drain
from transport.metrics import Metrics

Check = Callable[[Request], Awaitable[None]]
"""Raises when what it checks is not ready; may use `request.state`."""
Numbers = Callable[[Request], Mapping[str, float]]
"""What is counted elsewhere, by name: `..._total` only grows, anything else goes up and down."""
SECONDS = 2.0

log = structlog.get_logger("transport.health")


def health_routes(
    metrics: Metrics, drain: Drain, checks: Mapping[str, Check], others: Numbers | None
) -> list[Route]:
    """The routes; `others` are numbers kept elsewhere."""

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
        lines = [_told(name, value) for name, value in (others(request) if others else {}).items()]
        body = generate_latest(metrics.registry) + "".join(lines).encode()
        return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", numbers),
    ]


def _told(name: str, value: float) -> str:
    kind = "counter" if name.endswith("_total") else "gauge"
    return f"# TYPE {name} {kind}\n{name} {value:.17g}\n"


async def _state(name: str, check: Check, request: Request) -> str:
    try:
        async with asyncio.timeout(SECONDS):
            await check(request)
    except Exception as error:  # whatever it is, it is not ready
        log.warning("not ready", check=name, fault=type(error).__name__)
        return "not ready"
    return "ready"
