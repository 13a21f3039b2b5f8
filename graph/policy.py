"""Who may see what: every question takes its viewer here before it is asked.

Only reach over all accounts is served yet: a role whose reach is smaller is refused, so that
nobody sees more than the table of `graph.roles` says. Nothing above has to change when it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.errors import Forbidden, Unauthenticated
from graph.records.changes import Change
from graph.roles import PART_OF, READS, ROLES, SERVED, WRITES, Part, Role
from graph.terms import Permission

NOBODY = "You may not ask this without signing in. Send a bearer token."
ROLELESS = "You hold no role of this program: you may ask for public facts only."
EXCLUDED = "Your roles exclude each other, so none of them counts. Sign in with one of them."
UNSERVED = "You may not ask this yet: the reach of your role is not served. Role: {}."
SAID: dict[tuple[Role, ...], str] = {  # of a role alone, where it is not its reach that is missing
    (Role.ADMIN,): "You may not ask this: an ADMIN reads no data.",
    (Role.AUDITOR,): "You may not ask this yet: what an AUDITOR sees masked is not served.",
}
UNREGISTERED = (
    "You may not ask this yet: a service is answered if it is registered for all accounts, with"
    " READ_OWNERSHIP, READ_PERFORMANCE and READ_RISK."
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking, and what they may do. `expires` is a Unix time, or None for never.

    `sees_all` is reach over all accounts; whoever has not is told `refused`. `credential` is what
    they signed in with, for whoever looks whether it still holds.
    """

    id: str
    name: str
    permissions: tuple[Permission, ...]
    sees_all: bool = False
    expires: float | None = None
    roles: tuple[Role, ...] = ()
    lacks: frozenset[Part] = frozenset()
    refused: str = ROLELESS
    credential: Any = field(default=None, repr=False, compare=False)


DEVELOPMENT = Viewer(
    "development",
    "Development viewer",
    tuple(Permission),
    sees_all=True,
    roles=(Role.DEVELOPMENT,),
)


def rights(
    roles: Iterable[Role], registered: frozenset[Permission] | None = None
) -> dict[str, Any]:
    """What these roles come to, as fields of a Viewer.

    `registered` is what a service may do about all accounts, if it is registered for all.
    """
    held = tuple(role for role in Role if role in set(roles))
    given: dict[str, Any] = {"roles": held, "permissions": ()}
    if not held:
        return {**given, "refused": ROLELESS}
    if _excluded(held):
        return {**given, "refused": EXCLUDED}
    served = [role for role in held if role in SERVED]
    if not served:
        return {**given, "refused": SAID.get(held) or UNSERVED.format(", ".join(held))}
    found = {
        role: rule.rights & (registered or frozenset()) if rule.registered else rule.rights
        for role in served
        for rule in (ROLES[role],)
    }
    every = frozenset[Permission]().union(*found.values())
    if not every >= READS:
        return {**given, "refused": UNREGISTERED}
    lacks = {
        part
        for part, right in PART_OF.items()
        if all(part in ROLES[role].lacks for role in served if right in found[role])
    }
    permissions = tuple(right for right in Permission if right in every)
    return {**given, "permissions": permissions, "sees_all": True, "lacks": frozenset(lacks)}


def _excluded(roles: tuple[Role, ...]) -> bool:
    rules = [ROLES[role] for role in roles]
    alone = len(rules) > 1 and any(rule.alone for rule in rules)
    return alone or (any(r.reads_only for r in rules) and any(r.rights & WRITES for r in rules))


def known(viewer: Viewer | None) -> Viewer:
    """The viewer, who may ask for public facts. Raises Unauthenticated."""
    if viewer is None:
        raise Unauthenticated(NOBODY)
    return viewer


def admit(viewer: Viewer | None) -> Viewer:
    """The viewer, if they may ask about accounts. Raises Unauthenticated or Forbidden."""
    if not known(viewer).sees_all:
        raise Forbidden(known(viewer).refused)
    return known(viewer)


def require(viewer: Viewer | None, permission: Permission, part: Part | None = None) -> None:
    """Raises Forbidden unless the viewer has the permission: decided before any data is read."""
    if permission not in admit(viewer).permissions:
        raise Forbidden(f"This field needs the permission {permission.value}.")
    if part is not None and part in known(viewer).lacks:
        raise Forbidden(f"This field needs {permission.value} with {part.value}.")


def may_see_event(viewer: Viewer | None, change: Change) -> bool:  # noqa: ARG001
    """Whether a change may be told to the viewer; asked anew for each event of a stream."""
    return viewer is not None and viewer.sees_all and Permission.SUBSCRIBE in viewer.permissions
