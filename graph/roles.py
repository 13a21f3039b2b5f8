"""The roles of the program: what each may do and about which accounts, as one frozen table.

A right is a permission of the schema; reach is a set of accounts. The table is the policy: it has a
version, and `docs/policy.md` is written from it. What is refused by it stands in `graph.policy`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph.terms import Permission

P = Permission  # so that the table can be read
VERSION = "2026.7"


class Role(StrEnum):
    """A role of the program; DEVELOPMENT exists in tokens of the local issuer only."""

    ACCOUNT_MANAGER = "ACCOUNT_MANAGER"
    CENTER_DIRECTOR = "CENTER_DIRECTOR"
    SPECIALIST = "SPECIALIST"
    HQ_ANALYST = "HQ_ANALYST"
    HQ_COORDINATOR = "HQ_COORDINATOR"
    INTEGRATOR = "INTEGRATOR"
    TRADE_OWNER = "TRADE_OWNER"
    AUDITOR = "AUDITOR"
    ADMIN = "ADMIN"
    DEVELOPMENT = "DEVELOPMENT"


class Reach(StrEnum):
    """About which accounts a role's rights hold; the value says it in words.

    OWN is a manager's where the setting MANAGERS_SEE_CENTER is off.
    """

    NONE = "none"
    MANAGED = "those managed or backed up; the Center's too, read only"
    OWN = "those managed or backed up"
    CENTER = "the Center's"
    SERVED = "those served, and those of the Center with an issue of the discipline"
    REGISTERED = "by registration: Centers, or all"
    NAMED = "those named in the registration"
    ALL = "all"


class Part(StrEnum):
    """A part of a permission that a role may lack although it has the rest."""

    MONEY = "money"
    FLAGS = "flags"
    STRATEGIES = "strategies"


Grant = tuple[P | Part, Reach]
"""A right, or the part of one that some lack, and on which accounts it holds."""
PART_OF: Mapping[Part, P] = MappingProxyType(
    {
        Part.MONEY: P.READ_PERFORMANCE,
        Part.FLAGS: P.WRITE_RISK,
        Part.STRATEGIES: P.WRITE_ISSUES,
    }
)


READS = frozenset({P.READ_OWNERSHIP, P.READ_PERFORMANCE, P.READ_RISK})
FOLLOWS = READS | {P.SUBSCRIBE, P.EXPORT}
OWN = frozenset({P.WRITE_ISSUES, P.WRITE_ISA, P.WRITE_RISK, P.WRITE_OWNERSHIP})
WRITES = frozenset({right for right in P if right.startswith("WRITE_")} | {P.IMPORT})


@dataclass(frozen=True, slots=True)
class Rule:
    """What a role may do, and about whom.

    `own`: rights on the accounts they manage only. `by_discipline`: rights of the DISCIPLINES only.
    `lacks`: parts of rights. `registered`: the rights are those of the registration, among these.
    """

    reach: Reach
    rights: frozenset[P] = frozenset()
    own: frozenset[P] = frozenset()
    by_discipline: frozenset[P] = frozenset()
    lacks: frozenset[Part] = frozenset()
    registered: bool = False
    alone: bool = False  # it excludes every other role
    reads_only: bool = False  # it excludes every role that writes
    note: str = ""


DISCIPLINES = (
    "REGULATORY_AUDITOR",
    "SUPPLY_CHAIN_SECURITY_SPECIALIST",
    "INTERNATIONAL_TRADE_SPECIALIST",
)
ROLES: Mapping[Role, Rule] = MappingProxyType(
    {
        Role.ACCOUNT_MANAGER: Rule(
            Reach.MANAGED,
            FOLLOWS | OWN | {P.REQUEST_CENTER_CHANGE},
            own=OWN | {P.REQUEST_CENTER_CHANGE},
        ),
        Role.CENTER_DIRECTOR: Rule(
            Reach.CENTER,
            FOLLOWS | OWN | {P.REQUEST_CENTER_CHANGE, P.WRITE_ASSIGNMENTS, P.WRITE_STAFF},
            note="Assigns and moves staff inside the Center; a move out needs HQ_COORDINATOR.",
        ),
        Role.SPECIALIST: Rule(
            Reach.SERVED,
            READS | {P.WRITE_ISSUES},
            by_discipline=frozenset({P.READ_OWNERSHIP, P.READ_RISK}),
            lacks=frozenset({Part.MONEY, Part.STRATEGIES}),
            note="Writes issues that their discipline leads or is involved in, and no strategies.",
        ),
        Role.HQ_ANALYST: Rule(
            Reach.ALL, FOLLOWS | {P.WRITE_RISK}, lacks=frozenset({Part.FLAGS})
        ),
        Role.HQ_COORDINATOR: Rule(
            Reach.ALL,
            READS | {P.WRITE_ACCOUNTS, P.WRITE_ASSIGNMENTS, P.WRITE_STAFF, P.WRITE_ISA},
        ),
        Role.INTEGRATOR: Rule(
            Reach.REGISTERED,
            FOLLOWS | {P.MANAGE_WEBHOOKS, P.IMPORT},
            registered=True,
            note="A service. No explorer.",
        ),
        Role.TRADE_OWNER: Rule(
            Reach.NAMED,
            frozenset({P.READ_PERFORMANCE}),
            alone=True,
            note="Off unless `TRADE_OWNERS=true`. Trusted documents only; nothing of risk.",
        ),
        Role.AUDITOR: Rule(
            Reach.ALL,
            frozenset({P.READ_PERFORMANCE}),
            lacks=frozenset({Part.MONEY}),
            reads_only=True,
            note="Audit and change log, policy; masked as for a specialist without extras.",
        ),
        Role.ADMIN: Rule(
            Reach.NONE,
            alone=True,
            note="Command line only: migrations, keys, registrations, jobs. Reads no data.",
        ),
        Role.DEVELOPMENT: Rule(
            Reach.ALL, frozenset(P), note="In tokens of the local issuer only, on loopback."
        ),
    }
)  # fmt: skip
SERVED = frozenset({Role.HQ_ANALYST, Role.HQ_COORDINATOR, Role.INTEGRATOR, Role.DEVELOPMENT})
"""The roles that are answered yet: reach over all accounts, and nothing to mask."""
NEAR = frozenset(
    {
        Role.ACCOUNT_MANAGER, Role.CENTER_DIRECTOR, Role.SPECIALIST, Role.INTEGRATOR, Role.AUDITOR,
        Role.TRADE_OWNER,
    }
)  # fmt: skip
"""The roles that are answered where a question is cut to their reach, and masked for their rights.

An INTEGRATOR is one of them unless it is registered for all accounts with all of READS. A
TRADE_OWNER is where owners are let in, once they are registered.
"""
NEAR_RIGHTS = READS | {P.SUBSCRIBE, P.EXPORT, P.MANAGE_WEBHOOKS}
"""The rights to read, follow, export and be sent what may be read, that they are given."""
OWN_RIGHTS = OWN | {P.WRITE_ASSIGNMENTS, P.WRITE_STAFF, P.REQUEST_CENTER_CHANGE}
"""The rights to write on some accounts: a manager's own, the Center's, those a specialist serves.

Where the table gives them; each is bounded by `graph.bounds`.
"""
VEILED_TYPES: Mapping[P, frozenset[str]] = MappingProxyType(
    {
        P.READ_OWNERSHIP: frozenset({"OWNS", "CONTROLS", "OFFICER_OF", "NOMINEE_FOR"}),
        P.READ_RISK: frozenset({"FLAGS", "SHARES"}),
    }
)
"""Relationships that nobody is told of without a right, whoever they are about."""
VEILED_KINDS: Mapping[P, frozenset[str]] = MappingProxyType(
    {P.READ_RISK: frozenset({"RiskFlag", "SharedAttribute"})}
)
"""The same of kinds of things."""
VEILED_CHANGES: Mapping[P, frozenset[str]] = MappingProxyType(
    {
        P.READ_OWNERSHIP: frozenset({"BLOCKED_STATUS_CHANGED"}),
        P.READ_PERFORMANCE: frozenset({"PERFORMANCE_LOADED"}),
        P.READ_RISK: frozenset(
            {
                "RISK_FLAG_RAISED", "RISK_FLAG_RESOLVED", "RISK_RATING_CHANGED", "SEGMENT_CHANGED"
            }
        ),
    }
)  # fmt: skip
"""The same of kinds of changes."""
OF_THE_WHOLE = frozenset({"RISK_RATING_CHANGED", "SEGMENT_CHANGED"})
"""Changes that follow from all that the graph holds: told to who reads all of it, and to no other.

To others they would tell what is hidden, by when they come and by the score in them.
"""
