"""Words about ISA, issues, strategies and risk."""

from graph import terms
from schema.terms.words import words

IsaStatus = words(
    terms.IsaStatus,
    "The life of a participation in ISA.",
    APPLICANT="Applied.",
    ACCEPTED_PENDING_MANAGER="Accepted, waiting for an account manager.",
    ACTIVE="In the program, overseen by an account manager.",
    SUSPENDED="Suspended.",
    REMOVED="Removed by CBP.",
    WITHDRAWN="Left the program or took the application back.",
)
IssuePurpose = words(
    terms.IssuePurpose,
    "What an issue asks for.",
    ADVICE="Advice or support for the account.",
    COMPLIANCE="Compliance to improve.",
    FACILITATION="Lawful trade held up.",
    ENFORCEMENT="Enforcement by another discipline.",
)
IssueStatus = words(
    terms.IssueStatus,
    "The life of an issue.",
    OPEN="Opened, not taken up.",
    IN_PROGRESS="Worked on.",
    WAITING="Waiting for the account or another office.",
    RESOLVED="Resolved.",
    CANCELLED="Cancelled.",
)
StrategyStatus = words(
    terms.StrategyStatus,
    "The life of a strategy.",
    DRAFT="Being written.",
    ACTIVE="Carried out.",
    COMPLETED="Objective reached.",
    ABANDONED="Given up.",
)
RiskRating = words(
    terms.RiskRating,
    "How high a risk is, by the bands of its policy.",
    LOW="Below the first band.",
    MODERATE="First band.",
    HIGH="Second band.",
    CRITICAL="Third band.",
)
