"""Whether the server lives, is ready, and what it has counted."""

import asyncio
import hmac
import time
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
SECONDS = 1.5
SAME = 0.2  # seconds for which what was found is told again: nobody must sign in to ask
READ_ONLY = "read only"  # what is asked is answered, but nothing is written


class ReadOnly(Exception):
    """What a check raises where only writing has ended."""


log = structlog.get_logger("transport.health")


def health_routes(
    metrics: Metrics,
    drain: Drain,
    checks: Mapping[str, Check],
    others: Numbers | None,
    token: str | None = None,
) -> list[Route]:
    """The routes; `others` are numbers kept elsewhere.

    The metrics are for this machine, and for whoever has the `token`, if there is one.
    """

    async def live(_: Request) -> Response:
        return JSONResponse({"status": "live"})

    checked = Checked(checks)

    async def ready(request: Request) -> Response:
        found = await checked.states(request)
        if drain.stopping:
            found["server"] = "stopping"
        fine = set(found.values()) <= {"ready", READ_ONLY}
        status = "ready" if fine else "not ready"
        return JSONResponse({"status": status, "checks": found}, 200 if fine else 503)

    async def numbers(request: Request) -> Response:
        if not _may_count(request, token):
            return Response(status_code=401, headers={"WWW-Authenticate": "Bearer"})
        lines = [_told(name, value) for name, value in (others(request) if others else {}).items()]
        body = generate_latest(metrics.registry) + "".join(lines).encode()
        return Response(body, headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [
        Route("/health/live", live),
        Route("/health/ready", ready),
        Route("/metrics", numbers),
    ]


class Checked:
    """What the checks find: many who ask at once, or one after the other, ask once together."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        """Nothing was asked yet."""
        self._checks = checks
        self._asking: asyncio.Task[dict[str, str]] | None = None
        self._ended = 0.0

    async def states(self, request: Request) -> dict[str, str]:
        """The state of each check, by its name."""
        task = self._asking
        if task is None or (task.done() and time.monotonic() - self._ended >= SAME):
            task = self._asking = asyncio.create_task(self._ask(request))
        return dict(await asyncio.shield(task))

    async def _ask(self, request: Request) -> dict[str, str]:
        checks = self._checks.items()
        states = await asyncio.gather(*(_state(*each, request) for each in checks))
        self._ended = time.monotonic()
        return dict(zip(self._checks, states, strict=True))


def _may_count(request: Request, token: str | None) -> bool:
    """Whether the metrics are for who asks; how long that takes tells nothing of the token."""
    if on_this_machine(request.client.host if request.client else None):
        return True
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    fits = hmac.compare_digest(given.strip().encode(), (token or "").encode())
    return token is not None and fits and scheme.lower() == "bearer"


def _told(name: str, value: float) -> str:
    kind = "counter" if name.endswith("_total") else "gauge"
    return f"# TYPE {name} {kind}\n{name} {value:.17g}\n"


async def _state(name: str, check: Check, request: Request) -> str:
    try:
        async with asyncio.timeout(SECONDS):
            await check(request)
    except ReadOnly:
        return READ_ONLY
    except Exception as error:  # whatever it is, it is not ready
        log.warning("not ready", check=name, fault=type(error).__name__)
        return "not ready"
    return "ready"
