"""Words about managers, Centers and what is due."""

from graph import terms
from schema.terms.words import words

ManagerRole = words(
    terms.ManagerRole,
    "Which point of contact a manager is.",
    PRIMARY="First point of contact.",
    BACKUP="Stands in for the first.",
)
ContactStanding = words(
    terms.ContactStanding,
    "In which place a point of contact stands.",
    PRIMARY_MANAGER="Primary account manager.",
    BACKUP_MANAGER="Backup account manager: there is no active primary one.",
    SPECIALIST="Specialist who serves the account for the discipline asked for.",
    CENTER_DESK="The Center: nobody is assigned; without a Center, nobody at all.",
)
CenterBasis = words(
    terms.CenterBasis,
    "The basis on which an account is assigned to a Center (19 CFR 101.10).",
    PREDOMINANT_NUMBER="Tariff classification of the predominant number of goods imported.",
    HIGHEST_VALUE="Tariff classification of the highest value of goods imported.",
    BUSINESS_PRACTICE="Associated business practices.",
    INTENDED_USE="Intended use of the goods.",
    APPEAL="Granted on request or appeal.",
)
CenterEligibility = words(
    terms.CenterEligibility,
    "Whether an account belongs to a Center (CATAIR importer query, record K7).",
    ELIGIBLE="Assigned to a Center.",
    NOT_ELIGIBLE="Not eligible for a Center (NOTELG).",
    PENDING="Assignment pending (PNDING).",
)
CenterChangeState = words(
    terms.CenterChangeState,
    "Where a request for another Center stands.",
    REQUESTED="Made, not yet taken up.",
    UNDER_REVIEW="Under review.",
    GRANTED="Granted; the account was reassigned.",
    DENIED="Denied; it can be appealed.",
    WITHDRAWN="Withdrawn by who made it.",
)
AgendaKind = words(
    terms.AgendaKind,
    "What is to be done.",
    ANNUAL_NOTIFICATION=(
        "Receive the ISA annual notification: first 13 months after acceptance, then yearly."
    ),
    NOTIFICATION_REVIEW="Review an ISA annual notification received.",
    ISA_MANAGER="Give an accepted ISA participant its manager.",
    ISSUE="Resolve an issue.",
    STRATEGY_REVIEW="Review a strategy.",
    STRATEGY_MEASURE="Complete a measure of a strategy.",
    CENTER_CHANGE="Decide a request for another Center.",
    POWER_OF_ATTORNEY="Renew a power of attorney that ends.",
)
