"""The ASGI application: composition only."""

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Coroutine, Iterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypedDict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.websockets import WebSocket

import transport
from callers import Callers, doors, in_use, lookups, session_limits, sign_in
from config import Config
from graph import feed, health, heart, retention, risk_network, snapshot, warm, warm_writes
from graph.commands import run as commands
from graph.derived.deriver import deriving
from graph.disclosure import Disclosing
from graph.errors import SetupError, Unavailable
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.opening import Place
from graph.paging import Seal
from graph.policy import Viewer
from graph.room import Room
from graph.session import Graph, connect
from graph.webhooks import Webhooks
from resolvers.context import Context
from schema import schema
from transport.health import Check
from transport.logs import configure

SELDOM = (50_000, 20, 20)  # a page of a thousand rows makes about 10,000 objects
PAGE = Path(__file__).parent / "web" / "dist" / "graphiql"


class State(TypedDict):
    """What lives as long as the server."""

    graph: Graph
    jobs: Jobs
    webhooks: Webhooks
    planning: asyncio.Task[int]
    reading: asyncio.Task[int]


CHECKS: dict[str, Check] = {
    "database": lambda request: health.alive(request.state.graph),
    "disk": lambda request: _roomy(request.state.graph),
    "migrations": lambda request: health.migrated(request.state.graph),
    "plans": lambda request: health.finished(request.state.planning),
    "ownership": lambda request: health.finished(request.state.reading),
}


def _spare_the_collector() -> None:
    """Schema and libraries stay: nobody need look for garbage among them, nor after each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def _begin(graph: Graph, config: Config) -> None:
    """Before the first request: how a local database keeps room, and what is no garbage."""
    if config.graph_uri is None:
        graph.room = Room(config.data, config.disk_floor).check
    _spare_the_collector()


async def _roomy(graph: Graph) -> None:
    """Reading goes on where there is no room to write."""
    try:
        graph.room()
    except Unavailable:
        raise transport.ReadOnly from None


def _numbers(request: Request) -> dict[str, float]:
    """What the graph counts."""
    return {
        "graph_statements_total": request.state.graph.statements,
        "graph_circuit_open": float(request.state.graph.circuit.open),
        **snapshot.numbers(request.state.graph),
        **risk_network.numbers(request.state.graph),
        **feed.numbers(request.state.graph),
        **request.state.webhooks.numbers,
    }


def _base(request: Request | WebSocket, config: Config) -> str:
    """Where this client reaches the server; the host was looked at before."""
    if config.public_url:
        return config.public_url.rstrip("/")
    scheme = request.url.scheme.replace("ws", "http")
    return f"{scheme}://{request.url.netloc}"


def bound(config: Config) -> socket.socket:
    """The address to answer at, taken. Raises SetupError if that cannot be.

    Nobody is listened to yet: who asks now is refused, not kept waiting.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((config.host, config.port))
    except OSError as error:
        found.close()
        raise SetupError(
            f"The server cannot answer at {config.host}:{config.port}: {error.strerror}. Stop what"
            " answers there, or give another --port."
        ) from None
    return found


def _lasting(
    config: Config,
    place: Place,
    graph: Graph,
    planning: asyncio.Task[int],
    reading: asyncio.Task[int],
) -> Iterator[Coroutine[Any, Any, Any]]:
    """What runs beside the answers for as long as the server does."""
    yield heart.beating(graph, place.address)
    yield warm_writes.lasting(graph, planning)
    yield commands.forgetting(graph, session_limits(config))
    yield deriving(graph, reading)
    yield retention.pruning(graph, config.change_log_days)
    if place.started:
        yield health.supervise(place.started)


def _front(
    config: Config, callers: Callers, buckets: transport.Buckets, key: IdentifierKey
) -> dict[str, Any]:
    """What clients meet, by the settings."""
    return {
        "page": PAGE,
        "sign_in": sign_in(config, callers, buckets, key),
        "upload": config.upload_limit,
        "hosts": (*transport.HERE, *config.hosts),
        "proxies": config.proxies,
        "proxies_header": config.proxies_header,
        "metrics_token": config.metrics_token(),
        "https": (config.public_url or "").startswith("https:"),
    }


@asynccontextmanager
async def _running(
    config: Config, place: Place, callers: Callers, keys: tuple[IdentifierKey, Seal], graph: Graph
) -> AsyncIterator[State]:
    """What answers need, with all that runs beside them."""
    key, seal = keys
    planning = asyncio.create_task(warm.warm(graph))  # answers come slower until both are done
    reading = asyncio.create_task(warm.networks(graph))
    lasting = [
        *_lasting(config, place, graph, planning, reading),
        callers.begin(graph, key).run(),
    ]
    beside = [planning, reading, *map(asyncio.create_task, lasting)]
    jobs = Jobs(graph, key, config.data / "jobs", *config.job_limits)
    webhooks = Webhooks(key, config.receivers())
    alone = place.started is not None
    sending = webhooks.running(graph, seal, callers.owners(), alone=alone, sends=config.webhooks)
    try:
        async with jobs.running(place.address), sending:
            yield {
                "graph": graph,
                "jobs": jobs,
                "webhooks": webhooks,
                "planning": planning,
                "reading": reading,
            }
    finally:
        await _end(beside)


async def _end(tasks: Sequence[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _audit(config: Config) -> transport.Audit | None:
    """Where requests are entered, if they are. Raises SetupError."""
    if not config.audit:
        return None
    where = config.otel_exporter_otlp_endpoint
    collector = transport.Collector(where) if where else None
    tell = collector.tell if collector else None
    journal = transport.Journal.at(config.audit_at, "server", config.audit_days, tell=tell)
    found = transport.Audit(journal, collector)
    found.begin()
    return found


def serve(config: Config, place: Place, key: IdentifierKey, listener: socket.socket) -> None:
    """Answer requests until a signal says to stop; then let the running ones end."""
    seal = Seal(key.derive(b"cursors"))
    buckets = transport.buckets(config.limits_storage)
    disclosing = Disclosing(config.introspection, config.suggestions)
    callers = Callers(config)
    audit = _audit(config)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with transport.keeping(audit), connect(place.address) as graph:
            _begin(graph, config)
            try:
                async with _running(config, place, callers, (key, seal), graph) as state:
                    yield state
            finally:
                await buckets.close()

    def context(request: Request | WebSocket, viewer: transport.Viewer | None) -> Context:
        assert viewer is None or isinstance(viewer, Viewer)
        now, base = request.state, _base(request, config)
        shown, counts = disclosing.to(viewer), lookups(config, buckets, viewer)
        told = in_use(config, buckets, viewer)
        given = (now.graph, viewer, seal, key, now.jobs, base, shown, now.stalled)
        return Context(*given, looks_up=counts, tells_in_use=told, webhooks=now.webhooks)

    served = transport.routes(
        schema,
        context,
        doors(config, callers, buckets),
        jobs=lambda request: request.state.jobs,
        checks={**CHECKS, "identity": lambda _: callers.ready()},
        numbers=_numbers,
        audit=audit,
        **_front(config, callers, buckets, key),
    )
    app = Starlette(lifespan=lifespan, routes=served.routes, middleware=served.middleware)
    configure(config.log_format)
    settings = uvicorn.Config(app, host=config.host, port=config.port, **transport.UVICORN)
    transport.Server(settings, served.drain).run([listener])
