"""What is out of a caller's reach is refused by each write as what is not there, word for word."""

from typing import Any

import pytest

from graph import changes, ids
from graph.load.digest import digest
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.reach.conftest import MANAGER, Ask
from tests.reach.random_world import FLAG, RECORDED, thing
from tests.worlds import claim

A1, N1 = ids.encode("Account:A-1"), ids.encode("ImporterNumber:N-1")
DONE = {"resolution": "Done"}
ASKED = {"toCenter": "CEE002", "basis": "APPEAL", "statement": "It moved."}
PLAN = {"title": "Plan", "objective": "Better"}
FOUND = {"kind": "PENALTY", "evidence": [{"name": "Register"}]}
CASES: list[tuple[str, str, dict[str, Any], str, str]] = [
    ("applyForIsa", "ApplyForIsa", {"importerNumberIds": [N1]}, "accountId", "Account:A-3"),
    ("applyForIsa", "ApplyForIsa", {"accountId": A1}, "importerNumberIds", "ImporterNumber:N-3"),
    ("changeIsaStatus", "ChangeIsaStatus", {"status": "SUSPENDED"}, "id", "IsaParticipation:I-3"),
    (
        "recordAnnualNotification",
        "AnnualNotification",
        {"dueOn": "2026-01-01", "receivedOn": "2026-01-01"},
        "participationId",
        "IsaParticipation:I-3",
    ),
    ("raiseRiskFlag", "RaiseRiskFlag", FOUND, "flag.subjectId", "Account:A-3"),
    ("raiseRiskFlag", "RaiseRiskFlag", FOUND, "flag.subjectId", "ImporterNumber:N-3"),
    ("resolveRiskFlag", "Resolve", DONE, "id", "RiskFlag:F-3"),
    ("requestCenterChange", "RequestCenterChange", ASKED, "accountId", "Account:A-3"),
    (
        "requestCenterChange",
        "RequestCenterChange",
        {"accountId": A1, **ASKED},
        "appealsId",
        "CenterChangeRequest:CR-3",
    ),
    ("saveIssue", "Issue", {"purpose": "ADVICE", "title": "Help"}, "accountId", "Account:A-3"),
    ("saveIssue", "Issue", {"title": "Help"}, "id", "Issue:I-3"),
    ("resolveIssue", "Resolve", DONE, "id", "Issue:I-3"),
    ("saveStrategy", "Strategy", PLAN, "accountIds", "Account:A-3"),
    ("saveStrategy", "Strategy", PLAN, "issueIds", "Issue:I-3"),
    ("saveStrategy", "Strategy", {"title": "Plan"}, "id", "Strategy:ST-3"),
]
"""A mutation, its input's type, what is right of it, the field, and what is hidden from M-1."""


@pytest.fixture
async def hidden(centers: Graph) -> Graph:
    """Things that hang on A-3 alone, which M-1 does not reach."""
    participation = {"status": "ACTIVE", "nextNotificationDue": worlds.SINCE}
    plan = {"title": "Plan", "objective": "Better", "status": "ACTIVE", "startsOn": worlds.SINCE}
    request = {"account": "A-3", "toCenter": "CEE001", "state": "DENIED", "basis": "APPEAL"}
    word = {"vocabulary": "RISK_FLAG_KIND", "code": "PENALTY", "label": "Penalty"}
    rows: list[worlds.Row] = [
        thing("Term", "RISK_FLAG_KIND.PENALTY", **word),
        thing("IsaParticipation", "I-3", **participation),
        thing("RiskFlag", "F-3", **FLAG),
        thing("Strategy", "ST-3", **plan, measures=[]),
        thing("CenterChangeRequest", "CR-3", **request, requestedOn=worlds.SINCE),
        claim("Account:A-3", "PARTICIPATES_IN", "IsaParticipation:I-3"),
        claim("RiskFlag:F-3", "FLAGS", "Account:A-3"),
        claim("Strategy:ST-3", "CONCERNS", "Account:A-3"),
    ]
    outcome = await write(centers, rows, at=RECORDED)
    assert outcome.refused == []
    return centers


@pytest.mark.parametrize(
    ("name", "kind", "given", "field", "beyond"), CASES, ids=[f"{c[0]}-{c[3]}" for c in CASES]
)
async def test_what_is_hidden_is_refused_as_what_is_missing(
    hidden: Graph, ask: Ask, name: str, kind: str, given: dict[str, Any], field: str, beyond: str
) -> None:
    document = f"""mutation ($input: {kind}Input!) {{ {name}(input: $input) {{
      userErrors {{ code message path }} changes {{ id }} cursor }} }}"""
    before = await digest(hidden), await changes.place(hidden)

    *above, last = field.split(".")
    told = []
    for each in (beyond, f"{beyond.partition(':')[0]}:none"):
        whole = {**given, last: [ids.encode(each)] if last.endswith("Ids") else ids.encode(each)}
        sent = {above[0]: whole} if above else whole
        told.append((await ask(MANAGER, document, input=sent)).data[name])

    assert told[0] == told[1]
    path = ["input", *above, last, *(["0"] if last.endswith("Ids") else [])]
    errors = [(error["code"], error["path"]) for error in told[0]["userErrors"]]
    assert errors == [("NOT_FOUND", path)]
    assert (told[0]["changes"], told[0]["cursor"]) == ([], None)
    assert (await digest(hidden), await changes.place(hidden)) == before
