"""Words about managers, Centers and what is due."""

from enum import StrEnum


class ManagerRole(StrEnum):
    """Which point of contact a manager is."""

    PRIMARY = "PRIMARY"
    BACKUP = "BACKUP"


class ContactStanding(StrEnum):
    """In which place a point of contact stands."""

    PRIMARY_MANAGER = "PRIMARY_MANAGER"
    BACKUP_MANAGER = "BACKUP_MANAGER"
    SPECIALIST = "SPECIALIST"
    CENTER_DESK = "CENTER_DESK"


class CenterBasis(StrEnum):
    """The basis on which an account is assigned to a Center (19 CFR 101.10)."""

    PREDOMINANT_NUMBER = "PREDOMINANT_NUMBER"
    HIGHEST_VALUE = "HIGHEST_VALUE"
    BUSINESS_PRACTICE = "BUSINESS_PRACTICE"
    INTENDED_USE = "INTENDED_USE"
    APPEAL = "APPEAL"


class CenterEligibility(StrEnum):
    """Whether an account belongs to a Center (CATAIR importer query, record K7)."""

    ELIGIBLE = "ELIGIBLE"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    PENDING = "PENDING"


class CenterChangeState(StrEnum):
    """Where a request for another Center stands."""

    REQUESTED = "REQUESTED"
    UNDER_REVIEW = "UNDER_REVIEW"
    GRANTED = "GRANTED"
    DENIED = "DENIED"
    WITHDRAWN = "WITHDRAWN"


class AgendaKind(StrEnum):
    """What is to be done."""

    ANNUAL_NOTIFICATION = "ANNUAL_NOTIFICATION"
    NOTIFICATION_REVIEW = "NOTIFICATION_REVIEW"
    ISA_MANAGER = "ISA_MANAGER"
    ISSUE = "ISSUE"
    STRATEGY_REVIEW = "STRATEGY_REVIEW"
    STRATEGY_MEASURE = "STRATEGY_MEASURE"
    CENTER_CHANGE = "CENTER_CHANGE"
    POWER_OF_ATTORNEY = "POWER_OF_ATTORNEY"
