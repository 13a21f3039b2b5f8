"""Who may see what: every question takes its viewer here before it is asked.

A question that cuts its answer to the accounts in reach asks `graph.reach`, which asks `reaching`.
Whoever reaches fewer than all accounts is refused by every other one.
"""

from dataclasses import dataclass, field
from typing import Any

from graph.errors import Forbidden, Unauthenticated
from graph.rights import EXCLUDED as EXCLUDED
from graph.rights import FARTHER as FARTHER
from graph.rights import ROLELESS as ROLELESS
from graph.rights import UNNAMED as UNNAMED
from graph.rights import UNREGISTERED as UNREGISTERED
from graph.rights import given_yet as given_yet
from graph.rights import rights as rights
from graph.roles import ROLES, Grant, Part, Reach, Role
from graph.terms import Permission

NOBODY = "You may not ask this without signing in. Send a bearer token."
UNKNOWN = (
    "You are not known here as an account manager or a specialist in service: you may ask for"
    " public facts only. Have yourself recorded as staff."
)


READER = "You may not write this: your role reads only."


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking, and what they may do. `expires` is a Unix time, or None for never.

    `sees_all` is reach over all accounts, with all rights to read; `near` says what else they
    reach, if anything. Whoever has neither is told `refused`. `grants` say on which reach each
    right holds, where that is not all of it. `credential` is what they signed in with, for whoever
    looks whether it still holds.
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
    grants: frozenset[Grant] = frozenset()
    centers: frozenset[str] = frozenset()  # by code, of a service registered for some
    named: frozenset[str] = frozenset()  # accounts by key, of an owner who is registered for them
    owner: bool = False  # one from outside the program, who reads nothing but what the list allows
    credential: Any = field(default=None, repr=False, compare=False)


DEVELOPMENT = Viewer(
    "development",
    "Development viewer",
    tuple(Permission),
    sees_all=True,
    roles=(Role.DEVELOPMENT,),
)


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


def keeping(viewer: Viewer | None) -> Viewer:
    """The viewer, if something may be kept for them: who is answered, and writes something at all.

    Raises Unauthenticated or Forbidden.
    """
    asking = reaching(viewer)
    if asking.owner or any(ROLES[role].reads_only for role in asking.roles):
        raise Forbidden(READER)
    return asking


def where(viewer: Viewer, *rights: Permission | Part | None) -> frozenset[Reach]:
    """On what all of these rights of the viewer hold together; all that they reach, for none."""
    found = viewer.near | ({Reach.ALL} if viewer.sees_all else set())
    for right in filter(None, rights if viewer.grants else ()):
        on = {reach for held, reach in viewer.grants if held is right}
        if Reach.ALL in found:
            found = frozenset(on)
        elif Reach.ALL not in on:  # what holds on all holds on these too
            found &= on
    return frozenset(found)


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
    if Reach.ALL not in where(admit(viewer), part or permission):
        raise Forbidden(FARTHER)
