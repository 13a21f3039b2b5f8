"""Who may see what: every question takes its viewer here before it is asked.

A question that cuts its answer to the accounts in reach asks `graph.reach`, which asks `reaching`.
Whoever reaches fewer than all accounts is refused by every other one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from graph.errors import Forbidden, Unauthenticated
from graph.roles import NEAR, NEAR_RIGHTS, PART_OF, READS, ROLES, SERVED, WRITES, Part, Reach, Role
from graph.terms import Permission

NOBODY = "You may not ask this without signing in. Send a bearer token."
ROLELESS = "You hold no role of this program: you may ask for public facts only."
EXCLUDED = "Your roles exclude each other, so none of them counts. Sign in with one of them."
UNSERVED = "You may not ask this yet: the reach of your role is not served. Role: {}."
SAID: dict[tuple[Role, ...], str] = {  # of a role alone, where it is not its reach that is missing
    (Role.ADMIN,): "You may not ask this: an ADMIN reads no data.",
    (Role.AUDITOR,): "You may not ask this yet: what an AUDITOR sees masked is not served.",
}
FARTHER = (
    "You may not ask this yet: it is not cut to the accounts in your reach, so only who reaches all"
    " accounts is answered."
)
UNKNOWN = (
    "You are not known here as an account manager or a specialist in service: you may ask for"
    " public facts only. Have yourself recorded as staff."
)
UNREGISTERED = (
    "You may not ask this yet: a service is answered if it is registered for all accounts, with"
    " READ_OWNERSHIP, READ_PERFORMANCE and READ_RISK."
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking, and what they may do. `expires` is a Unix time, or None for never.

    `sees_all` is reach over all accounts; `near` says what else they reach, if anything. Whoever
    has neither is told `refused`. `credential` is what they signed in with, for whoever looks
    whether it still holds.
    """

    id: str
    name: str
    permissions: tuple[Permission, ...]
    sees_all: bool = False
    expires: float | None = None
    roles: tuple[Role, ...] = ()
    lacks: frozenset[Part] = frozenset()
    refused: str = ROLELESS
    near: frozenset[Reach] = frozenset()
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
        near = [role for role in held if role in NEAR]
        if near:
            return {**given, **_near(near)}
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


def _near(roles: list[Role]) -> dict[str, Any]:
    """Rights on fewer than all accounts: of several roles, those with the most rights count.

    So that a right of one is never one on what only another reaches.
    """
    found = {role: NEAR_RIGHTS & ROLES[role].rights for role in roles}
    most = max(found.values(), key=len)
    counted = [role for role in roles if found[role] >= most]
    return {
        "permissions": tuple(right for right in Permission if right in most),
        "lacks": frozenset[Part]().union(*(ROLES[role].lacks for role in counted)),
        "near": frozenset(ROLES[role].reach for role in counted),
        "refused": FARTHER,
    }


def _excluded(roles: tuple[Role, ...]) -> bool:
    rules = [ROLES[role] for role in roles]
    alone = len(rules) > 1 and any(rule.alone for rule in rules)
    return alone or (any(r.reads_only for r in rules) and any(r.rights & WRITES for r in rules))


def known(viewer: Viewer | None) -> Viewer:
    """The viewer, who may ask for public facts. Raises Unauthenticated."""
    if viewer is None:
        raise Unauthenticated(NOBODY)
    return viewer


def reaching(
    viewer: Viewer | None, permission: Permission | None = None, part: Part | None = None
) -> Viewer:
    """The viewer, if they may ask about the accounts in their reach, with that permission if any.

    Raises Unauthenticated or Forbidden.
    """
    asking = known(viewer)
    if not (asking.sees_all or asking.near):
        raise Forbidden(asking.refused)
    if permission is not None and permission not in asking.permissions:
        raise Forbidden(f"This field needs the permission {permission.value}.")
    if permission is not None and part is not None and part in asking.lacks:
        raise Forbidden(f"This field needs {permission.value} with {part.value}.")
    return asking


def admit(viewer: Viewer | None) -> Viewer:
    """The viewer, if they may ask about all accounts. Raises Unauthenticated or Forbidden."""
    if not known(viewer).sees_all:
        raise Forbidden(known(viewer).refused)
    return known(viewer)


def require(viewer: Viewer | None, permission: Permission, part: Part | None = None) -> None:
    """Raises Forbidden unless the viewer has the permission on all accounts.

    Decided before any data is read.
    """
    reaching(viewer, permission, part)
    admit(viewer)
