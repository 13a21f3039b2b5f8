"""The writes that may name what is hidden from who gives them: shared by the tests of them."""

import re
from typing import Any

from graphql import get_named_type

from graph import ids
from graph.policy import Viewer
from graph.session import Graph
from tests import worlds
from tests.reach.conftest import DIRECTOR, MANAGER, Ask
from tests.reach.random_world import FLAG, thing
from tests.reach.writing import SDL, Writer
from tests.worlds import claim

A1, N1 = ids.encode("Account:A-1"), ids.encode("ImporterNumber:N-1")
DONE = {"resolution": "Done"}
ASKED = {"toCenter": "CEE002", "basis": "APPEAL", "statement": "It moved."}
PLAN = {"title": "Plan", "objective": "Better"}
FOUND = {"kind": "PENALTY", "evidence": [{"name": "Register"}]}
HELP = {"accountId": A1, "purpose": "ADVICE", "title": "Help"}
SAID = {"type": "SUCCESSOR_OF", "source": {"name": "Register"}}
MOVED = {"center": "CEE001", "basis": "BUSINESS_PRACTICE"}
M1 = ids.encode("AccountManager:M-1")
CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("applyForIsa", {"importerNumberIds": [N1]}, "accountId", "Account:A-3"),
    ("applyForIsa", {"accountId": A1}, "importerNumberIds", "ImporterNumber:N-3"),
    ("changeIsaStatus", {"status": "SUSPENDED"}, "id", "IsaParticipation:I-3"),
    (
        "recordAnnualNotification",
        {"dueOn": "2026-01-01", "receivedOn": "2026-01-01"},
        "participationId",
        "IsaParticipation:I-3",
    ),
    ("raiseRiskFlag", FOUND, "flag.subjectId", "Account:A-3"),
    ("raiseRiskFlag", FOUND, "flag.subjectId", "ImporterNumber:N-3"),
    ("resolveRiskFlag", DONE, "id", "RiskFlag:F-3"),
    ("requestCenterChange", ASKED, "accountId", "Account:A-3"),
    (
        "requestCenterChange",
        {"accountId": A1, **ASKED},
        "appealsId",
        "CenterChangeRequest:CR-3",
    ),
    ("saveIssue", {"purpose": "ADVICE", "title": "Help"}, "accountId", "Account:A-3"),
    ("saveIssue", {"title": "Help"}, "id", "Issue:I-3"),
    ("saveIssue", HELP, "concernsIds", "ImporterNumber:N-3"),
    ("saveIssue", HELP, "concernsIds", "Account:A-3"),
    ("saveIssue", HELP, "flagIds", "RiskFlag:F-3"),
    ("resolveIssue", DONE, "id", "Issue:I-3"),
    ("saveStrategy", PLAN, "accountIds", "Account:A-3"),
    ("saveStrategy", PLAN, "issueIds", "Issue:I-3"),
    ("saveStrategy", {"title": "Plan"}, "id", "Strategy:ST-3"),
    (
        "recordRelationships",
        {"toId": N1, **SAID},
        "relationships.fromId",
        "ImporterNumber:N-3",
    ),
    (
        "recordRelationships",
        {"fromId": N1, **SAID},
        "relationships.toId",
        "ImporterNumber:N-3",
    ),
    ("assignManager", {"managerId": M1}, "accountIds", "Account:A-3"),
    ("assignCenter", MOVED, "accountIds", "Account:A-3"),
    (
        "assignSpecialist",
        {"specialistId": ids.encode("Specialist:S-1")},
        "accountIds",
        "Account:A-3",
    ),
    ("endRelationship", {}, "id", "Account:A-3 MANAGED_BY AccountManager:M-2"),
    (
        "correctRelationship",
        {"source": {"name": "Register"}},
        "id",
        "Party:O-1 HOLDS ImporterNumber:N-3",
    ),
]
"""A mutation, what is right of its input, the field, and what is hidden from who gives it."""
CLAIM = re.compile(r"(\S+) ([A-Z_]+) (\S+)")


def things() -> list[worlds.Row]:
    """Things that hang on A-3 alone, which M-1 does not reach."""
    participation = {"status": "ACTIVE", "nextNotificationDue": worlds.SINCE}
    plan = {"title": "Plan", "objective": "Better", "status": "ACTIVE", "startsOn": worlds.SINCE}
    request = {"account": "A-3", "toCenter": "CEE001", "state": "DENIED", "basis": "APPEAL"}
    word = {"vocabulary": "RISK_FLAG_KIND", "code": "PENALTY", "label": "Penalty"}
    return [
        thing("Term", "RISK_FLAG_KIND.PENALTY", **word),
        thing("Specialist", "S-1", name="Specialist S-1", active=True),
        thing("IsaParticipation", "I-3", **participation),
        thing("RiskFlag", "F-3", **FLAG),
        thing("Strategy", "ST-3", **plan, measures=[]),
        thing("CenterChangeRequest", "CR-3", **request, requestedOn=worlds.SINCE),
        claim("Specialist:S-1", "MEMBER_OF", "Center:CEE001"),
        claim("Account:A-3", "PARTICIPATES_IN", "IsaParticipation:I-3"),
        claim("RiskFlag:F-3", "FLAGS", "Account:A-3"),
        claim("Strategy:ST-3", "CONCERNS", "Account:A-3"),
    ]


def kind_of(mutation: str) -> str:
    """The type of its input."""
    assert SDL.mutation_type
    return str(get_named_type(SDL.mutation_type.fields[mutation].args["input"].type).name)


def document(mutation: str) -> str:
    """What asks for it."""
    return f"""mutation ($input: {kind_of(mutation)}!) {{ {mutation}(input: $input) {{
      userErrors {{ code message path }} changes {{ id }} cursor }} }}"""


def viewer(mutation: str) -> Viewer:
    """Who may give it, and does not reach A-3."""
    return DIRECTOR if mutation.startswith("assign") else MANAGER


async def key_of(graph: Graph, ask: Ask, beyond: str) -> str:
    """The key of what is hidden; of a claim, by its ends and its type."""
    found = CLAIM.fullmatch(beyond)
    return ids.decode(await Writer(graph, ask).claim(*found.groups())) if found else beyond


def missing(key: str) -> str:
    """The key of something of the same kind that is not there."""
    return f"{key.partition(':')[0]}:none"


def input_of(given: dict[str, Any], field: str, key: str) -> dict[str, Any]:
    """An input that is right, but names this in the field."""
    *above, last = field.split(".")
    id_ = ids.encode(key)
    whole: dict[str, Any] = {**given, last: [id_] if last.endswith("Ids") else id_}
    for outer in above:
        whole = {outer: [whole] if outer == "relationships" else whole}
    return whole
