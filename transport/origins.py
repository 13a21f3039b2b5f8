"""Pages of other sites: those that are listed may ask here, with a token and never with cookies."""

from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

METHODS = ("GET", "POST", "PUT")
# What a page may send: who asks, what kind of body it is, and that it had to ask first.
SENT = ("Authorization", "Content-Type", "X-Account-Graph")
READ = ("Content-Disposition", "Retry-After", "WWW-Authenticate", "X-Request-Id")


class Origins:
    """ASGI middleware: browsers are told which sites may ask at these paths, and nowhere else."""

    def __init__(self, app: ASGIApp, origins: Sequence[str], path: str, below: str) -> None:
        """Stand before `app`; the sites are told at `path`, and at all that is `below` another."""
        self._app = app
        self._path, self._below = path, below
        self._listing = CORSMiddleware(
            app,
            allow_origins=origins,
            allow_methods=METHODS,
            allow_headers=SENT,
            allow_credentials=False,
            expose_headers=READ,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer what a browser asks first, or pass on."""
        path = scope.get("path", "")
        told = scope["type"] == "http" and (path == self._path or path.startswith(self._below))
        await (self._listing if told else self._app)(scope, receive, send)
