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
from graph.errors import Unavailable
from graph.identifiers import IdentifierKey
from graph.opening import Place
from graph.paging import Seal
from graph.policy import Viewer
from graph.registry import Registry
from graph.session import Graph, connect
from resolvers.context import Context
from schema import schema
from transport.development import Development
from transport.identity import Identity, KeySet
from transport.issuers import Issuer
from transport.key_sets import Fetched
from transport.logs import configure

SELDOM = (50_000, 20, 20)  # a page of a thousand rows makes about 10,000 objects
PAGE = Path(__file__).parent / "web" / "dist" / "graphiql"


class State(TypedDict):
    """What lives as long as the server."""

    graph: Graph
    planning: asyncio.Task[int]
    reading: asyncio.Task[int]


class Callers:
    """Who may ask: made when the graph is there, which keeps what was revoked."""

    def __init__(self, config: Config) -> None:
        """Prepare to believe the issuer of the settings, or the local one. Raises SetupError."""
        self._issuer, self._keys = _issuer(config)
        self._identity: Identity | None = None

    def begin(self, graph: Graph) -> Identity:
        """The callers of this graph."""
        self._identity = Identity(self._issuer, self._keys, Registry(graph))
        return self._identity

    @property
    def identity(self) -> Identity:
        """Who may ask, once it is known."""
        assert self._identity
        return self._identity

    async def authenticate(self, given: str | None, host: str | None) -> Viewer | None:
        """The viewer; raises BadToken or NotNow."""
        return await self.identity.authenticate(given, host)

    def holds(self, viewer: transport.Viewer) -> bool:
        """Whether what they signed in with still holds."""
        return self.identity.holds(viewer)

    async def ready(self) -> None:
        """Raises Unavailable while callers cannot be told from each other."""
        if not self.identity.ready():
            raise Unavailable("The keys of the identity provider are not known.")


def _issuer(config: Config) -> tuple[Issuer, KeySet]:
    if config.issuer is None:
        local = Development.at(config.data, config.audience)
        return local.issuer, local.keys
    mapping = {"mapping": config.issuer_roles} if config.issuer_roles else {}
    issuer = Issuer(
        config.issuer,
        config.audience,
        config.issuer_algorithms,
        None if config.issuer_token_type == "any" else config.issuer_token_type,
        config.issuer_person_claim,
        config.issuer_roles_claim,
        **mapping,
    )
    return issuer, Fetched(config.issuer, config.issuer_keys_url)


def _spare_the_collector() -> None:
    """Schema and libraries stay: nobody need look for garbage among them, nor after each page."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)


def serve(config: Config, place: Place, key: IdentifierKey) -> None:
    """Answer requests until a signal says to stop; then let the running ones end."""
    seal, callers = Seal(key.derive(b"cursors")), Callers(config)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[State]:
        async with connect(place.address) as graph:
            _spare_the_collector()
            # Answers come slower until both are done.
            planning = asyncio.create_task(warm.warm(graph))
            reading = asyncio.create_task(warm.networks(graph))
            beside: list[asyncio.Task[Any]] = [planning, reading]
            beside.append(asyncio.create_task(commands.forgetting(graph)))
            beside.append(asyncio.create_task(callers.begin(graph).run()))
            if place.started:
                beside.append(asyncio.create_task(health.supervise(place.started)))
            try:
                yield {"graph": graph, "planning": planning, "reading": reading}
            finally:
                for task in beside:
                    task.cancel()
                await asyncio.gather(*beside, return_exceptions=True)

    def context(request: Request | WebSocket, viewer: transport.Viewer | None) -> Context:
        assert viewer is None or isinstance(viewer, Viewer)
        return Context(request.state.graph, viewer, seal, key)

    served = transport.routes(
        schema,
        context,
        transport.Doors(callers.authenticate, callers.holds),
        page=PAGE,
        hosts=(*transport.HERE, *config.hosts),
        checks={
            "database": lambda request: health.alive(request.state.graph),
            "migrations": lambda request: health.migrated(request.state.graph),
            "plans": lambda request: health.finished(request.state.planning),
            "identity": lambda _: callers.ready(),
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
