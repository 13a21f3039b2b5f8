"""What the program does with accounts: ISA, flags, issues, strategies."""

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from graph import ids
from graph.records.entity import Entity
from graph.records.moment import Moment
from graph.records.naming import Titled
from graph.terms import IsaStatus, IssuePurpose, IssueStatus, StrategyStatus


@dataclass(frozen=True, slots=True, kw_only=True)
class IsaParticipation(Entity):
    """An account's participation in ISA: `(:IsaParticipation)`."""

    status: IsaStatus
    applied_on: date | None = None
    accepted_on: date | None = None
    pending_since: date | None = None
    ended_on: date | None = None
    status_reason: str | None = None
    next_notification_due: date | None = None
    version: int = 1

    @property
    def label(self) -> str:
        """Its id and where it stands."""
        return f"ISA {self.business_id}, {self.status.replace('_', ' ').lower()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskFlag(Entity):
    """An adverse finding: `(:RiskFlag)`."""

    kind_code: str
    severity: float
    raised_on: date
    resolved_on: date | None = None
    resolution: str | None = None
    evidence_texts: tuple[str, ...] = ()
    priority_trade_issue_codes: tuple[str, ...] = ()
    note: str | None = None
    version: int = 1

    @property
    def label(self) -> str:
        """The kind, in words."""
        return self.kind_code.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue(Titled):
    """A matter to resolve with or about an account: `(:Issue)`."""

    purpose: IssuePurpose
    status: IssueStatus
    description: str | None = None
    opened_on: date
    due_on: date | None = None
    closed_on: date | None = None
    resolution: str | None = None
    priority_trade_issue_codes: tuple[str, ...] = ()
    flag_ids: tuple[str, ...] = ()
    shared: bool = False  # with the owners of its accounts
    version: int = 1

    @property
    def age_in_days(self) -> int:
        """Days from opening to closing, or to the moment."""
        return max(0, ((self.closed_on or self.moment.as_of) - self.opened_on).days)

    @property
    def overdue(self) -> bool:
        """Whether it is past due and not closed."""
        return (
            self.closed_on is None and self.due_on is not None and self.due_on < self.moment.as_of
        )


@dataclass(frozen=True, slots=True)
class StrategyMeasure:
    """One thing to do in a strategy, by a discipline's code."""

    title: str
    discipline_code: str
    due_on: date | None
    done_on: date | None
    moment: Moment

    @classmethod
    def read(cls, text: str, moment: Moment) -> "StrategyMeasure":
        """As it is stored; what was done on a later day is not done yet."""
        given = json.loads(text)
        due, done = (
            date.fromisoformat(day) if (day := given.get(name)) else None
            for name in ("dueOn", "doneOn")
        )
        done = None if done and done > moment.as_of else done
        return cls(given["title"], given["discipline"], due, done, moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy(Titled):
    """A plan to manage risk: `(:Strategy)`."""

    objective: str
    status: StrategyStatus
    starts_on: date
    review_on: date | None = None
    ended_on: date | None = None
    segment_id: str | None = None
    measure_texts: tuple[str, ...] = ()
    version: int = 1

    @property
    def measures(self) -> list[StrategyMeasure]:
        """What is to be done, in order."""
        return [StrategyMeasure.read(text, self.moment) for text in self.measure_texts]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualNotification:
    """An ISA annual notification: `(:AnnualNotification)`."""

    stored_key: str
    moment: Moment
    participation_id: str
    due_on: date
    received_on: date | None
    reviewed_on: date | None
    reviewer_id: str | None
    requirements_confirmed: bool | None
    business_changes: str | None
    self_test_results: str | None

    @property
    def id(self) -> str:
        """Global id, carrying the moment if the caller gave one."""
        return ids.encode(self.stored_key + self.moment.suffix)

    @property
    def overdue(self) -> bool:
        """Whether it was or is late at the moment."""
        return (self.received_on or self.moment.as_of) > self.due_on

    def at_moment(self) -> Self:
        """As it stood: what was received or reviewed on a later day was not yet."""
        day, told = self.moment.as_of, self
        if told.reviewed_on and told.reviewed_on > day:
            told = replace(told, reviewed_on=None, reviewer_id=None)
        if told.received_on and told.received_on > day:
            told = replace(
                told,
                received_on=None,
                requirements_confirmed=None,
                business_changes=None,
                self_test_results=None,
            )
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAttribute(Entity):
    """An address, phone or the like that several share: `(:SharedAttribute)`."""

    kind_code: str

    @property
    def label(self) -> str:
        """The kind, in words; the value itself is not kept."""
        return f"Shared {self.kind_code.replace('_', ' ').lower()}"
