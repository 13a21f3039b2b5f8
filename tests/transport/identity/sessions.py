"""People who sign in on a page: sessions of a real graph, as a server of it has them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from graph.policy import Viewer
from graph.registry import Registry
from graph.roles import Role
from graph.session import Graph
from graph.sessions import Limits, Secrets, Sessions
from tests.transport.identity.provider import ISSUER, fixed
from transport.entrance import Entrance
from transport.identity import Identity, KeySet
from transport.issuers import Claims, Issuer

KEY = b"not a secret: a key of the tests"


@dataclass
class Clock:
    """A clock that a test moves."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class House:
    """One server of a graph, seen from who signs in."""

    def __init__(
        self,
        graph: Graph,
        limits: Limits | None = None,
        issuer: Issuer = ISSUER,
        keys: KeySet | None = None,
    ) -> None:
        self.clock = Clock()
        self.sessions = Sessions(graph, limits, self.clock)
        self.registry = Registry(graph)
        self.identity = Identity(issuer, keys or fixed(), self.registry, sessions=self.sessions)
        secrets = Secrets(KEY)
        self.secrets = secrets
        self.door = Entrance(graph, self.identity, self.sessions, secrets, issuer.name)

    async def begin(self, sub: str = "M-31", *roles: Role) -> str:
        secret, _ = await self.door.begin(somebody(sub, *roles))
        return secret

    async def find(self, secret: str) -> Viewer | None:
        return await self.door.find(secret)

    async def viewer(self, secret: str) -> Viewer:
        found = await self.find(secret)
        assert found is not None
        return found


def somebody(sub: str = "M-31", *roles: Role) -> Claims:
    """Whom a provider made known."""
    given = frozenset(roles or (Role.HQ_ANALYST,))
    return Claims(sub, sub, None, 0.0, given, f"Name of {sub}")
