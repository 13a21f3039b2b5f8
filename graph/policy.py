"""Who may see what: every question takes its viewer here before it is asked.

A question that cuts its answer to the accounts in reach asks `graph.reach`, which asks `reaching`.
Whoever reaches fewer than all accounts is refused by every other one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graph.errors import Forbidden, Unauthenticated
from graph.roles import (
    DISCIPLINES,
    NEAR,
    NEAR_RIGHTS,
    PART_OF,
    READS,
    ROLES,
    SERVED,
    WRITES,
    Part,
    Reach,
    Role,
    Rule,
)
from graph.terms import Permission

NOBODY = "You may not ask this without signing in. Send a bearer token."
ROLELESS = "You hold no role of this program: you may ask for public facts only."
EXCLUDED = "Your roles exclude each other, so none of them counts. Sign in with one of them."
UNSERVED = "You may not ask this yet: the reach of your role is not served. Role: {}."
SAID: dict[tuple[Role, ...], str] = {  # of a role alone, where it is not its reach that is missing
    (Role.ADMIN,): "You may not ask this: an ADMIN reads no data.",
}
FARTHER = (
    "You may not ask this yet: it is not cut to the accounts in your reach or to your rights, so"
    " only who reads all of all accounts is answered."
)
UNKNOWN = (
    "You are not known here as an account manager or a specialist in service: you may ask for"
    " public facts only. Have yourself recorded as staff."
)
UNREGISTERED = (
    "You may not ask this: a service is answered if it is registered, with READ_OWNERSHIP,"
    " READ_PERFORMANCE or READ_RISK."
)


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking, and what they may do. `expires` is a Unix time, or None for never.

    `sees_all` is reach over all accounts, with all rights to read; `near` says what else they
    reach, if anything. Whoever has neither is told `refused`. `credential` is what they signed in
    with, for whoever looks whether it still holds.
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
    centers: frozenset[str] = frozenset()  # by code, of a service registered for some
    credential: Any = field(default=None, repr=False, compare=False)


DEVELOPMENT = Viewer(
    "development",
    "Development viewer",
    tuple(Permission),
    sees_all=True,
    roles=(Role.DEVELOPMENT,),
)


def rights(
    roles: Iterable[Role],
    registered: frozenset[Permission] | None = None,
    centers: frozenset[str] | None = None,
    practised: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """What these roles come to, as fields of a Viewer.

    `registered` is what a service may do, about the accounts of these Centers, by code; about all
    accounts for None. `practised` are the disciplines of a specialist, by code.
    """
    held = tuple(role for role in Role if role in set(roles))
    given: dict[str, Any] = {"roles": held, "permissions": ()}
    if not held:
        return {**given, "refused": ROLELESS}
    if _excluded(held):
        return {**given, "refused": EXCLUDED}
    found = {role: _rights(ROLES[role], registered or frozenset(), practised) for role in held}
    served = [role for role in held if role in SERVED and _whole(role, found[role], centers)]
    if served:
        return {**given, **_all(served, found)}
    near = {role: found[role] & NEAR_RIGHTS for role in held if role in NEAR}
    near = {role: some for role, some in near.items() if some & READS}
    if near:
        return {**given, **_near(near, centers)}
    refused = UNREGISTERED if Role.INTEGRATOR in held else UNSERVED.format(", ".join(held))
    return {**given, "refused": SAID.get(held) or refused}


def _rights(
    rule: Rule, registered: frozenset[Permission], practised: frozenset[str]
) -> frozenset[Permission]:
    """What a rule gives this service, or this specialist."""
    some = rule.rights & registered if rule.registered else rule.rights
    return some if practised & set(DISCIPLINES) else some - rule.by_discipline


def _whole(role: Role, some: frozenset[Permission], centers: frozenset[str] | None) -> bool:
    """Whether the role reaches all accounts, with nothing to mask."""
    return not ROLES[role].registered or (centers is None and some >= READS)


def _all(roles: list[Role], found: Mapping[Role, frozenset[Permission]]) -> dict[str, Any]:
    """Rights on all accounts: those of the roles together."""
    every = frozenset[Permission]().union(*(found[role] for role in roles))
    lacks = {
        part
        for part, right in PART_OF.items()
        if all(part in ROLES[role].lacks for role in roles if right in found[role])
    }
    permissions = tuple(right for right in Permission if right in every)
    return {"permissions": permissions, "sees_all": True, "lacks": frozenset(lacks)}


def _near(
    found: Mapping[Role, frozenset[Permission]], centers: frozenset[str] | None
) -> dict[str, Any]:
    """Rights on fewer accounts, or fewer rights: of several roles, those with the most count.

    So that a right of one is never one on what only another reaches.
    """
    most = max(found.values(), key=len)
    counted = [role for role, some in found.items() if some >= most]
    reaches = {ROLES[role].reach for role in counted}
    if Reach.REGISTERED in reaches and centers is None:
        reaches = {Reach.ALL}
    return {
        "permissions": tuple(right for right in Permission if right in most),
        "lacks": frozenset[Part]().union(*(ROLES[role].lacks for role in counted)),
        "near": frozenset(reaches),
        "centers": centers or frozenset(),
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
