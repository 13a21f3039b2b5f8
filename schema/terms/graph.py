"""Words about things and the relationships that join them."""

from graph import terms
from schema.terms.words import words

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
    GRANTED_POA="Importer account granted power of attorney to broker account (19 CFR 141.46).",
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
Direction = words(
    terms.Direction,
    "Which way to follow a relationship.",
    OUT="From start to end.",
    IN="From end to start.",
    EITHER="Both ways.",
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
