"""The ASGI application: composition only."""

import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypedDict

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.websockets import WebSocket

import transport
from config import Config
from graph import health, risk_network, snapshot, warm
from graph.commands import run as commands
from graph.disclosure import Disclosing, roles
from graph.identifiers import IdentifierKey
from graph.opening import Place
from graph.paging import Seal
from graph.policy import DEVELOPMENT, Viewer
from graph.session import Graph, connect
from resolvers.context import Context
from schema import schema
from transport.logs import configure

SELDOM = (50_000, 20, 20)  # a page of a thousand rows makes about 10,000 objects
DEVELOPMENT_SEES_ALL = (
    "No identity provider is configured: everyone at this machine is the development viewer, who"
    " sees everything."
)
PAGE = Path(__file__).parent / "web" / "dist" / "graphiql"


class State(TypedDict):
    """What lives as long as the server."""

    graph: Graph
    planning: asyncio.Task[int]
    reading: asyncio.Task[int]


def _spare_the_collector() -> None:
    """Schema and libraries stay: nobody need look for garbage among them, nor after each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def doors(config: Config, buckets: transport.Buckets) -> transport.Doors:
    """What operations pass before they run, by the settings. Raises SetupError."""
    found = config.trusted_documents
    documents = transport.read_manifest(found) if found else {}
    return transport.Doors(
        transport.development(DEVELOPMENT),
        allowance=lambda viewer: allowance(config, viewer),
        budget=transport.Budget(buckets),
        trusted=transport.Trusted(documents, lambda _: config.trusted_only),
    )


def allowance(config: Config, viewer: transport.Viewer | None) -> transport.Allowance:
    """What a caller may do: of several roles with an allowance of their own the largest."""
    assert viewer is None or isinstance(viewer, Viewer)
    if viewer and viewer.sees_all:
        given = config.limits_development
    else:
        own = [config.limits_roles[role] for role in roles(viewer) & config.limits_roles.keys()]
        given = max(own, key=lambda one: one.points, default=config.limits_caller)
    return transport.Allowance(**given.model_dump())


def serve(config: Config, place: Place, key: IdentifierKey) -> None:
    """Answer requests until a signal says to stop; then let the running ones end."""
    seal = Seal(key.derive(b"cursors"))
    buckets = transport.buckets(config.limits_storage)
    disclosing = Disclosing(config.introspection, config.suggestions)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with connect(place.address) as graph:
            _spare_the_collector()
            # Answers come slower until both are done.
            planning = asyncio.create_task(warm.warm(graph))
            reading = asyncio.create_task(warm.networks(graph))
            beside: list[asyncio.Task[Any]] = [planning, reading]
            beside.append(asyncio.create_task(commands.forgetting(graph)))
            if place.started:
                beside.append(asyncio.create_task(health.supervise(place.started)))
            try:
                yield {"graph": graph, "planning": planning, "reading": reading}
            finally:
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)
                await buckets.close()

    def context(request: Request | WebSocket, viewer: transport.Viewer | None) -> Context:
        assert viewer is None or isinstance(viewer, Viewer)
        return Context(request.state.graph, viewer, seal, key, disclosing.to(viewer))

    served = transport.routes(
        schema,
        context,
        doors(config, buckets),
        page=PAGE,
        checks={
            "database": lambda request: health.alive(request.state.graph),
            "migrations": lambda request: health.migrated(request.state.graph),
            "plans": lambda request: health.finished(request.state.planning),
            "ownership": lambda request: health.finished(request.state.reading),
        },
        numbers=lambda request: {
            "graph_statements_total": request.state.graph.statements,
            **snapshot.numbers(request.state.graph),
            **risk_network.numbers(request.state.graph),
        },
    )
    app = Starlette(lifespan=lifespan, routes=served.routes, middleware=served.middleware)
    configure(config.log_format)
    settings = uvicorn.Config(app, host=config.host, port=config.port, **transport.UVICORN)
    transport.Server(settings, served.drain).run()
