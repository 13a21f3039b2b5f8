"""What differs between two moments around a thing, and which changes made it."""

from datetime import UTC, date, datetime

import pytest

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

HOLDINGS = ids.encode("Party:O-1")
LATER = datetime(2023, 1, 1, tzinfo=UTC)
DOCUMENT = """
  query ($of: ID!, $from: MomentInput!, $to: MomentInput, $types: [RelationshipType!],
         $depth: Int! = 1, $limit: Int! = 100) {
    comparison(of: $of, from: $from, to: $to, relationshipTypes: $types, depth: $depth,
               limit: $limit) {
      of { label } from { asOf } to { asOf }
      differences {
        before { type share { min } validTo } after { type share { min } validTo }
        causes { kind }
      }
      completeness { state exploredNodes exploredEdges reason hint }
    }
  }
"""
THEN = {"asOf": "2022-06-01", "knownAt": "2022-06-01T00:00:00Z"}


@pytest.fixture
async def changed(harbor: Graph) -> Graph:
    """harbor, where iris's 60 became 45 percent, a new owner came, and the backup left."""
    rows: list[worlds.Row] = [
        worlds.owns("Party:P-1", "Party:O-1", 45),
        worlds.person("P-2", "Otto Brand"),
        worlds.owns("Party:P-2", "Party:O-1", 15),
        worlds.claim(
            "Account:A-1",
            "MANAGED_BY",
            "AccountManager:M-2",
            until=date(2022, 12, 1),
            role="BACKUP",
        ),
    ]  # fmt: skip
    outcome = await write(harbor, rows, at=LATER)
    assert outcome.refused == []
    harbor.statements = 0
    return harbor


async def test_what_began_and_what_was_changed(changed: Graph, ask: Ask) -> None:
    found = (await ask(DOCUMENT, of=HOLDINGS, **{"from": THEN}))["comparison"]

    told = [
        (
            each["before"] and each["before"]["share"]["min"],
            each["after"] and each["after"]["share"]["min"],
            [cause["kind"] for cause in each["causes"]],
        )
        for each in found["differences"]
    ]
    assert sorted(told, key=str) == [
        (60, 45, ["RELATIONSHIP_CORRECTED"]),
        (None, 15, ["RELATIONSHIP_RECORDED"]),
    ]
    assert found["completeness"]["state"] == "COMPLETE"
    assert changed.statements == 3  # the thing, its relationships, the changes


async def test_what_ended_lies_further_away(changed: Graph, ask: Ask) -> None:
    types = ["MANAGED_BY", "HOLDS", "IDENTIFIES"]
    near = await ask(DOCUMENT, of=HOLDINGS, depth=2, types=types, **{"from": THEN})
    far = await ask(DOCUMENT, of=HOLDINGS, depth=3, types=types, **{"from": THEN})

    assert near["comparison"]["differences"] == []
    [ended] = far["comparison"]["differences"]
    assert ended["after"] is None
    assert ended["before"]["type"] == "MANAGED_BY"
    assert [cause["kind"] for cause in ended["causes"]] == ["RELATIONSHIP_ENDED"]


async def test_more_than_the_limit_is_truncated_and_says_so(changed: Graph, ask: Ask) -> None:
    found = (await ask(DOCUMENT, of=HOLDINGS, limit=1, **{"from": THEN}))["comparison"]

    assert len(found["differences"]) == 1
    assert found["completeness"]["state"] == "TRUNCATED"
    assert found["completeness"]["reason"] == "There are 2 differences; 1 are shown."
    assert "limit" in found["completeness"]["hint"]


async def test_bad_questions_are_refused(changed: Graph, ask: Ask) -> None:
    now = {"asOf": "2024-01-01"}
    for bad in (
        {"of": HOLDINGS, "from": now, "to": THEN},
        {"of": ids.encode("Party:O-99"), "from": THEN},
        {"of": HOLDINGS, "from": THEN, "depth": 6},
        {"of": HOLDINGS, "from": THEN, "limit": 0},
        {"of": HOLDINGS, "from": {"knownAt": "2999-01-01T00:00:00Z"}},
    ):
        await ask(DOCUMENT, "BAD_USER_INPUT", **bad)
