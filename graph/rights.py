"""What the roles of a caller come to: their rights, and about which accounts they hold."""

from collections.abc import Collection, Iterable, Mapping, Set
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
    Grant,
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
    (Role.TRADE_OWNER,): "You may not ask this: the role TRADE_OWNER is off here.",
}
FARTHER = (
    "You may not ask this yet: it is not cut to the accounts in your reach or to your rights, so"
    " only who reads all of all accounts is answered."
)
UNNAMED = "You may not ask this: no account is registered for you, or not any more."
UNREGISTERED = (
    "You may not ask this: a service is answered if it is registered, with READ_OWNERSHIP,"
    " READ_PERFORMANCE or READ_RISK."
)


def rights(
    roles: Iterable[Role],
    registered: frozenset[Permission] | None = None,
    centers: frozenset[str] | None = None,
    practised: frozenset[str] = frozenset(),
    *,
    own_only: bool = False,
    named: frozenset[str] | None = None,
) -> dict[str, Any]:
    """What these roles come to, as fields of a Viewer.

    `registered` is what a service may do, about the accounts of these Centers, by code; about all
    accounts for None. `practised` are the disciplines of a specialist, by code. `own_only` if
    account managers see no others of their Center. `named` are the accounts that an owner is
    registered for, by key; None where owners are not let in.
    """
    held = tuple(role for role in Role if role in set(roles))
    given: dict[str, Any] = {"roles": held, "permissions": ()}
    given["owner"] = Role.TRADE_OWNER in held and named is not None
    if not held:
        return {**given, "refused": ROLELESS}
    if excluded(held):
        return {**given, "refused": EXCLUDED}
    found = {role: _rights(ROLES[role], registered or frozenset(), practised) for role in held}
    whole = {role for role in held if role in SERVED and _whole(role, found[role], centers)}
    near = {role: found[role] & given_yet(role) for role in held if role in NEAR}
    if not named:
        near.pop(Role.TRADE_OWNER, None)
    answered = {
        role: found[role] if role in whole else near[role]
        for role in held
        if role in whole or near.get(role, frozenset()) & READS
    }
    if answered:
        counted = answered if whole else _alike(answered)
        reaches = {role: Reach.ALL if role in whole else _reach(role, centers) for role in counted}
        if own_only and Reach.MANAGED in reaches.values():
            reaches[Role.ACCOUNT_MANAGER] = Reach.OWN
        given["named"] = (named or frozenset()) if Role.TRADE_OWNER in counted else frozenset()
        return {**given, **_together(counted, reaches, whole, centers)}
    return {**given, "refused": _refused(held, given["owner"])}


def _refused(held: tuple[Role, ...], owner: bool) -> str:
    """What is told to who holds these roles and is answered nothing."""
    if owner:
        return UNNAMED
    refused = UNREGISTERED if Role.INTEGRATOR in held else UNSERVED.format(", ".join(held))
    return SAID.get(held) or refused


def _rights(
    rule: Rule, registered: frozenset[Permission], practised: frozenset[str]
) -> frozenset[Permission]:
    """What a rule gives this service, or this specialist."""
    some = rule.rights & registered if rule.registered else rule.rights
    return some if practised & set(DISCIPLINES) else some - rule.by_discipline


def given_yet(role: Role) -> frozenset[Permission]:
    """The rights that a role is given on fewer than all accounts, of those in the table."""
    writes = ROLES[role].reach in (Reach.MANAGED, Reach.CENTER, Reach.SERVED)
    return NEAR_RIGHTS | OWN_RIGHTS if writes else NEAR_RIGHTS


def _whole(role: Role, some: frozenset[Permission], centers: frozenset[str] | None) -> bool:
    """Whether the role reaches all accounts, with nothing to mask."""
    return not ROLES[role].registered or (centers is None and some >= READS)


def _alike(found: Mapping[Role, frozenset[Permission]]) -> dict[Role, frozenset[Permission]]:
    """Of roles that reach fewer accounts and read different things of them, those that read most.

    So that nothing is read of what only another reaches.
    """
    reads: dict[Role, frozenset[Permission | Part]] = {}
    for role, some in found.items():
        reads[role] = frozenset((some & READS) | ({Part.MONEY} - ROLES[role].lacks))
    most = max(reads.values(), key=len)
    return {role: some for role, some in found.items() if reads[role] >= most}


def _together(
    found: Mapping[Role, frozenset[Permission]],
    reaches: Mapping[Role, Reach],
    whole: Set[Role],
    centers: frozenset[str] | None,
) -> dict[str, Any]:
    """Rights and reach of all these roles, each right on the reach of the roles that give it."""
    grants: set[Grant] = set()
    for role, some in found.items():
        parts = {p for p, right in PART_OF.items() if right in some} - ROLES[role].lacks
        grants |= {(right, reaches[role]) for right in some | parts}
    held = {right for right, _ in grants}
    lacks = {part for part, right in PART_OF.items() if right in held and part not in held}
    near = frozenset(reaches[role] for role in found if role not in whole)
    return {
        "permissions": tuple(right for right in Permission if right in held),
        "lacks": frozenset(lacks),
        "sees_all": bool(whole),
        "near": near,
        "grants": frozenset(grants) if len(near) + bool(whole) > 1 else frozenset(),
        "centers": centers or frozenset(),
        "refused": FARTHER if near else ROLELESS,
    }


def _reach(role: Role, centers: frozenset[str] | None) -> Reach:
    reach = ROLES[role].reach
    return Reach.ALL if reach is Reach.REGISTERED and centers is None else reach


def excluded(roles: Collection[Role]) -> bool:
    """Whether some of these roles exclude others of them."""
    rules = [ROLES[role] for role in roles]
    alone = len(rules) > 1 and any(rule.alone for rule in rules)
    return alone or (any(r.reads_only for r in rules) and any(r.rights & WRITES for r in rules))
