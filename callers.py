"""Who may ask and how much: the settings as what requests pass before they run."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import transport
from config import Config
from graph.disclosure import roles
from graph.errors import Unavailable
from graph.identifiers import IdentifierKey
from graph.policy import Viewer
from graph.practising import Practising
from graph.registry import Registry
from graph.roles import Role
from graph.session import Graph
from graph.sessions import Limits, Secrets, Sessions
from graph.webhooks.owners import Owners
from transport.abroad import BACK
from transport.begun import Sealed
from transport.codes import Codes
from transport.cookies import origin_of
from transport.development import Development
from transport.entrance import Entrance
from transport.identity import Identity, KeySet
from transport.issuers import Issuer
from transport.key_sets import Fetched
from transport.provider import Client, Provider

OWNED = Path(transport.__file__).with_name("trade_owner.json")
"""The documents of `docs/trade-owner`, as `make owners` writes them."""
SIGN_IN = Path(__file__).parent / "web" / "dist" / "sign-in"


class Callers:
    """Who may ask: made when the graph is there, which keeps what was revoked."""

    def __init__(self, config: Config) -> None:
        """Prepare to believe the issuer of the settings, or the local one. Raises SetupError."""
        self._issuer, self._keys = _issuer(config)
        self._own_only = not config.managers_see_center
        self._owners = config.trade_owners
        self.codes = None if config.issuer else codes(config)
        self._limits = session_limits(config)
        self._identity: Identity | None = None
        self._entrance: Entrance | None = None
        self._registry: Registry | None = None
        self._local = config.issuer is None

    def begin(self, graph: Graph, key: IdentifierKey) -> Identity:
        """The callers of this graph; the key is what sessions are derived from."""
        self._registry = Registry(graph)
        sessions = Sessions(graph, self._limits)
        self._identity = Identity(
            self._issuer,
            self._keys,
            self._registry,
            Practising(graph),
            own_only=self._own_only,
            owners=self._owners,
            sessions=sessions,
        )
        secrets = Secrets(key.derive(b"sessions"))
        self._entrance = Entrance(graph, self._identity, sessions, secrets, self._issuer.name)
        return self._identity

    @property
    def identity(self) -> Identity:
        """Who may ask, once it is known."""
        assert self._identity
        return self._identity

    def provider(self, config: Config) -> Provider | None:
        """Where people are sent to sign in, if they are. Raises SetupError."""
        if config.issuer_client_id is None:
            return None
        client = Client(
            self._issuer,
            config.issuer_client_id,
            f"{(config.public_url or '').rstrip('/')}{BACK}",
            config.issuer_client_secret(),
            config.issuer_scope,
        )
        return Provider(client, self._keys)

    @property
    def entrance(self) -> Entrance:
        """Where sessions begin and end, once there is a graph."""
        assert self._entrance
        return self._entrance

    async def by_cookie(self, secret: str) -> Viewer | None:
        """Whose session this is, None for no session; raises BadToken or NotNow."""
        return await self.entrance.find(secret)

    def owners(self) -> Owners:
        """Who of the owners of webhooks still stands; the development viewer at home only."""
        assert self._registry
        return Owners(self._registry, development=self._local)

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


def session_limits(config: Config) -> Limits:
    """How long sessions last, by the settings."""
    idle = timedelta(minutes=config.session_idle_minutes)
    return Limits(idle, timedelta(hours=config.session_hours), config.sessions_per_person)


def _issuer(config: Config) -> tuple[Issuer, KeySet]:
    if config.issuer is None:
        local = Development.at(config.data, config.audience)
        return local.issuer, local.keys
    issuer = Issuer(
        config.issuer,
        config.audience,
        config.issuer_algorithms,
        None if config.issuer_token_type == "any" else config.issuer_token_type,
        config.issuer_person_claim,
        config.issuer_roles_claim,
    )
    if config.issuer_roles:
        issuer = replace(issuer, mapping=config.issuer_roles)
    return issuer, Fetched(config.issuer, config.issuer_keys_url)


def doors(config: Config, callers: Callers, buckets: transport.Buckets) -> transport.Doors:
    """What operations pass before they run, by the settings. Raises SetupError."""
    found = config.trusted_documents
    documents = transport.read_manifest(found) if found else {}
    return transport.Doors(
        callers.authenticate,
        callers.holds,
        allowance=lambda viewer: allowance(config, viewer),
        budget=transport.Budget(buckets),
        streams=transport.Streams(config.streams, config.streams_per_caller),
        origins=config.cors_origins,
        cookies=cookies(config, callers),
        trusted=transport.Trusted(
            documents,
            lambda _: config.trusted_only,
            transport.read_manifest(OWNED) if config.trade_owners else {},
            is_owner,
        ),
    )


def cookies(config: Config, callers: Callers) -> transport.Cookies:
    """Who is asking by a cookie, by the settings."""
    return transport.Cookies(callers.by_cookie, origin_of(config.public_url or "") or None)


def codes(config: Config) -> Codes:
    """The code to sign in with on this machine. Raises SetupError."""
    return Codes(config.data, Development.at(config.data, config.audience))


def sign_in(
    config: Config, callers: Callers, buckets: transport.Buckets, key: IdentifierKey
) -> transport.SignIn:
    """The pages to sign in and out on, by the settings."""
    return transport.SignIn(
        lambda: callers.entrance,
        cookies(config, callers),
        transport.Tries(buckets),
        SIGN_IN,
        callers.codes.take if callers.codes else None,
        callers.provider(config),
        Sealed(key.derive(b"sign-in")),
    )


def is_owner(viewer: transport.Viewer | None) -> bool:
    """Whether they are from outside the program, and run the committed documents only."""
    return getattr(viewer, "owner", False)


def lookups(config: Config, buckets: transport.Buckets, viewer: Viewer | None) -> transport.Lookups:
    """What counts the numbers and codes that a caller looks up; nobody's is never asked."""
    most = allowance(config, viewer).lookups
    return transport.Lookups(buckets, viewer.id if viewer else "", most)


def in_use(config: Config, buckets: transport.Buckets, viewer: Viewer | None) -> transport.InUse:
    """What counts the numbers and codes that a caller is told are in use."""
    most = allowance(config, viewer).in_use
    return transport.InUse(buckets, viewer.id if viewer else "", most)


def allowance(config: Config, viewer: transport.Viewer | None) -> transport.Allowance:
    """What a caller may do: of several roles with an allowance of their own the largest."""
    assert viewer is None or isinstance(viewer, Viewer)
    if viewer and Role.DEVELOPMENT in viewer.roles:
        given = config.limits_development
    else:
        own = [config.limits_roles[role] for role in roles(viewer) & config.limits_roles.keys()]
        given = max(own, key=lambda one: one.points, default=config.limits_caller)
    return transport.Allowance(**given.model_dump())
