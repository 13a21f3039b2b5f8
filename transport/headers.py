"""What every answer carries, and which names this server answers to."""

import secrets
import time
from collections.abc import Collection

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from transport.answers import refusal, turn_away
from transport.metrics import Metrics

ALWAYS = {
    "Cache-Control": "no-store",
    "Vary": "Accept, Authorization, Cookie",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HTTPS = {"Strict-Transport-Security": "max-age=63072000"}  # two years: only ever over TLS again
HEADER_BLOCK = 16 * 1024
HEADS = ("http.response.start", "websocket.http.response.start")

log = structlog.get_logger("transport.http")


class Envelope:
    """ASGI middleware: request id, security headers, one count and one log line per request."""

    def __init__(
        self, app: ASGIApp, metrics: Metrics, routes: Collection[str], https: bool = False
    ) -> None:
        """Stand before `app`; other paths than `routes` are counted as one.

        `https` if clients reach it by TLS, whoever ends that.
        """
        self._app = app
        self._metrics = metrics
        self._always = ALWAYS | HTTPS if https else ALWAYS
        self._routes = frozenset(routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Mark, pass on, and take note."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        request_id = secrets.token_hex(8)
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        if scope["type"] == "websocket":
            with self._metrics.sockets.track_inprogress():
                await self._app(scope, receive, self._marked(send, request_id))
            return
        with self._metrics.running.track_inprogress():
            await self._answer(scope, receive, send, request_id)

    async def _answer(self, scope: Scope, receive: Receive, send: Send, request_id: str) -> None:
        began, status = time.perf_counter(), 500

        async def noted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, self._marked(noted, request_id))
        finally:
            self._note(scope, status, time.perf_counter() - began)

    def _marked(self, send: Send, request_id: str) -> Send:
        """Adds the headers to the head of each answer, a refused handshake's too."""

        async def marked(message: Message) -> None:
            if message["type"] in HEADS:
                headers = MutableHeaders(scope=message)
                for name, value in self._always.items():
                    headers.setdefault(name, value)
                if headers["Vary"] == "Origin":  # said by `Origins`, which does not know the rest
                    headers["Vary"] = f"{ALWAYS['Vary']}, Origin"
                headers["X-Request-Id"] = request_id
            await send(message)

        return marked

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope["path"] if scope["path"] in self._routes else "other"
        self._metrics.requests.labels(route, str(status)).inc()
        log.info(
            "request",
            method=scope["method"],
            route=route,
            status=status,
            duration_ms=round(seconds * 1000, 2),
        )


class KnownHosts:
    """ASGI middleware: 421 to requests for another host, 431 to far too many headers."""

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        """Stand before `app`, which is `hosts`: names without a port."""
        self._app = app
        self._hosts = frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass, or refuse."""
        if scope["type"] == "lifespan" or not (fault := self._fault(scope)):
            await self._app(scope, receive, send)
        else:
            await turn_away(refusal(*fault), 1008, scope, receive, send)

    def _fault(self, scope: Scope) -> tuple[int, str] | None:
        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or _without_port(hosts[0].lower()) not in self._hosts:
            return 421, "This server does not answer for that host."
        if sum(len(name) + len(value) + 4 for name, value in scope["headers"]) > HEADER_BLOCK:
            return 431, "The headers are too long."
        return None


def _without_port(host: str) -> str:
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
