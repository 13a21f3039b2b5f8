"""A real server of the toy schema: `python -m tests.transport.serving PORT`."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette

import transport
from tests.transport.toy import Caller, Context, toy
from transport.logs import configure

BUILT = Path("web/dist/graphiql")


@dataclass(frozen=True)
class Running:
    """What a test needs of a running server."""

    url: str
    server: transport.Server
    served: transport.Served

    @property
    def graphql(self) -> str:
        return self.url + "/graphql"

    @property
    def socket(self) -> str:
        return "ws" + self.graphql.removeprefix("http")


async def authenticate(authorization: str | None, _host: str | None) -> Caller | None:
    """Tokens `Bearer NAME` and `Bearer NAME:SECONDS`; none is nobody."""
    if authorization is None:
        return None
    scheme, _, token = authorization.partition(" ")
    name, _, seconds = token.partition(":")
    if scheme != "Bearer" or not name.isalpha():
        raise transport.BadToken("The token is not valid.")
    return Caller(name, time.time() + float(seconds) if seconds else None)


def generous(_viewer: transport.Viewer | None) -> transport.Allowance:
    """All tests are one caller."""
    return transport.Allowance(at_once=128)


async def development(_authorization: str | None, _host: str | None) -> Caller | None:
    """Everybody is the same caller."""
    return Caller("development")


def made(doors: transport.Doors, port: int = 0, **settings: Any) -> Running:
    """A server that does not run yet: of the toy schema, if no other is given."""
    settings.setdefault("page", BUILT)
    settings.setdefault("schema", toy)
    settings.setdefault("context", lambda _, viewer: Context(viewer))
    served = transport.routes(doors=doors, **settings)
    app = Starlette(routes=served.routes, middleware=served.middleware)
    config = uvicorn.Config(app, "127.0.0.1", port, **transport.UVICORN)
    return Running(f"http://127.0.0.1:{port}", transport.Server(config, served.drain), served)


@asynccontextmanager
async def running(doors: transport.Doors | None = None, **settings: Any) -> AsyncIterator[Running]:
    """A server that runs as long as the block; closed in order."""
    one = made(
        doors or transport.Doors(authenticate, allowance=generous, deadline=1.0, init_wait=1.0),
        **settings,
    )
    task = asyncio.create_task(one.server.serve())
    while not one.server.started:  # noqa: ASYNC110 - uvicorn tells it no other way
        await asyncio.sleep(0.01)
    port = one.server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Running(f"http://127.0.0.1:{port}", one.server, one.served)
    finally:
        one.server.should_exit = True
        await task


if __name__ == "__main__":
    configure("console")
    made(transport.Doors(development), int(sys.argv[1])).server.run()
