"""Who is asking: from the Authorization given to a viewer with roles and rights."""

import asyncio
import re
from dataclasses import dataclass, replace
from typing import Protocol

from graph import policy
from graph.errors import GraphError, Unavailable
from graph.policy import Viewer
from graph.practising import Practising
from graph.registry import Known, Registry, ServiceKey
from graph.roles import Role
from graph.service_keys import PREFIX
from graph.sessions import Sessions
from graph.terms import Permission
from transport import tokens
from transport.issuers import Claims, Issuer, Key, over, verify
from transport.tokens import BadToken, NotNow

TOKEN = re.compile(r"[A-Za-z0-9\-._~+/]+=*")  # RFC 6750
SCHEME = "Send `Authorization: Bearer TOKEN`, once."
NO_KEY = "The key is not valid."
REVOKED = "The token was revoked."
NONE: frozenset[Permission] = frozenset()


@dataclass(frozen=True, slots=True)
class Credential:
    """What a viewer signed in with: a token, or a service's key; and the rights it had then."""

    sub: str
    jti: str | None = None
    key: ServiceKey | None = None
    registered: frozenset[Permission] | None = None
    centers: frozenset[str] | None = None
    named: frozenset[str] | None = None  # the accounts that an owner was registered for
    session: str | None = None  # by the hash of its secret
    practised: tuple[str, frozenset[str]] | None = None  # which specialist, and disciplines


class KeySet(Protocol):
    """Where the keys of the issuer come from."""

    async def find(self, kid: str) -> Key | None:
        """The key with this id."""

    async def run(self) -> None:
        """Keep them current until cancelled."""

    def fresh(self) -> bool:
        """Whether there are keys that may be believed."""


class Identity:
    """One issuer's tokens and the keys of services, as long as they are not revoked."""

    def __init__(
        self,
        issuer: Issuer,
        keys: KeySet,
        registry: Registry,
        practising: Practising | None = None,
        *,
        own_only: bool = False,
        owners: bool = False,
        sessions: Sessions | None = None,
    ) -> None:
        """Believe this issuer; without `practising`, no specialist has rights by discipline.

        Without `sessions` nobody signs in on a page. `own_only` if account managers see no others
        of their Center, `owners` if those of accounts are let in.
        """
        self._issuer = issuer
        self._keys = keys
        self._registry = registry
        self._practising = practising
        self._own_only = own_only
        self._owners = owners
        self._sessions = sessions

    async def run(self) -> None:
        """Keep keys and revocations current until cancelled."""
        sessions = [self._sessions.run()] if self._sessions else []
        await asyncio.gather(self._keys.run(), self._registry.run(), *sessions)

    def ready(self) -> bool:
        """Whether callers can be told from each other."""
        return self._keys.fresh() and not self._registry.lost

    async def authenticate(self, authorization: str | None, _host: str | None) -> Viewer | None:
        """The viewer, None for nobody. Raises BadToken, or NotNow."""
        if authorization is None:
            return None
        scheme, _, text = authorization.strip().partition(" ")
        text = text.strip()
        if scheme.lower() != "bearer" or not TOKEN.fullmatch(text):
            raise BadToken(SCHEME)
        if text.startswith(PREFIX):
            return _service(text, await self._known())
        return await self.known_as(await verify(text, self._issuer, self._keys))

    async def session(self, id: str) -> Viewer | None:
        """The viewer of a session, None if it is over. Raises BadToken, or NotNow.

        Who issued it must be who is believed now: a local one opens nothing once there is a
        provider, and a role that is not mapped any more is none.
        """
        if self._sessions is None:
            return None
        try:
            found = await self._sessions.use(id)
        except GraphError:
            raise NotNow("It cannot be told now whether you are signed in: try again.") from None
        if found is None or found.issuer != self._issuer.name:
            return None
        mapped = set(self._issuer.mapping.values())
        roles = frozenset(role for role in mapped if role.value in found.roles)
        expires = found.expires.timestamp()
        claims = Claims(found.person, found.sub, None, expires, roles, found.name)
        return await self.known_as(claims, id)

    async def known_as(self, claims: Claims, session: str | None = None) -> Viewer:
        """The viewer of whom these claims are true. Raises BadToken if they are revoked; NotNow."""
        known = await self._known()
        if known.refuses(claims.sub, claims.jti):
            raise BadToken(REVOKED)
        if self._owners and Role.TRADE_OWNER in claims.roles:
            return _owner(claims, known)
        practised = await self._practised(claims)
        viewer = _person(claims, known, practised, self._own_only)
        return viewer if session is None else _signed_in(viewer, session)

    def holds(self, viewer: tokens.Viewer) -> bool:
        """Whether what a viewer signed in with still holds: asked while a stream runs."""
        credential = getattr(viewer, "credential", None)
        if over(viewer.expires) or self._registry.lost or not isinstance(credential, Credential):
            return False
        if credential.session and not self._lasts(credential.session):
            return False
        known = self._registry.known
        if known.refuses(credential.sub, credential.jti) or not self._practises(credential):
            return False
        registered = credential.registered
        held = known.services.get(credential.sub, NONE), known.centers.get(credential.sub)
        if registered is not None and (registered, credential.centers) != held:
            return False
        if credential.named is not None and credential.named != known.owned(credential.sub):
            return False
        return credential.key is None or known.keys.get(credential.key.id) == credential.key

    def _lasts(self, session: str) -> bool:
        return self._sessions is not None and self._sessions.holds(session)

    def _practises(self, credential: Credential) -> bool:
        """Whether they practise what they did when they signed in, if rights came of that."""
        if credential.practised is None or self._practising is None:
            return True
        return self._practising.still(*credential.practised)

    async def _practised(self, claims: Claims) -> frozenset[str]:
        """The disciplines of a specialist, whose rights depend on them."""
        if self._practising is None or Role.SPECIALIST not in claims.roles:
            return frozenset()
        try:
            return await self._practising.of(claims.person)
        except GraphError:
            raise NotNow("It cannot be told now what you practise: try again.") from None

    async def _known(self) -> Known:
        try:
            return await self._registry.current()
        except Unavailable as error:
            raise NotNow(str(error)) from None


def _service(text: str, known: Known) -> Viewer:
    key = known.key(text)
    if key is None:
        raise BadToken(NO_KEY)
    if known.refuses(key.service, None):
        raise BadToken(REVOKED)
    registered, centers = known.services.get(key.service, NONE), known.centers.get(key.service)
    return Viewer(
        f"service:{key.service}",
        key.service,
        expires=key.expires.timestamp(),
        credential=Credential(key.service, key=key, registered=registered, centers=centers),
        **policy.rights((Role.INTEGRATOR,), registered, centers),
    )


def _person(claims: Claims, known: Known, practised: frozenset[str], own_only: bool) -> Viewer:
    service = Role.INTEGRATOR in claims.roles
    registered = known.services.get(claims.sub, NONE) if service else None
    centers = known.centers.get(claims.sub) if service else None
    return Viewer(
        f"service:{claims.sub}" if service else claims.person,
        claims.name,
        expires=claims.expires,
        credential=Credential(
            claims.sub,
            claims.jti,
            registered=registered,
            centers=centers,
            practised=(claims.person, practised) if Role.SPECIALIST in claims.roles else None,
        ),
        **policy.rights(claims.roles, registered, centers, practised, own_only=own_only),
    )


def _signed_in(viewer: Viewer, session: str) -> Viewer:
    """The same, by a session."""
    return replace(viewer, credential=replace(viewer.credential, session=session))


def _owner(claims: Claims, known: Known) -> Viewer:
    """Somebody of the trade: known by the subject, never as one of the staff of that name."""
    named = known.owned(claims.sub)
    return Viewer(
        f"owner:{claims.sub}",
        claims.name,
        expires=claims.expires,
        credential=Credential(claims.sub, claims.jti, named=named),
        **policy.rights(claims.roles, named=named),
    )
