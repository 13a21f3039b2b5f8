"""Sessions begun and ended, for those whom a provider or a code made known."""

from datetime import UTC, datetime

from graph.commands import sessions as acts
from graph.errors import GraphError
from graph.policy import Viewer
from graph.roles import Role
from graph.session import Graph
from graph.sessions import Secrets, Session, Sessions
from transport.identity import Identity
from transport.issuers import Claims
from transport.tokens import BadToken, NotNow

APART = frozenset({Role.INTEGRATOR, Role.TRADE_OWNER})
NOT_HERE = "Services and owners of accounts do not sign in on a page: they send a token."
AWAY = "The graph does not answer now: try again."


class Apart(BadToken):
    """Somebody who has no business on a page."""

    def __init__(self) -> None:
        """Say so."""
        super().__init__(NOT_HERE)


class Entrance:
    """Who comes in and goes out."""

    def __init__(
        self, graph: Graph, identity: Identity, sessions: Sessions, secrets: Secrets, issuer: str
    ) -> None:
        """Begin sessions of those whom `issuer` names."""
        self._graph = graph
        self._identity = identity
        self._sessions = sessions
        self._secrets = secrets
        self._issuer = issuer

    async def find(self, secret: str) -> Viewer | None:
        """Whose session this is, None for no session. Raises BadToken, or NotNow."""
        id = self._secrets.id(secret)
        return await self._identity.session(id) if id else None

    async def begin(self, claims: Claims) -> tuple[str, Viewer]:
        """The secret of a new session, and whose it is. Raises BadToken, or NotNow."""
        if claims.roles & APART:
            raise Apart
        viewer = await self._identity.known_as(claims)
        secret, limits, now = self._secrets.make(), self._sessions.limits, datetime.now(UTC)
        session = Session(
            self._secrets.id(secret) or "",
            self._issuer,
            claims.sub,
            claims.person,
            claims.name,
            tuple(role.value for role in claims.roles),
            now,
            now + limits.life,
        )
        try:
            await acts.begin(self._graph, session, limits.most)
        except GraphError:
            raise NotNow(AWAY) from None
        return secret, viewer

    async def end(self, secret: str) -> None:
        """End a session, if it is one. Raises NotNow if only this server knows of it."""
        id = self._secrets.id(secret)
        if id is None:
            return
        self._sessions.over(id)
        try:
            await acts.end(self._graph, id)
        except GraphError:
            raise NotNow(AWAY) from None
