"""Words about accounts, identifiers and parties."""

from graph import terms
from schema.terms.words import words

AccountKind = words(
    terms.AccountKind,
    "What kind of account it is.",
    IMPORTER="An importer.",
    BROKER="A customs broker.",
)
AccountStatus = words(
    terms.AccountStatus,
    "The life of an account.",
    PROSPECT="Being set up; not yet served.",
    ACTIVE="In service.",
    SUSPENDED="Service is suspended.",
    CLOSED="Closed, merged or split away.",
)
AccountOrder = words(
    terms.AccountOrder,
    "Order of accounts.",
    NAME_ASC="By name.",
    NAME_DESC="By name, backwards.",
    OPENED_DESC="Newest first.",
    RISK_DESC="Riskiest first, by the default policy; needs READ_RISK.",
    ENTERED_VALUE_DESC=(
        "Largest entered value of the last 12 whole months first; needs READ_PERFORMANCE."
    ),
)
ImporterNumberType = words(
    terms.ImporterNumberType,
    "The formats of an importer number (CBP Form 5106).",
    IRS_EIN="IRS employer identification number with a two-character suffix, `NN-NNNNNNNXX`.",
    SSN="Social Security number, `NNN-NN-NNNN`; personal data.",
    CBP_ASSIGNED="Assigned by CBP, `YYDDPP-NNNNN`.",
)
ImporterNumberStatus = words(
    terms.ImporterNumberStatus,
    "CBP's status of an importer number (CATAIR importer query).",
    ACTIVE="On file and active.",
    INACTIVE="Deactivated, for example after a year without use (19 CFR 24.5).",
    VOIDED="Voided, for example as a duplicate.",
    UNKNOWN="Not known.",
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
WarningCode = words(
    terms.WarningCode,
    "What wants attention.",
    CENTER_MISMATCH="The account's Center is not its primary manager's Center.",
    CENTER_NOT_PREDOMINANT="The account's Center is not the one its tariff volumes point to.",
    ISA_PENDING_MANAGER="An ISA participant accepted long ago still has no manager.",
    NUMBER_NOT_ACTIVE="An importer number in use is inactive or voided.",
    SPLIT_TAXPAYER="Numbers with the same IRS root identify different accounts.",
    NUMBER_SUCCESSION="A number replaced another within 12 months of a penalty flag.",
    BROKER_AS_IMPORTER="A broker account holds importer numbers.",
    NO_POWER_OF_ATTORNEY="A broker acts without a power of attorney in force.",
    OVERSUBSCRIBED="Stated shares in one organization sum to more than 100 percent.",
    OWNERLESS_RING="Organizations own one another completely; no owner stands outside the ring.",
    TREASURY_SHARES="An organization holds shares of its own; they carry no vote and no dividend.",
    CONFLICTING_CLAIMS="Sources contradict one another.",
)
