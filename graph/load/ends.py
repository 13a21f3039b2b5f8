"""Which things each relationship may join: the labels that its start and its end must have."""

ACCOUNT, NUMBER, CODE, PARTY = "Account", "ImporterNumber", "FilerCode", "Party"
IDENTIFIER = (NUMBER, CODE)
SUBJECT = (ACCOUNT, NUMBER, CODE, PARTY)
STAFF = ("AccountManager", "Specialist")
WORK = ("Issue", "Strategy")

ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "IDENTIFIES": (IDENTIFIER, (ACCOUNT,)),
    "HOLDS": ((PARTY,), IDENTIFIER),
    "OWNS": ((PARTY,), ("Organization",)),
    "CONTROLS": ((PARTY,), ("Organization",)),
    "OFFICER_OF": (("Person",), ("Organization",)),
    "MANAGED_BY": ((ACCOUNT,), ("AccountManager",)),
    "MEMBER_OF": (STAFF, ("Center",)),
    "ASSIGNED_TO": ((ACCOUNT,), ("Center",)),
    "PRACTISES": (("Specialist",), ("Discipline",)),
    "SERVES": (("Specialist",), (ACCOUNT,)),
    "GRANTED_POA": (("Importer",), ("Broker",)),
    "PARTICIPATES_IN": ((ACCOUNT,), ("IsaParticipation",)),
    "COVERS": (("IsaParticipation",), (NUMBER,)),
    "FLAGS": (("RiskFlag",), SUBJECT),
    "CONCERNS": (WORK, SUBJECT),
    "HANDLED_BY": (WORK, (*STAFF, "Discipline")),
    "ADDRESSES": (("Strategy",), ("Issue",)),
    "SUCCESSOR_OF": ((NUMBER, PARTY), (NUMBER, PARTY)),
    "NOMINEE_FOR": ((PARTY,), (PARTY,)),
    "SHARES": ((PARTY, NUMBER), ("SharedAttribute",)),
    "SCOPE_OF": (("HtsChapter",), ("Center",)),
    "MEASURES": (("PerformancePeriod",), (ACCOUNT,)),
}

REFERENCE = frozenset(
    {"Center", "Discipline", "Port", "HtsChapter", "HtsHeading", "Term", "RiskPolicy"}
)
"""Kinds that are installed, not recorded: they have no record time."""

UNWALKED = frozenset(
    {
        "PerformancePeriod",
        "AnnualNotification",
        "CenterChangeRequest",
        "RiskPolicy",
        "RiskSegment",
        "Term",
        "HtsHeading",
    }
)
"""Kinds without the label Entity."""


def fits(type_: str, labels: list[str], end: int) -> bool:
    """Whether a thing with these labels may be the start (0) or the end (1)."""
    return bool(set(ENDS[type_][end]) & set(labels))


def told(type_: str, end: int) -> str:
    """The kinds allowed, for a refusal's remedy."""
    return " or ".join(ENDS[type_][end])
