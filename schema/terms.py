"""GraphQL names and descriptions for the graph's own words."""

from enum import Enum
from typing import Any

import strawberry

from graph import terms


def words(cls: type[Enum], description: str, **texts: str) -> Any:
    """An enum of the graph, with its description and one for each of its values."""
    made: Any = strawberry.enum(cls, description=description)
    values = {value.name: value for value in made.__strawberry_definition__.values}
    assert values.keys() == texts.keys(), values.keys() ^ texts.keys()  # nothing undescribed
    for name, text in texts.items():
        values[name].description = text
    return made


AccountStatus = words(
    terms.AccountStatus,
    "The life of an account.",
    PROSPECT="Being set up; not yet served.",
    ACTIVE="In service.",
    SUSPENDED="Service is suspended.",
    CLOSED="Closed, merged or split away.",
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
ContactStanding = words(
    terms.ContactStanding,
    "In which place a point of contact stands.",
    PRIMARY_MANAGER="Primary account manager.",
    BACKUP_MANAGER="Backup account manager: there is no active primary one.",
    SPECIALIST="Specialist who serves the account for the discipline asked for.",
    CENTER_DESK="The Center: nobody is assigned; without a Center, nobody at all.",
)
CountRelation = words(
    terms.CountRelation,
    "How a count relates to the truth.",
    EXACT="Exactly so many.",
    AT_LEAST="So many at least; counting stopped there.",
)
Direction = words(
    terms.Direction,
    "Which way to follow a relationship.",
    OUT="From start to end.",
    IN="From end to start.",
    EITHER="Both ways.",
)
EntityKind = words(
    terms.EntityKind,
    "The kinds of things in the graph.",
    IMPORTER_ACCOUNT="An importer's account.",
    BROKER_ACCOUNT="A customs broker's account.",
    IMPORTER_NUMBER="An importer of record number.",
    FILER_CODE="An entry filer code.",
    ORGANIZATION="A legal entity.",
    PERSON="A natural person.",
    UNSPECIFIED_PARTY="A party that is known to exist but not who.",
    ACCOUNT_MANAGER="An account manager.",
    SPECIALIST="A member of another CBP discipline.",
    DISCIPLINE="A CBP discipline.",
    CENTER="A Center of Excellence and Expertise.",
    PORT="A port.",
    HTS_CHAPTER="A tariff chapter.",
    ISA_PARTICIPATION="A participation in ISA.",
    RISK_FLAG="A risk flag.",
    ISSUE="An issue.",
    STRATEGY="A strategy.",
    SHARED_ATTRIBUTE="An address, phone, bank account or the like that several share.",
    REDACTED="Something the caller may not see.",
)
ImporterNumberStatus = words(
    terms.ImporterNumberStatus,
    "CBP's status of an importer number (CATAIR importer query).",
    ACTIVE="On file and active.",
    INACTIVE="Deactivated, for example after a year without use (19 CFR 24.5).",
    VOIDED="Voided, for example as a duplicate.",
    UNKNOWN="Not known.",
)
ImporterNumberType = words(
    terms.ImporterNumberType,
    "The formats of an importer number (CBP Form 5106).",
    IRS_EIN=("IRS employer identification number with a two-character suffix, `NN-NNNNNNNXX`."),
    SSN="Social Security number, `NNN-NN-NNNN`; personal data.",
    CBP_ASSIGNED="Assigned by CBP, `YYDDPP-NNNNN`.",
)
Interest = words(
    terms.Interest,
    "The nature of an interest, after BODS 0.4 interest types.",
    SHAREHOLDING="Shares in the capital.",
    VOTING_RIGHTS="Votes.",
    APPOINTMENT_OF_BOARD="Right to appoint or remove the board.",
    OTHER_INFLUENCE_OR_CONTROL="Other influence or control.",
    SETTLOR="Settlor of a trust or similar.",
    TRUSTEE="Trustee.",
    PROTECTOR="Protector of a trust.",
    BENEFICIARY="Beneficiary of a legal arrangement.",
    SURPLUS_ASSETS="Rights to surplus assets on dissolution.",
    PROFIT_OR_INCOME="Rights to profit or income.",
    CONTRACT="Rights granted by contract.",
    CONDITIONAL_CONTRACT="Rights granted by contract on a condition, such as options.",
    COMPANY_RULES="Control through the company's rules or articles.",
    LEGAL_FRAMEWORK="Control by a legal framework.",
    ACCOUNTING_CONSOLIDATION="Consolidates the other in its accounts (GLEIF level 2).",
    UNKNOWN="The source states an interest without its nature.",
)
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
ManagerRole = words(
    terms.ManagerRole,
    "Which point of contact a manager is.",
    PRIMARY="First point of contact.",
    BACKUP="Stands in for the first.",
)
Permission = words(
    terms.Permission,
    "What a caller may do.",
    READ_OWNERSHIP="See owners, holdings, control and blocked status.",
    READ_PERFORMANCE="See volumes, values and compliance.",
    READ_RISK="See flags, risk, segments and chains.",
    SUBSCRIBE="Follow the event stream.",
    EXPORT="Write graph parts to files.",
    IMPORT="Load files.",
    MANAGE_WEBHOOKS="Register webhooks.",
    REQUEST_CENTER_CHANGE="Ask for another Center.",
    WRITE_ACCOUNTS="Write accounts and identifiers.",
    WRITE_ASSIGNMENTS="Write assignments.",
    WRITE_ISA="Write ISA participations.",
    WRITE_ISSUES="Write issues and strategies.",
    WRITE_OWNERSHIP="Write parties and relationships.",
    WRITE_RISK="Write flags and segments.",
    WRITE_STAFF="Write managers and specialists.",
)
RelationshipType = words(
    terms.RelationshipType,
    "What a relationship says; read it from start to end.",
    IDENTIFIES="Importer number or filer code identifies account.",
    HOLDS="Party holds importer number or filer code.",
    OWNS="Party owns part of organization.",
    CONTROLS=(
        "Party controls organization otherwise than by a stated share, including "
        "accounting consolidation (GLEIF)."
    ),
    OFFICER_OF="Person is officer or director of organization.",
    MANAGED_BY="Account is managed by account manager.",
    MEMBER_OF="Account manager or specialist is member of Center.",
    ASSIGNED_TO="Account is assigned to Center.",
    PRACTISES="Specialist practises discipline.",
    SERVES="Specialist serves account.",
    GRANTED_POA=("Importer account granted power of attorney to broker account (19 CFR 141.46)."),
    PARTICIPATES_IN="Account participates in ISA.",
    COVERS="ISA participation covers importer number.",
    FLAGS="Risk flag flags account, number, code or party.",
    CONCERNS="Issue or strategy concerns account, number, code or party.",
    HANDLED_BY="Issue or strategy is handled by manager, specialist or discipline.",
    ADDRESSES="Strategy addresses issue.",
    SUCCESSOR_OF="Importer number or party succeeds another.",
    NOMINEE_FOR="Party acts as nominee for another.",
    SHARES="Party or number shares an attribute.",
    SCOPE_OF="Tariff chapter, or part of it, is in scope of Center.",
)
StrategyStatus = words(
    terms.StrategyStatus,
    "The life of a strategy.",
    DRAFT="Being written.",
    ACTIVE="Carried out.",
    COMPLETED="Objective reached.",
    ABANDONED="Given up.",
)
UnspecifiedReason = words(
    terms.UnspecifiedReason,
    "Why a party is not specified, after BODS 0.4.",
    NO_BENEFICIAL_OWNERS="There is no beneficial owner.",
    UNABLE_TO_CONFIRM="The organization cannot confirm or identify who it is.",
    NOT_PROVIDED="The party has not provided the information.",
    SUBJECT_EXEMPT="The organization is exempt from disclosure.",
    PARTY_EXEMPT="The party is exempt from disclosure.",
    NOT_KNOWN_TO_PUBLISHER="The publisher does not have the information.",
    UNKNOWN="No reason is given.",
)
