"""The kinds of things, by the label that tells them."""

from graph.terms import EntityKind

KINDS: dict[str, EntityKind] = {
    "Importer": EntityKind.IMPORTER_ACCOUNT,
    "Broker": EntityKind.BROKER_ACCOUNT,
    "ImporterNumber": EntityKind.IMPORTER_NUMBER,
    "FilerCode": EntityKind.FILER_CODE,
    "Organization": EntityKind.ORGANIZATION,
    "Person": EntityKind.PERSON,
    "Unspecified": EntityKind.UNSPECIFIED_PARTY,
    "AccountManager": EntityKind.ACCOUNT_MANAGER,
    "Specialist": EntityKind.SPECIALIST,
    "Discipline": EntityKind.DISCIPLINE,
    "Center": EntityKind.CENTER,
    "Port": EntityKind.PORT,
    "HtsChapter": EntityKind.HTS_CHAPTER,
    "IsaParticipation": EntityKind.ISA_PARTICIPATION,
    "RiskFlag": EntityKind.RISK_FLAG,
    "Issue": EntityKind.ISSUE,
    "Strategy": EntityKind.STRATEGY,
    "SharedAttribute": EntityKind.SHARED_ATTRIBUTE,
}
