"""Words callers use: enums shared by every layer; their values are what the database stores."""

from enum import StrEnum


class RelationshipType(StrEnum):
    """What a relationship says; read it from start to end."""

    IDENTIFIES = "IDENTIFIES"
    HOLDS = "HOLDS"
    OWNS = "OWNS"
    CONTROLS = "CONTROLS"
    OFFICER_OF = "OFFICER_OF"
    MANAGED_BY = "MANAGED_BY"
    MEMBER_OF = "MEMBER_OF"
    ASSIGNED_TO = "ASSIGNED_TO"
    PRACTISES = "PRACTISES"
    SERVES = "SERVES"
    GRANTED_POA = "GRANTED_POA"
    PARTICIPATES_IN = "PARTICIPATES_IN"
    COVERS = "COVERS"
    FLAGS = "FLAGS"
    CONCERNS = "CONCERNS"
    HANDLED_BY = "HANDLED_BY"
    ADDRESSES = "ADDRESSES"
    SUCCESSOR_OF = "SUCCESSOR_OF"
    NOMINEE_FOR = "NOMINEE_FOR"
    SHARES = "SHARES"
    SCOPE_OF = "SCOPE_OF"


class Direction(StrEnum):
    """Which way to follow a relationship."""

    OUT = "OUT"
    IN = "IN"
    EITHER = "EITHER"


class AccountStatus(StrEnum):
    """The life of an account."""

    PROSPECT = "PROSPECT"
    ACTIVE = "ACTIVE"
    SUSPENDED = "SUSPENDED"
    CLOSED = "CLOSED"


class AccountKind(StrEnum):
    """What kind of account it is."""

    IMPORTER = "IMPORTER"
    BROKER = "BROKER"


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


class Interest(StrEnum):
    """The nature of an interest, after BODS 0.4 interest types."""

    SHAREHOLDING = "SHAREHOLDING"
    VOTING_RIGHTS = "VOTING_RIGHTS"
    APPOINTMENT_OF_BOARD = "APPOINTMENT_OF_BOARD"
    OTHER_INFLUENCE_OR_CONTROL = "OTHER_INFLUENCE_OR_CONTROL"
    SETTLOR = "SETTLOR"
    TRUSTEE = "TRUSTEE"
    PROTECTOR = "PROTECTOR"
    BENEFICIARY = "BENEFICIARY"
    SURPLUS_ASSETS = "SURPLUS_ASSETS"
    PROFIT_OR_INCOME = "PROFIT_OR_INCOME"
    CONTRACT = "CONTRACT"
    CONDITIONAL_CONTRACT = "CONDITIONAL_CONTRACT"
    COMPANY_RULES = "COMPANY_RULES"
    LEGAL_FRAMEWORK = "LEGAL_FRAMEWORK"
    ACCOUNTING_CONSOLIDATION = "ACCOUNTING_CONSOLIDATION"
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


class EntityKind(StrEnum):
    """The kinds of things in the graph."""

    IMPORTER_ACCOUNT = "IMPORTER_ACCOUNT"
    BROKER_ACCOUNT = "BROKER_ACCOUNT"
    IMPORTER_NUMBER = "IMPORTER_NUMBER"
    FILER_CODE = "FILER_CODE"
    ORGANIZATION = "ORGANIZATION"
    PERSON = "PERSON"
    UNSPECIFIED_PARTY = "UNSPECIFIED_PARTY"
    ACCOUNT_MANAGER = "ACCOUNT_MANAGER"
    SPECIALIST = "SPECIALIST"
    DISCIPLINE = "DISCIPLINE"
    CENTER = "CENTER"
    PORT = "PORT"
    HTS_CHAPTER = "HTS_CHAPTER"
    ISA_PARTICIPATION = "ISA_PARTICIPATION"
    RISK_FLAG = "RISK_FLAG"
    ISSUE = "ISSUE"
    STRATEGY = "STRATEGY"
    SHARED_ATTRIBUTE = "SHARED_ATTRIBUTE"
    REDACTED = "REDACTED"


class CountRelation(StrEnum):
    """How a count relates to the truth."""

    EXACT = "EXACT"
    AT_LEAST = "AT_LEAST"


class Permission(StrEnum):
    """What a caller may do."""

    READ_OWNERSHIP = "READ_OWNERSHIP"
    READ_PERFORMANCE = "READ_PERFORMANCE"
    READ_RISK = "READ_RISK"
    SUBSCRIBE = "SUBSCRIBE"
    EXPORT = "EXPORT"
    IMPORT = "IMPORT"
    MANAGE_WEBHOOKS = "MANAGE_WEBHOOKS"
    REQUEST_CENTER_CHANGE = "REQUEST_CENTER_CHANGE"
    WRITE_ACCOUNTS = "WRITE_ACCOUNTS"
    WRITE_ASSIGNMENTS = "WRITE_ASSIGNMENTS"
    WRITE_ISA = "WRITE_ISA"
    WRITE_ISSUES = "WRITE_ISSUES"
    WRITE_OWNERSHIP = "WRITE_OWNERSHIP"
    WRITE_RISK = "WRITE_RISK"
    WRITE_STAFF = "WRITE_STAFF"
