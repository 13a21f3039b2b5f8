"""Lives by their days: what a thing reads like on a day, told by its own dates.

A thing is stored as it is now. Its dates say what it was: an issue closed on a later day was then
open, a participation accepted on a later day an application. Which of the open states it was in
(an issue taken up or waiting) no date tells: it reads as the first one. The same rules stand in
the statements that filter by a status.
"""

from dataclasses import replace
from datetime import date
from typing import TypeVar

from graph import records
from graph.terms import AccountStatus, IsaStatus, IssueStatus, StrategyStatus

Thing = TypeVar("Thing", bound=records.Entity)


def at(thing: Thing) -> Thing:
    """The thing as it reads on the day of its moment."""
    lived = LIVES.get(type(thing))
    return lived(thing, thing.moment.as_of) if lived else thing  # type: ignore[operator]


def _account(account: records.Account, day: date) -> records.Account:
    if account.closed_on is None or account.closed_on <= day:
        return account
    return replace(account, status=AccountStatus.ACTIVE, closed_on=None)


def _issue(issue: records.Issue, day: date) -> records.Issue:
    if issue.closed_on is None or issue.closed_on <= day:
        return issue
    return replace(issue, status=IssueStatus.OPEN, closed_on=None, resolution=None)


def _strategy(strategy: records.Strategy, day: date) -> records.Strategy:
    if strategy.ended_on is None or strategy.ended_on <= day:
        return strategy
    return replace(strategy, status=StrategyStatus.ACTIVE, ended_on=None)


def _flag(flag: records.RiskFlag, day: date) -> records.RiskFlag:
    if flag.resolved_on is None or flag.resolved_on <= day:
        return flag
    return replace(flag, resolved_on=None, resolution=None)


def _participation(part: records.IsaParticipation, day: date) -> records.IsaParticipation:
    status, accepted = part.status, part.accepted_on
    later = accepted is not None and accepted > day
    if part.ended_on and part.ended_on > day:
        status = _before_the_end(part, day) if accepted and not later else IsaStatus.APPLICANT
        part = replace(part, ended_on=None, status_reason=None)
    if later:
        status, part = IsaStatus.APPLICANT, replace(part, accepted_on=None)
    pending = part.pending_since if status is IsaStatus.ACCEPTED_PENDING_MANAGER else None
    due = part.next_notification_due
    if status not in (IsaStatus.ACTIVE, IsaStatus.SUSPENDED):
        due = None
    return replace(part, status=status, pending_since=pending, next_notification_due=due)


def _before_the_end(part: records.IsaParticipation, day: date) -> IsaStatus:
    """Accepted, and not ended yet: a participation that got its manager waits since no day."""
    pending = part.pending_since is not None and part.pending_since <= day
    return IsaStatus.ACCEPTED_PENDING_MANAGER if pending else IsaStatus.ACTIVE


LIVES = {
    records.ImporterAccount: _account,
    records.BrokerAccount: _account,
    records.Issue: _issue,
    records.Strategy: _strategy,
    records.RiskFlag: _flag,
    records.IsaParticipation: _participation,
}
