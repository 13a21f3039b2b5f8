"""What kinds of things are called in messages."""

from collections.abc import Sequence

NAMES = {
    "Account": "account",
    "ImporterNumber": "importer number",
    "FilerCode": "filer code",
    "Party": "party",
    "AccountManager": "account manager",
    "Specialist": "specialist",
    "IsaParticipation": "participation",
    "RiskFlag": "risk flag",
    "Issue": "issue",
    "Strategy": "strategy",
    "SharedAttribute": "shared attribute",
    "Relationship": "relationship",
    "CenterChangeRequest": "request",
    "RiskSegment": "segment",
    "SavedView": "view",
    "Center": "Center",
    "Discipline": "discipline",
    "Port": "port",
    "HtsChapter": "chapter",
}
KINDS = (
    "Account",
    "ImporterNumber",
    "FilerCode",
    "Party",
    "AccountManager",
    "Specialist",
    "Discipline",
    "Center",
    "Port",
    "HtsChapter",
    "IsaParticipation",
    "RiskFlag",
    "Issue",
    "Strategy",
    "SharedAttribute",
)
"""Kinds of things that relationships join."""


def named(key: str) -> str:
    """What a thing is called in messages."""
    return NAMES.get(key.partition(":")[0], "thing")


def either(kinds: Sequence[str]) -> str:
    """A list of kinds in words."""
    if len(kinds) > 8:
        return "a thing that relationships join"
    names = [NAMES.get(kind, "thing") for kind in kinds]
    return " or ".join(f"an {name}" if name[0] in "aio" else f"a {name}" for name in names)
