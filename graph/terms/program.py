"""Words about ISA, issues, strategies and risk."""

from enum import StrEnum


class IsaStatus(StrEnum):
    """The life of a participation in ISA."""

    APPLICANT = "APPLICANT"
    ACCEPTED_PENDING_MANAGER = "ACCEPTED_PENDING_MANAGER"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    REMOVED = "REMOVED"
    WITHDRAWN = "WITHDRAWN"


class IssuePurpose(StrEnum):
    """What an issue asks for."""

    ADVICE = "ADVICE"
    COMPLIANCE = "COMPLIANCE"
    FACILITATION = "FACILITATION"
    ENFORCEMENT = "ENFORCEMENT"


class IssueStatus(StrEnum):
    """The life of an issue."""

    OPEN = "OPEN"
    IN_PROGRESS = "IN_PROGRESS"
    WAITING = "WAITING"
    RESOLVED = "RESOLVED"
    CANCELLED = "CANCELLED"


class StrategyStatus(StrEnum):
    """The life of a strategy."""

    DRAFT = "DRAFT"
    ACTIVE = "ACTIVE"
    COMPLETED = "COMPLETED"
    ABANDONED = "ABANDONED"


class RiskRating(StrEnum):
    """How high a risk is, by the bands of its policy."""

    LOW = "LOW"
    MODERATE = "MODERATE"
    HIGH = "HIGH"
    CRITICAL = "CRITICAL"
