"""Words about answers: how many, how sure, how complete, and who may ask."""

from graph import terms
from schema.terms.words import words

CountRelation = words(
    terms.CountRelation,
    "How a count relates to the truth.",
    EXACT="Exactly so many.",
    AT_LEAST="So many at least; counting stopped there.",
)
CompletenessState = words(
    terms.CompletenessState,
    "What an answer is complete in.",
    COMPLETE="Everything within the arguments was seen.",
    TRUNCATED="A limit of the arguments or of the server was reached.",
    TIMED_OUT="Time ran out.",
    REDACTED="Something on the way may not be shown to the caller.",
)
Verdict = words(
    terms.Verdict,
    "An answer under uncertainty, when shares are ranges or owners unknown.",
    YES="True even at the lower bounds.",
    NO="False even at the upper bounds.",
    UNDETERMINED="Depends on what is not disclosed.",
)
OwnershipRemarkCode = words(
    terms.OwnershipRemarkCode,
    "What is unusual about the shares that an answer rests on.",
    CONFLICTING_CLAIMS="Sources differ: all that they say is taken as a range.",
    NEARLY_OWNERLESS_RING="A ring whose members hold nearly all of each other.",
    NOMINEE_UNDISCLOSED="A nominee for somebody who is not disclosed: counted as the owner.",
    OVERSUBSCRIBED="Recorded shares come to more than 100 percent.",
    OWNERLESS_RING="A ring whose members hold each other wholly: nobody outside owns it.",
    TREASURY_SHARES="Shares of its own, which carry neither vote nor dividend.",
)
VocabularyName = words(
    terms.VocabularyName,
    "The open vocabularies.",
    COUNTRY="Countries, ISO 3166-1 alpha-2.",
    DISCREPANCY="Types of discrepancy found in entry lines.",
    ERROR_CODE="Codes of top-level errors.",
    LEGAL_FORM="Legal forms of organizations, CBP Form 5106 and BODS entity types.",
    POWER_OF_ATTORNEY_SCOPE="Scopes of a power of attorney.",
    PRIORITY_TRADE_ISSUE=(
        "Priority trade issues, 19 USC 4322 as modified by the Commissioner, and CBP's "
        "other stated priorities."
    ),
    RISK_FLAG_KIND="Kinds of risk flag.",
    SHARED_ATTRIBUTE_KIND="Kinds of shared attribute.",
    TOPIC="Topics on which a specialist serves an account.",
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
UserErrorCode = words(
    terms.UserErrorCode,
    "Why a write was refused.",
    REQUIRED="A required value is missing.",
    INVALID_FORMAT="A value does not have its format, such as an importer number.",
    OUT_OF_RANGE="A number, share or size is out of its range.",
    NOT_FOUND="There is nothing with this id, code or number that the caller may see.",
    WRONG_KIND="The id belongs to a thing of another kind.",
    ALREADY_EXISTS="It is registered already.",
    VERSION_CONFLICT="The object has changed since `expectedVersion`.",
    IDEMPOTENCY_KEY_REUSED="The `idempotencyKey` was used with another input.",
    INVALID_STATE="The state does not allow it, for example a closed account.",
    INTERVAL_CONFLICT=(
        "The end is not after the beginning, or two intervals of the same kind overlap."
    ),
    IDENTIFIER_IN_USE="The number or code identifies another account at that time.",
    ACCOUNT_NEEDS_IDENTIFIER=(
        "An active account must keep at least one importer number or filer code."
    ),
    ISA_NEEDS_MANAGER="An ACTIVE ISA participant must keep a primary manager.",
    NUMBER_NOT_IN_ACCOUNT=(
        "The covered number does not identify the participant's account at that time."
    ),
    MANAGER_INACTIVE="The manager is not active.",
    MANAGER_NEEDS_CENTER="An active manager must be a member of exactly one Center.",
    RELATIONSHIP_NOT_ALLOWED=(
        "The relationship cannot join these two kinds, or is not recorded by this mutation."
    ),
    NOT_PERMITTED="The caller may not write here.",
)
