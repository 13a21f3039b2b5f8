"""Coming to an end: no new requests, running ones finish, streams and sockets close."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import structlog
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from transport.answers import refusal, turn_away

ALWAYS = ("/health/", "/metrics")  # answered to the end, so that the end can be watched

log = structlog.get_logger("transport.server")


class Drain:
    """Whether the server is about to stop, and what has to end with it."""

    def __init__(self) -> None:
        """Begin in service."""
        self.stopping = False
        self._waits: set[asyncio.Timeout] = set()

    def begin(self) -> None:
        """Refuse what comes, end what would never end by itself."""
        self.stopping = True
        for wait in self._waits:
            wait.reschedule(asyncio.get_running_loop().time())

    @asynccontextmanager
    async def wait(self, seconds: float | None) -> AsyncIterator[asyncio.Timeout]:
        """Raise TimeoutError after so many seconds, or when the server stops."""
        if self.stopping:
            raise TimeoutError
        async with asyncio.timeout(seconds) as wait:
            self._waits.add(wait)
            try:
                yield wait
            finally:
                self._waits.discard(wait)


class Refuse:
    """ASGI middleware: 503 to what arrives while the server stops."""

    def __init__(self, app: ASGIApp, drain: Drain) -> None:
        """Stand before `app`."""
        self._app = app
        self._drain = drain

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass, or refuse."""
        always = scope["type"] == "lifespan" or (
            scope["type"] == "http" and scope["path"].startswith(ALWAYS)
        )
        if always or not self._drain.stopping:
            await self._app(scope, receive, send)
        else:
            headers = {"Retry-After": "5", "Connection": "close"}
            answer = refusal(503, "The server is stopping.", "UNAVAILABLE", headers=headers)
            await turn_away(answer, 1012, scope, receive, send)


class Server(uvicorn.Server):
    """uvicorn, which tells the drain first, and waits `grace` seconds for balancers to notice."""

    def __init__(self, config: uvicorn.Config, drain: Drain, grace: float = 0.0) -> None:
        """Serve by `config`."""
        super().__init__(config)
        self._drain = drain
        self._grace = grace

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to listen."""
        await super().startup(sockets)
        log.info("started", address=f"{self.config.host}:{self.config.port}")

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End in order."""
        log.info("stopping")
        self._drain.begin()
        await asyncio.sleep(self._grace)
        await super().shutdown(sockets)
        log.info("stopped")
