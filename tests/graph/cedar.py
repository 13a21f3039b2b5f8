"""The policy as Cedar judges it: for callers of all kinds, about accounts of all kinds."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from cedarpy import Decision, Entities, PolicySet, is_authorized_batch

from graph import policy
from graph.policy import Viewer
from graph.roles import PART_OF, Part, Reach, Role
from graph.terms import Permission

P = Permission
POLICY = Path(__file__).with_name("policy.cedar")
RIGHTS: tuple[P | Part, ...] = (*P, *Part)
DISCIPLINES = ("REGULATORY_AUDITOR", "IMPORT_SPECIALIST")  # one reads ownership and risk, one not
FURTHER = ("SUPPLY_CHAIN_SECURITY_SPECIALIST", "INTERNATIONAL_TRADE_SPECIALIST")  # as the first
NORTH, SOUTH = "CEE001", "CEE002"
ACCOUNTS: dict[str, dict[str, Any]] = {  # as the caller stands to them; they are of NORTH
    "A-own": {"center": NORTH, "managed": True},
    "A-backed": {"center": SOUTH, "managed": True},
    "A-here": {"center": NORTH},
    "A-served": {"center": SOUTH, "served": True},
    "A-issue": {"center": NORTH, "issue": True},
    "A-far": {"center": SOUTH, "issue": True},
    "A-else": {"center": SOUTH},
    "A-nowhere": {"center": ""},
}
NAMED = (("A-else",), ("A-own", "A-nowhere"))  # what owners are registered for
SEEN: dict[Reach, set[str]] = {  # what is read on each reach; a test compares them with a graph
    Reach.MANAGED: {"A-own", "A-backed", "A-here", "A-issue"},
    Reach.OWN: {"A-own", "A-backed"},
    Reach.CENTER: {"A-own", "A-here", "A-issue"},
    Reach.SERVED: {"A-served", "A-issue"},
    Reach.ALL: set(ACCOUNTS),
}
WRITTEN = {**SEEN, Reach.MANAGED: {"A-own", "A-backed"}}
"""The same of what is written."""
WHOLE = {P.IMPORT, P.WRITE_ACCOUNTS}
"""Rights that count only on all accounts yet."""
NOT_YET = WHOLE - {P.WRITE_ACCOUNTS}
READS = {
    *(P.READ_OWNERSHIP, P.READ_PERFORMANCE, P.READ_RISK, P.SUBSCRIBE, P.EXPORT),
    P.MANAGE_WEBHOOKS,
    Part.MONEY,
}
PROGRAM = (
    *(Role.ACCOUNT_MANAGER, Role.CENTER_DIRECTOR, Role.SPECIALIST),
    *(Role.HQ_ANALYST, Role.HQ_COORDINATOR),
)
STAFF = {Role.ACCOUNT_MANAGER, Role.CENTER_DIRECTOR, Role.SPECIALIST}


@dataclass(frozen=True)
class Caller:
    """Somebody with these roles; `registered` and `centers` are of a service, `named` of an owner.

    Owners are not let in where nothing is `named`, not even no account.
    """

    roles: tuple[Role, ...]
    practised: str = DISCIPLINES[0]
    registered: frozenset[P] | None = None
    centers: frozenset[str] | None = None
    named: frozenset[str] | None = None

    @property
    def viewer(self) -> Viewer:
        """As the product takes them."""
        practised = frozenset({self.practised})
        named = None if self.named is None else frozenset(f"Account:{id_}" for id_ in self.named)
        given = policy.rights(self.roles, self.registered, self.centers, practised, named=named)
        return Viewer("P", "P", **given)


def callers() -> list[Caller]:
    """Every role and pair of roles, and every three of the field and headquarters.

    Staff of each discipline, services of each registration.
    """
    sets = [(role,) for role in Role] + [*combinations(Role, 2), *combinations(PROGRAM, 3)]
    found = []
    for roles in sets:
        if Role.INTEGRATOR not in roles:
            every = (*DISCIPLINES, *FURTHER) if roles == (Role.SPECIALIST,) else DISCIPLINES
            found += [Caller(roles, each) for each in every]
            if Role.TRADE_OWNER in roles:
                found += [Caller(roles, named=frozenset(each)) for each in ((), *NAMED)]
        elif not STAFF & set(roles):  # a service has no place among staff
            found += [
                Caller(roles, registered=frozenset(some), centers=where)
                for some in (P, {P.SUBSCRIBE, P.READ_RISK}, {P.READ_PERFORMANCE}, {P.SUBSCRIBE})
                for where in (None, frozenset({SOUTH}))
            ]
    return found


def entities(caller: Caller) -> Entities:
    """The caller and the accounts, as Cedar knows things."""
    person = {"type": "Person", "id": "P"}
    attributes = {
        "roles": sorted(caller.roles),
        "center": NORTH,
        "disciplines": [caller.practised],
        "registered": sorted(caller.registered or ()),
        "everywhere": caller.centers is None,
        "centers": sorted(caller.centers or ()),
        "named": sorted(caller.named or ()),
    }
    found: list[dict[str, Any]] = [{"uid": person, "attrs": attributes, "parents": []}]
    for id_, said in ACCOUNTS.items():
        about = {
            "name": id_,
            "center": said["center"],
            "managers": [{"__entity": person}] if said.get("managed") else [],
            "servers": [{"__entity": person}] if said.get("served") else [],
            "disciplines": [caller.practised] if said.get("issue") else [],
        }
        found.append({"uid": {"type": "Account", "id": id_}, "attrs": about, "parents": []})
    return Entities.from_json_str(json.dumps(found))


class Judge:
    """Cedar, which remembers what it said."""

    def __init__(self) -> None:
        """Read the policy once."""
        self._policy = PolicySet.from_str(POLICY.read_text(encoding="utf-8"))
        self._said: dict[Caller, dict[P | Part, set[str]]] = {}

    def grants(self, caller: Caller) -> dict[P | Part, set[str]]:
        """On which accounts each right holds."""
        if caller not in self._said:
            asked = [
                {
                    "principal": 'Person::"P"',
                    "action": f'Action::"{right.name}"',
                    "resource": f'Account::"{id_}"',
                    "context": {"right": _whole(right).value, "owners": caller.named is not None},
                }
                for right in RIGHTS
                for id_ in ACCOUNTS
            ]
            told = is_authorized_batch(asked, self._policy, entities(caller))
            assert not any(each.diagnostics.errors for each in told)
            allowed = iter(each.decision is Decision.Allow for each in told)
            self._said[caller] = {
                right: {id_ for id_ in ACCOUNTS if next(allowed)} for right in RIGHTS
            }
        return self._said[caller]


def _whole(right: P | Part) -> P:
    """The right that this is, or is a part of."""
    return PART_OF[right] if isinstance(right, Part) else right


def granted(caller: Caller) -> dict[P | Part, set[str]]:
    """On which accounts the product grants each right."""
    viewer = caller.viewer
    return {right: on(viewer, right, caller.centers) for right in RIGHTS}


def on(viewer: Viewer, right: P | Part, centers: Iterable[str] | None) -> set[str]:
    """On which accounts it grants this one."""
    permission, part = (PART_OF[right], right) if isinstance(right, Part) else (right, None)
    if permission not in viewer.permissions or part in viewer.lacks:
        return set()
    reaches = policy.where(viewer, part or permission)
    if right in WHOLE:
        reaches = reaches & {Reach.ALL} if viewer.sees_all else frozenset()
    seen = SEEN if right in READS else WRITTEN
    registered = {id_ for id_, said in ACCOUNTS.items() if said["center"] in (centers or ())}
    named = {key.partition(":")[2] for key in viewer.named} if right in READS else set[str]()
    known = {**seen, Reach.REGISTERED: registered, Reach.NAMED: named}
    return set[str]().union(*(known.get(reach, set()) for reach in reaches))
