"""The load of managers and Centers, what is due, and what moving accounts would do."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from graph.records.accounts import Account
from graph.records.entity import Entity
from graph.records.program import StrategyMeasure
from graph.records.warnings import Warning
from graph.terms import AgendaKind, UserErrorCode


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in integer cents, and its ISO 4217 currency."""

    cents: int
    currency: str

    @property
    def amount(self) -> Decimal:
        """The exact amount."""
        return Decimal(self.cents).scaleb(-2)


@dataclass(frozen=True, slots=True)
class Caseload:
    """The load of an account manager or a Center; volumes of the last 12 whole months.

    Volumes are None where they were not asked for.
    """

    accounts: int
    importers: int
    brokers: int
    with_primary_manager: int
    isa_participants: int
    high_risk_count: int | None
    open_issues: int
    overdue_issues: int
    notifications_due: int
    entry_summary_count: int | None
    post_entry_count: int | None
    value: Money | None
    managers: int
    specialists: int

    @property
    def weight(self) -> float:
        """One number for balance; without an active manager the load of one."""
        load = self.accounts + 2 * self.isa_participants + self.open_issues
        return load / max(1, self.managers)


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """Something due for an account by a day."""

    kind: AgendaKind
    due_on: date
    account: Account
    about: Entity
    measure: StrategyMeasure | None = None

    @property
    def overdue(self) -> bool:
        """Whether that day has passed at the moment."""
        return self.due_on < self.account.moment.as_of


@dataclass(frozen=True, slots=True)
class UserError:
    """Why something would be refused: a stable code, a sentence, and the path to the input."""

    code: UserErrorCode
    message: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseloadEffect:
    """The load of one manager or Center, before and after."""

    of: Entity
    before: Caseload
    after: Caseload


@dataclass(frozen=True, slots=True)
class ReassignmentSimulation:
    """What moving accounts would do; nothing is written."""

    effects: tuple[CaseloadEffect, ...]
    violations: tuple[UserError, ...]
    warnings: tuple[Warning, ...]
    imbalance_before: float
    imbalance_after: float
