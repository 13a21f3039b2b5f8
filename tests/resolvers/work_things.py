"""What the histories of work begin with, and what their things say."""

from typing import Any

from graph.identifiers import IdentifierKey
from tests import worlds
from tests.resolvers.sayings import date_of
from tests.resolvers.side_by_side import SIDES, Version, centers, claim, day_of, own, thing

NAMES = ["Copper Works", "Lantern Mill", "Pelican Row"]
PARTS = ["P-1", "P-2", "P-3"]


def things(key: IdentifierKey) -> list[worlds.Row]:
    """What is there from the beginning and never changes; accounts may get other names."""
    auditor: dict[str, object] = {"code": "REGULATORY_AUDITOR", "name": "Auditor"}
    made: list[worlds.Row] = [
        worlds.NodeRow("Discipline", "REGULATORY_AUDITOR", ("Discipline",), auditor)
    ]
    for side in SIDES:
        made += [
            *(worlds.center(each.partition(":")[2], each) for each in centers(side)),
            *(worlds.manager(own(f"M-{n}", side), f"Manager {n}") for n in (1, 2)),
            worlds.account(own("B-1", side), "Broker", "Broker"),
            *(worlds.number(key, own(f"N-{n}", side), f"12-34567{side}{n}AB") for n in (1, 2)),
        ]
    return made


def begun(side: int) -> list[Version]:
    """How each history begins: everything is joined to the first account."""
    account_1, part_1, strategy_1, issue_1 = (
        own(key, side)
        for key in ("Account:A-1", "IsaParticipation:P-1", "Strategy:S-1", "Issue:I-1")
    )
    applicant = part("APPLICANT", 0, 0, 0)
    return [
        *(thing(0, own(f"Account:A-{n}", side), **account(NAMES[0])) for n in (1, 2)),
        *(thing(0, own(f"IsaParticipation:{each}", side), **applicant) for each in PARTS),
        thing(0, issue_1, **issue(0, 3, None)),
        thing(0, strategy_1, **strategy(0, 4, "ACTIVE", None, None)),
        claim(0, "PARTICIPATES_IN", account_1, part_1),
        claim(0, "CONCERNS", issue_1, account_1),
        claim(0, "CONCERNS", strategy_1, account_1),
        claim(0, "MANAGED_BY", account_1, own("AccountManager:M-1", side), role="PRIMARY"),
        claim(0, "ASSIGNED_TO", account_1, centers(side)[0], basis="APPEAL"),
    ]  # fmt: skip


def account(name: str) -> dict[str, Any]:
    """What an account says, by its name."""
    more = {"status": "ACTIVE", "national": False, "openedOn": worlds.SINCE}
    return {"name": name, **more}


def part(status: str, applied: int, accepted: int, ended: int) -> dict[str, Any]:
    """A participation as it is written when it takes on a status, its days in order."""
    taken = status not in ("APPLICANT",)
    over = status in ("REMOVED", "WITHDRAWN")
    waits = status == "ACCEPTED_PENDING_MANAGER"
    due = day_of(accepted + 13) if status in ("ACTIVE", "SUSPENDED") else None
    return {
        "status": status,
        "appliedOn": day_of(applied),
        "acceptedOn": day_of(accepted) if taken else None,
        "pendingSince": day_of(accepted) if waits else None,
        "endedOn": day_of(ended) if over else None,
        "nextNotificationDue": due,
    }


def issue(opened: int, due: int | None, closed: int | None) -> dict[str, Any]:
    """What an issue says, by its days."""
    return {
        "purpose": "ADVICE",
        "title": "Issue",
        "status": "OPEN" if closed is None else "RESOLVED",
        "openedOn": day_of(opened),
        "dueOn": date_of(due),
        "closedOn": date_of(closed),
    }


def strategy(
    starts: int, review: int | None, status: str, ended: int | None, measure: str | None
) -> dict[str, Any]:
    """What a strategy says, by its days, its state and its one measure."""
    return {
        "title": "Plan",
        "objective": "Less risk",
        "status": status,
        "startsOn": day_of(starts),
        "reviewOn": date_of(review),
        "endedOn": date_of(ended),
        "measures": [] if measure is None else [measure],
    }
