"""What the program does with accounts: ISA, flags, issues, strategies."""

from dataclasses import dataclass
from datetime import date

from graph.records.entity import Entity
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
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Strategy(Titled):
    """A plan to manage risk: `(:Strategy)`."""

    objective: str
    status: StrategyStatus
    starts_on: date
    review_on: date | None = None
    ended_on: date | None = None
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedAttribute(Entity):
    """An address, phone or the like that several share: `(:SharedAttribute)`."""

    kind_code: str

    @property
    def label(self) -> str:
        """The kind, in words; the value itself is not kept."""
        return f"Shared {self.kind_code.replace('_', ' ').lower()}"
