"""The GraphQL endpoint over HTTP, sockets and event streams, for any guarded schema."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route, WebSocketRoute

from schema.extensions.guarded import Schema
from transport.audit import Audit, keeping
from transport.audit_files import Journal
from transport.audited import Audited
from transport.body import LimitBody
from transport.budget import Allowance, Buckets, Budget, Memory
from transport.collector import Collector
from transport.cookies import Cookies
from transport.doors import Doors
from transport.downloads import Downloads
from transport.drain import Drain, Refuse, Server
from transport.endpoint import Endpoint
from transport.headers import Envelope, KnownHosts
from transport.health import Check, Numbers, ReadOnly, health_routes
from transport.job_answers import BELOW
from transport.lookups import InUse, Lookups
from transport.metrics import Metrics
from transport.origins import Origins
from transport.page import Page
from transport.proxies import FORWARDED_FOR, Network, Proxies
from transport.sign_in import SignIn
from transport.streams import Streams
from transport.tokens import Authenticate, BadToken, MakeContext, Viewer
from transport.tries import Tries
from transport.trusted import Trusted, document_id, read_manifest
from transport.uploads import Find, Uploads
from transport.watching import Watch
from transport.wire import Socket, Wire

__all__ = [
    "HERE",
    "UVICORN",
    "Allowance",
    "Audit",
    "Authenticate",
    "BadToken",
    "Buckets",
    "Budget",
    "Collector",
    "Cookies",
    "Doors",
    "InUse",
    "Journal",
    "Lookups",
    "MakeContext",
    "Memory",
    "Metrics",
    "ReadOnly",
    "Served",
    "Server",
    "SignIn",
    "Streams",
    "Tries",
    "Trusted",
    "Viewer",
    "buckets",
    "document_id",
    "keeping",
    "read_manifest",
    "routes",
]

PATH = "/graphql"
HERE = ("localhost", "127.0.0.1", "[::1]")
UVICORN: dict[str, Any] = {
    "http": Wire,
    "loop": "uvloop",
    "ws": Socket,
    "ws_max_size": 128 * 1024,
    "ws_per_message_deflate": False,
    "ws_ping_interval": 25.0,
    "ws_ping_timeout": 25.0,
    "server_header": False,
    "proxy_headers": False,
    "access_log": False,
    "log_config": None,
    "timeout_keep_alive": 20,  # a client that thinks for some seconds need not connect anew
    "timeout_graceful_shutdown": 10,
}
"""Settings for `uvicorn.Config(app, host=, port=, **UVICORN)`."""


def buckets(storage: str) -> Buckets:
    """Where budgets are kept: `memory`, or the URL of a Redis server that several share."""
    if storage == "memory":
        return Memory()
    from transport.redis_buckets import RedisBuckets  # it takes 60 ms to import

    return RedisBuckets(storage)


@dataclass(frozen=True)
class Served:
    """What an application is made of."""

    routes: list[BaseRoute]
    middleware: list[Middleware]
    drain: Drain
    metrics: Metrics


def _let_in(origins: Sequence[str]) -> list[Middleware]:
    """What tells browsers of other sites, if there are any."""
    return [Middleware(Origins, origins=origins, path=PATH, below=BELOW)] if origins else []


def _checks(given: Mapping[str, Check] | None, audit: Audit | None) -> dict[str, Check]:
    """What has to be ready."""
    return {**(given or {}), **({"audit": audit.ready} if audit else {})}


def _files(endpoint: Endpoint, jobs: Find) -> list[Route]:
    """Where files of jobs are sent and fetched."""
    who = endpoint.viewer
    return [*Uploads(who, jobs).routes(), *Downloads(who, jobs).routes()]


def routes(
    schema: Schema,
    context: MakeContext,
    doors: Doors,
    *,
    page: Path,
    checks: Mapping[str, Check] | None = None,
    numbers: Numbers | None = None,
    hosts: Sequence[str] = HERE,
    body: int = 256 * 1024,
    jobs: Find | None = None,
    upload: int = 2_000_000_000,
    audit: Audit | None = None,
    sign_in: SignIn | None = None,
    https: bool = False,
    metrics_token: str | None = None,
    proxies: Sequence[Network] = (),
    proxies_header: str = FORWARDED_FOR,
) -> Served:
    """Routes and middleware for `Starlette(routes=, middleware=, lifespan=)`.

    Bodies have at most `body` bytes, files of `jobs` at most `upload`. `sign_in` has the pages to
    sign in and out on. `https` if clients reach it by TLS. The metrics are for this machine, and
    for whoever has the `metrics_token`. `proxies` are believed about their client, by one header.
    With an `audit` nothing is answered that has no entry there; its `run` must run.
    """
    metrics, drain = Metrics(), Drain()
    metrics.waiting.set_function(lambda: doors.admission.waiting)
    metrics.at_once.set_function(lambda: doors.admission.limit)
    endpoint = Endpoint(schema, context, doors, Watch(schema, metrics, drain, doors))
    front = Page(endpoint, page)
    # Two routes, not a Mount: a Mount would answer POST /graphql with a redirect.
    paths: list[Route] = [Route(PATH, front), front.assets(PATH)]
    paths += health_routes(metrics, drain, _checks(checks, audit), numbers, metrics_token)
    paths += sign_in.routes() if sign_in else []
    files = _files(endpoint, jobs) if jobs else []
    return Served(
        [*paths, *files, WebSocketRoute(PATH, endpoint)],
        [
            *([Middleware(Proxies, listed=proxies, header=proxies_header)] if proxies else []),
            Middleware(Envelope, metrics=metrics, routes=[r.path for r in paths], https=https),
            *([Middleware(Audited, audit=audit)] if audit else []),
            Middleware(KnownHosts, hosts=hosts),
            *_let_in(doors.origins),
            Middleware(Refuse, drain=drain),
            Middleware(LimitBody, most=body, larger=(BELOW, upload) if jobs else None),
        ],
        drain,
        metrics,
    )
