"""Whether the owner of a webhook still stands, and with which rights: told without their token.

Everything is told from the registry, which is read every two seconds: whoever is revoked is sent
nothing after that.
"""

from datetime import UTC, datetime

from graph import policy
from graph.policy import DEVELOPMENT, Viewer
from graph.registry import Registry
from graph.roles import Role
from graph.terms import Permission

SERVICE = "service:"


class Owners:
    """The owners of webhooks; `development` if the development viewer may own some."""

    def __init__(self, registry: Registry, *, development: bool) -> None:
        """Ask this registry."""
        self._registry = registry
        self._development = development

    async def current(self) -> None:
        """Know what counts now. Raises Unavailable if that cannot be."""
        await self._registry.current()

    def standing(self, owner: str, *, by_key: bool) -> Viewer | None:
        """The owner with the rights of now; None for who may be sent nothing.

        A service that registered with a key (`by_key`) stands while one of its keys holds.
        """
        if not owner.startswith(SERVICE):
            return DEVELOPMENT if self._development else None
        name, known = owner.removeprefix(SERVICE), self._registry.known
        if known.refuses(name, None) or name not in known.services:
            return None
        now = datetime.now(UTC)
        if by_key and not any(k.service == name and k.holds(now) for k in known.keys.values()):
            return None
        registered, centers = known.services[name], known.centers.get(name)
        rights = policy.rights((Role.INTEGRATOR,), registered, centers)
        found = Viewer(owner, name, **rights)
        return found if Permission.MANAGE_WEBHOOKS in found.permissions else None


def signs_by_key(viewer: Viewer) -> bool:
    """Whether somebody has signed in with a key of the registry."""
    return getattr(viewer.credential, "key", None) is not None
