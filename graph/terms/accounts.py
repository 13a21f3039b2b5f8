"""Words about accounts, identifiers and parties."""

from enum import StrEnum


class AccountKind(StrEnum):
    """What kind of account it is."""

    IMPORTER = "IMPORTER"
    BROKER = "BROKER"


class AccountStatus(StrEnum):
    """The life of an account."""

    PROSPECT = "PROSPECT"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"


class AccountOrder(StrEnum):
    """Order of accounts."""

    NAME_ASC = "NAME_ASC"
    NAME_DESC = "NAME_DESC"
    OPENED_DESC = "OPENED_DESC"
    RISK_DESC = "RISK_DESC"
    ENTERED_VALUE_DESC = "ENTERED_VALUE_DESC"


class ImporterNumberType(StrEnum):
    """The formats of an importer number (CBP Form 5106)."""

    IRS_EIN = "IRS_EIN"
    SSN = "SSN"
    CBP_ASSIGNED = "CBP_ASSIGNED"


class ImporterNumberStatus(StrEnum):
    """CBP's status of an importer number (CATAIR importer query)."""

    ACTIVE = "ACTIVE"
    INACTIVE = "INACTIVE"
    VOIDED = "VOIDED"
    UNKNOWN = "UNKNOWN"


class UnspecifiedReason(StrEnum):
    """Why a party is not specified, after BODS 0.4."""

    NO_BENEFICIAL_OWNERS = "NO_BENEFICIAL_OWNERS"
    UNABLE_TO_CONFIRM = "UNABLE_TO_CONFIRM"
    NOT_PROVIDED = "NOT_PROVIDED"
    SUBJECT_EXEMPT = "SUBJECT_EXEMPT"
    PARTY_EXEMPT = "PARTY_EXEMPT"
    NOT_KNOWN_TO_PUBLISHER = "NOT_KNOWN_TO_PUBLISHER"
    UNKNOWN = "UNKNOWN"


class WarningCode(StrEnum):
    """What wants attention."""

    CENTER_MISMATCH = "CENTER_MISMATCH"
    CENTER_NOT_PREDOMINANT = "CENTER_NOT_PREDOMINANT"
    ISA_PENDING_MANAGER = "ISA_PENDING_MANAGER"
    NUMBER_NOT_ACTIVE = "NUMBER_NOT_ACTIVE"
    SPLIT_TAXPAYER = "SPLIT_TAXPAYER"
    NUMBER_SUCCESSION = "NUMBER_SUCCESSION"
    BROKER_AS_IMPORTER = "BROKER_AS_IMPORTER"
    NO_POWER_OF_ATTORNEY = "NO_POWER_OF_ATTORNEY"
    OVERSUBSCRIBED = "OVERSUBSCRIBED"
    OWNERLESS_RING = "OWNERLESS_RING"
    TREASURY_SHARES = "TREASURY_SHARES"
    CONFLICTING_CLAIMS = "CONFLICTING_CLAIMS"
