"""What the roles of a caller come to: their rights, and about which accounts they hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from graph.roles import (
    DISCIPLINES,
    NEAR,
    NEAR_RIGHTS,
    OWN_RIGHTS,
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
UNREGISTERED = (
    "You may not ask this: a service is answered if it is registered, with READ_OWNERSHIP,"
    " READ_PERFORMANCE or READ_RISK."
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
    near = {role: found[role] & given_yet(role) for role in held if role in NEAR}
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


def given_yet(role: Role) -> frozenset[Permission]:
    """The rights that a role is given on fewer than all accounts, of those in the table."""
    writes = ROLES[role].reach in (Reach.MANAGED, Reach.CENTER)
    return NEAR_RIGHTS | OWN_RIGHTS if writes else NEAR_RIGHTS


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
