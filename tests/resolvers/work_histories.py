"""What random histories say of work: ISA, notifications, issues, strategies, requests, powers."""

import json
from random import Random

from tests.resolvers.sayings import Saying, date_of, joined, maybe, month, one, retracted
from tests.resolvers.side_by_side import Version, centers, claim, day_of, own, thing
from tests.resolvers.work_things import NAMES, PARTS, account, issue, part, strategy

AUDITOR = "Discipline:REGULATORY_AUDITOR"
STATUSES = ["APPLICANT", "SUSPENDED", "REMOVED", "WITHDRAWN"]
STATUSES += ["ACCEPTED_PENDING_MANAGER", "ACTIVE"] * 2
MOST = 16  # that is said in a history after its beginning


def named(chance: Random, turn: int, side: int) -> Version:
    """Another name of an account, or the same."""
    told = account(chance.choice(NAMES))
    return thing(turn, one(chance, side, "Account:A-1", "Account:A-2"), **told)


def participation(chance: Random, turn: int, side: int) -> Version:
    """Where a participation stands, and since when."""
    status = chance.choice(STATUSES)
    applied, accepted, ended = sorted(month(chance) for _ in range(3))
    told = part(status, applied, accepted, ended)
    if told["endedOn"] and chance.random() < 0.5:  # it waited until it ended, or never was accepted
        told |= chance.choice([{"pendingSince": told["acceptedOn"]}, {"acceptedOn": None}])
    key = chance.choice(PARTS)
    return thing(turn, own(f"IsaParticipation:{key}", side), **told)


def participates(chance: Random, turn: int, side: int) -> Version:
    """Of two that an account takes part in, one begins on an even month and one on an odd one."""
    ends = [("A-1", "P-1", 0), ("A-1", "P-3", 1), ("A-2", "P-2", 0)]
    who, what, odd = chance.choice(ends)
    first = 2 * chance.randint(0, 4) + odd
    joins = own(f"Account:{who}", side), own(f"IsaParticipation:{what}", side)
    return retracted(chance, claim(turn, "PARTICIPATES_IN", *joins, first))


def _notification(chance: Random, turn: int, side: int) -> Version:
    id_ = chance.choice(["V-1", "V-2", "V-3"])
    received = maybe(chance, 0)
    reviewed = None if received is None else maybe(chance, received)
    return thing(
        turn,
        own(f"AnnualNotification:{id_}", side),
        participation=own("P-2" if id_ == "V-3" else "P-1", side),
        dueOn=day_of(chance.randint(8, 20)),
        receivedOn=date_of(received),
        reviewedOn=date_of(reviewed),
        reviewedBy=None if reviewed is None else own("M-2", side),
        requirementsConfirmed=None if received is None else True,
    )


def _issued(chance: Random, turn: int, side: int) -> Version:
    opened = month(chance, 6)
    told = issue(opened, maybe(chance, opened, 17), maybe(chance, opened))
    return thing(turn, one(chance, side, "Issue:I-1", "Issue:I-2"), **told)


def _planned(chance: Random, turn: int, side: int) -> Version:
    status = chance.choice(["ACTIVE", "ACTIVE", "DRAFT", "COMPLETED", "ABANDONED"])
    starts = month(chance, 6)
    over = status in ("COMPLETED", "ABANDONED")
    ended = chance.randint(starts, 14) if over else None
    days = {"dueOn": maybe(chance, 0, 17), "doneOn": maybe(chance, 0)}
    told = {name: day_of(due).isoformat() for name, due in days.items() if due is not None}
    measure = json.dumps({"title": "Audit", "discipline": "REGULATORY_AUDITOR", **told})
    more = strategy(starts, maybe(chance, starts, 17), status, ended, measure)
    return thing(turn, one(chance, side, "Strategy:S-1", "Strategy:S-2"), **more)


def _requested(chance: Random, turn: int, side: int) -> Version:
    state = chance.choice(["REQUESTED", "UNDER_REVIEW", "GRANTED", "DENIED", "WITHDRAWN"])
    requested = month(chance, 8)
    decided = None if state in ("REQUESTED", "UNDER_REVIEW") else chance.randint(requested, 14)
    of, to = (each.partition(":")[2] for each in centers(side))
    return thing(
        turn, own("CenterChangeRequest:R-1", side), account=own("A-1", side), fromCenter=of,
        toCenter=to, basis="APPEAL", statement="Another trade", state=state,
        requestedOn=day_of(requested), decidedOn=date_of(decided),
    )  # fmt: skip


ACCOUNTS, MANAGERS = ("Account:A-1", "Account:A-2"), ("AccountManager:M-1", "AccountManager:M-2")
ISSUES, STRATEGIES = ("Issue:I-1", "Issue:I-2"), ("Strategy:S-1", "Strategy:S-2")
SAYINGS: list[Saying] = [
    named,
    participation,
    participation,
    participates,
    _notification,
    _notification,
    _issued,
    _planned,
    _requested,
    joined("MANAGED_BY", ACCOUNTS, MANAGERS, {"role": "PRIMARY"}, {"role": "BACKUP"}),
    joined("ASSIGNED_TO", ACCOUNTS, ("0", "1"), {"basis": "APPEAL"}),
    joined("GRANTED_POA", ACCOUNTS, ("Account:B-1",)),
    joined("COVERS", ("IsaParticipation:P-1",), ("ImporterNumber:N-1", "ImporterNumber:N-2")),
    joined("CONCERNS", ISSUES, ACCOUNTS),
    joined("CONCERNS", STRATEGIES, ACCOUNTS),
    joined("HANDLED_BY", STRATEGIES, MANAGERS, {"part": "LEAD"}),
    joined("HANDLED_BY", STRATEGIES, (AUDITOR,), {"part": "INVOLVED"}),
    joined("ADDRESSES", STRATEGIES, ISSUES),
]
