"""What is due at a moment for an account, a manager or a Center: the claims replayed.

First annual notifications are due 13 months after acceptance, as the participation says; that a
notification is reviewed, a manager found and a request decided within 30 days is ours.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from tests.resolvers.work_replayed import ONGOING, PENDING, Work

DAYS = timedelta(days=30)
AHEAD = timedelta(days=90)
Item = tuple[date, str, str, str, str]
"""Day, kind, what it is about, whose it is, what is to be done."""
Due = tuple[str, date | None, str, str]
"""Kind, day if there is one, what it is about, what is to be done."""


def agenda(work: Work, of: str) -> list[Item]:
    """What is due within 90 days, soonest first; what is of several accounts is due once."""
    accounts = {of} if of.startswith("Account:") else _accounts(work, of)
    due: dict[tuple[Any, ...], Item] = {}
    for account in work.by_name(accounts):
        for kind, day, about, title in _of(work, account):
            if day and day <= work.day + AHEAD:
                whose = account if kind == "POWER_OF_ATTORNEY" else ""
                due.setdefault((kind, day, about, whose, title), (day, kind, about, account, title))
    return sorted(due.values())


def _accounts(work: Work, of: str) -> set[str]:
    return work.starts("MANAGED_BY", of) | work.starts("ASSIGNED_TO", of)


def _of(work: Work, account: str) -> Iterator[Due]:
    yield from _isa(work, account)
    yield from _planned(work, account)
    for key, said in work.open_issues(work.concerned(account, "Issue")).items():
        yield "ISSUE", said.get("dueOn"), key, ""
    for said in work.kind("CenterChangeRequest").values():
        asked, decided = work.past(said["requestedOn"]), work.past(said.get("decidedOn"))
        if f"Account:{said['account']}" == account and asked and not decided:
            yield "CENTER_CHANGE", asked + DAYS, account, ""
    for each in work.claims("GRANTED_POA"):
        if each.of[1] == account:
            yield "POWER_OF_ATTORNEY", each.days[1], each.of[2], ""


def _planned(work: Work, account: str) -> Iterator[Due]:
    for key in work.strategies("ACTIVE", of=account):
        said = work.strategy(key)
        assert said
        yield "STRATEGY_REVIEW", said["reviewOn"], key, ""
        for title, due, done in said["measures"]:
            if done is None:
                yield "STRATEGY_MEASURE", due, key, title


def _isa(work: Work, account: str) -> Iterator[Due]:
    for key, (whose, said) in work.parts.items():
        if whose == account and said["status"] == PENDING:
            yield "ISA_MANAGER", said["pendingSince"] + DAYS, key, ""
        if whose == account and said["status"] in ONGOING:
            yield from _notices(work, key, said["nextNotificationDue"])


def _notices(work: Work, part: str, following: date | None) -> Iterator[Due]:
    notices = [said for _, said in work.notices(part)]
    if following not in {each["dueOn"] for each in notices if each["receivedOn"]}:
        yield "ANNUAL_NOTIFICATION", following, part, ""
    for each in notices:
        if each["receivedOn"] is None:
            yield "ANNUAL_NOTIFICATION", each["dueOn"], part, ""
        elif each["reviewedOn"] is None:
            yield "NOTIFICATION_REVIEW", each["receivedOn"] + DAYS, part, ""
