"""Of which entries of the log each role is told: the policy's table, written once more by hand.

The kinds of changes and the types of relationships with the right that they need, the places where
an entry may be, and who reads.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from graph import policy
from graph.policy import Viewer
from graph.roles import Role
from graph.terms import Permission

P = Permission
ANY = None
KINDS: dict[str, P | None] = {
    **dict.fromkeys(
        (
            "ACCOUNT_OPENED", "ACCOUNT_UPDATED", "ACCOUNT_CLOSED", "ACCOUNT_SPLIT",
            "ACCOUNTS_MERGED", "IDENTIFIER_SAVED", "IDENTIFIER_ATTACHED", "IDENTIFIER_DETACHED",
            "PARTY_SAVED", "RELATIONSHIP_RECORDED", "RELATIONSHIP_CORRECTED",
            "RELATIONSHIP_ENDED", "STAFF_SAVED", "MANAGER_ASSIGNED", "CENTER_ASSIGNED",
            "SPECIALIST_ASSIGNED", "CENTER_CHANGE_REQUESTED", "CENTER_CHANGE_DECIDED",
            "ISA_STATUS_CHANGED", "ANNUAL_NOTIFICATION_RECORDED", "RISK_RULES_PUBLISHED",
            "ISSUE_SAVED", "STRATEGY_SAVED", "REFERENCE_DATA_LOADED",
        ),
        ANY,
    ),
    **dict.fromkeys(
        ("RISK_FLAG_RAISED", "RISK_FLAG_RESOLVED", "RISK_RATING_CHANGED", "SEGMENT_CHANGED"),
        P.READ_RISK,
    ),
    "BLOCKED_STATUS_CHANGED": P.READ_OWNERSHIP,
    "PERFORMANCE_LOADED": P.READ_PERFORMANCE,
}  # fmt: skip
TYPES: dict[str, P | None] = {
    **dict.fromkeys(("OWNS", "CONTROLS", "OFFICER_OF", "NOMINEE_FOR"), P.READ_OWNERSHIP),
    **dict.fromkeys(("FLAGS", "SHARES"), P.READ_RISK),
    **dict.fromkeys(
        (
            "HOLDS", "IDENTIFIES", "MANAGED_BY", "ASSIGNED_TO", "MEMBER_OF", "PRACTISES",
            "SERVES", "GRANTED_POA", "PARTICIPATES_IN", "COVERS", "CONCERNS", "HANDLED_BY",
            "ADDRESSES", "SUCCESSOR_OF", "SCOPE_OF",
        ),
        ANY,
    ),
}  # fmt: skip
WHOLE = {"RISK_RATING_CHANGED", "SEGMENT_CHANGED"}  # follow from all that the graph holds
HANGING = {"HOLDS", "SHARES"}  # of a party with what hangs on accounts
# Where an entry is: of an account; or of none, with a subject that all may see, or some.
PLACES: dict[str, dict[str, str]] = {
    **{id_: {"account": f"Account:{id_}"} for id_ in ("A-1", "A-2", "A-3")},
    "party": {"subject": "Party:O-1"},
    "number": {"subject": "ImporterNumber:N-3"},  # of A-3
}


@dataclass(frozen=True)
class Reader:
    """Who reads the log, and which accounts they reach by the words of the policy."""

    viewer: Viewer
    accounts: frozenset[str]
    rights: frozenset[P]
    all: bool = False

    def told(self, kind: str, type_: str | None, place: str) -> bool:
        """Whether the table tells them of such an entry."""
        needed = {KINDS[kind], TYPES[type_] if type_ else ANY} - {ANY}
        if not needed <= self.rights:
            return False
        if kind in WHOLE:
            return self.all and self.rights >= EVERY
        if self.all or "account" in PLACES[place]:
            return self.all or place in self.accounts
        return type_ not in HANGING and (place == "party" or "A-3" in self.accounts)


EVERY = frozenset({P.READ_OWNERSHIP, P.READ_PERFORMANCE, P.READ_RISK})
NORTH = frozenset({"A-1", "A-2"})
SOME = frozenset({P.READ_OWNERSHIP, P.SUBSCRIBE})


def reader(
    id_: str,
    role: Role,
    accounts: frozenset[str] = frozenset(),
    rights: frozenset[P] = EVERY,
    **given: Any,
) -> Reader:
    viewer = Viewer(id_, id_, **policy.rights((role,), **given))
    return Reader(viewer, accounts, rights, all=not accounts)


FIGURES = frozenset({P.READ_PERFORMANCE})
READERS = {
    "ACCOUNT_MANAGER": reader("M-1", Role.ACCOUNT_MANAGER, NORTH),
    "CENTER_DIRECTOR": reader("D-1", Role.CENTER_DIRECTOR, NORTH),
    "SPECIALIST": reader("S-1", Role.SPECIALIST, frozenset({"A-3"}), FIGURES),
    "SPECIALIST of audits": reader(
        "S-1", Role.SPECIALIST, frozenset({"A-3"}), practised=frozenset({"REGULATORY_AUDITOR"})
    ),
    "HQ_ANALYST": reader("analyst", Role.HQ_ANALYST),
    "HQ_COORDINATOR": reader("coordinator", Role.HQ_COORDINATOR),
    "INTEGRATOR": reader("service:a", Role.INTEGRATOR, registered=EVERY | {P.SUBSCRIBE}),
    "INTEGRATOR of a Center": reader(
        "service:b",
        Role.INTEGRATOR,
        frozenset({"A-3"}),
        SOME,
        registered=SOME,
        centers=frozenset({"CEE002"}),
    ),
    "INTEGRATOR of some rights": reader("service:c", Role.INTEGRATOR, rights=SOME, registered=SOME),
    "AUDITOR": reader("auditor", Role.AUDITOR, rights=FIGURES),
    "DEVELOPMENT": reader("development", Role.DEVELOPMENT),
}
SILENT = {Role.TRADE_OWNER, Role.ADMIN}  # they read no data
STREAMS = {  # who may follow the log
    *("ACCOUNT_MANAGER", "CENTER_DIRECTOR", "HQ_ANALYST", "INTEGRATOR"),
    *("INTEGRATOR of a Center", "INTEGRATOR of some rights", "DEVELOPMENT"),
}


def entries() -> Iterator[tuple[str, str | None, str]]:
    """Kind, type and place of everything that is tried."""
    for place in PLACES:
        for kind in KINDS:
            yield kind, None, place
        for type_ in TYPES:
            yield "RELATIONSHIP_RECORDED", type_, place


def name(kind: str, type_: str | None, place: str) -> str:
    return f"{kind} {type_} {place}"


def of_the_table(reader: Reader) -> list[str]:
    return [name(*each) for each in entries() if reader.told(*each)]
