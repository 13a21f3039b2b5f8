"""Hubs and caps: what a walk does not open, and how it says so."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph import connections, ids, neighborhoods, rounds
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.session import Graph
from tests import worlds
from tests.conftest import EMPTY
from tests.resolvers.conftest import Ask, asking

CLIENTS = 800
MOST_EACH = 500  # here, so that the world is written soon
COUNTED = 400
BROKER, ALDER, BIRCH = map(ids.encode, ("Account:A-0", "AccountManager:M-1", "AccountManager:M-2"))
FIRST, SECOND, THIRD = (ids.encode(f"Account:C-{number}") for number in (1001, 1002, 1003))
UNOPENED = "BROKER_ACCOUNT A-0 has 801 relationships of the types walked, more than 500"
PATHS = """
  query ($from: ID!, $to: ID!, $walk: WalkInput, $maxLength: Int! = 6, $longer: Boolean! = false) {
    shortestPaths(from: $from, to: $to, walk: $walk, maxLength: $maxLength, longer: $longer) {
      connected paths { length text } completeness { state exploredEdges reason hint }
    }
  }
"""
REACHED = """
  query ($from: [ID!]!, $walk: WalkInput, $maxDepth: Int! = 3) {
    reachable(from: $from, walk: $walk, maxDepth: $maxDepth, first: 100) {
      totalCount { value relation } nodes { label } completeness { state reason hint }
    }
  }
"""
AROUND = """
  query ($around: [ID!]!, $walk: WalkInput, $depth: Int! = 1, $among: [ID!], $limit: Int! = 100) {
    neighborhood(around: $around, walk: $walk, depth: $depth, among: $among, limit: $limit) {
      nodes { entity { label } hidden { type direction count { value relation } } }
      relationships { type from { label } }
      completeness { state reason hint }
    }
  }
"""


@pytest.fixture(scope="module")
async def brokerage(server: Graph) -> AsyncIterator[Graph]:
    """A-0, a broker with 800 clients, is managed by M-2; M-1 manages the first two clients."""
    await server.schema(EMPTY)
    clients = [f"C-{1001 + number}" for number in range(CLIENTS)]
    rows: list[worlds.Row] = [
        worlds.account("A-0", "Broker", "Broker"),
        worlds.manager("M-1", "R. Alder"),
        worlds.manager("M-2", "S. Birch"),
        *(worlds.account(id, id) for id in clients),
        *(worlds.claim(f"Account:{id}", "GRANTED_POA", "Account:A-0") for id in clients),
        worlds.claim("Account:A-0", "MANAGED_BY", "AccountManager:M-2", role="PRIMARY"),
        *(
            worlds.claim(f"Account:{id}", "MANAGED_BY", "AccountManager:M-1", role="PRIMARY")
            for id in clients[:2]
        ),
    ]
    assert (await write(server, rows, at=worlds.RECORDED)).refused == []
    yield server
    await server.schema(EMPTY)


@pytest.fixture
def asked(brokerage: Graph, seal: Seal, key: IdentifierKey, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """A way to ask it under smaller caps, with no statement counted yet."""
    monkeypatch.setattr(rounds, "MOST_EACH", MOST_EACH)
    monkeypatch.setattr(neighborhoods, "MOST_EACH", MOST_EACH)
    monkeypatch.setattr(neighborhoods, "COUNTED", COUNTED)
    brokerage.statements = 0
    return asking(brokerage, seal, key)


async def between(asked: Ask, from_: str, to: str, **more: object) -> dict[str, Any]:
    answer = await asked(PATHS, **{"from": from_, "to": to}, **more)
    found: dict[str, Any] = answer["shortestPaths"]
    return found


async def test_paths_meet_at_a_hub_without_opening_it(brokerage: Graph, asked: Ask) -> None:
    found = await between(asked, FIRST, THIRD)

    assert [path["text"] for path in found["paths"]] == [
        "C-1001 -[GRANTED_POA]-> Broker <-[GRANTED_POA]- C-1003"
    ]
    assert found["completeness"] == {
        "state": "COMPLETE",
        "exploredEdges": 3,
        "reason": None,
        "hint": None,
    }
    assert brokerage.statements == 4  # the ends, two levels, the path
    assert (await between(asked, BROKER, THIRD))["completeness"]["exploredEdges"] == 1
    assert (await between(asked, THIRD, BIRCH))["completeness"]["state"] == "COMPLETE"


async def test_a_hub_that_would_have_to_be_opened_is_named(asked: Ask) -> None:
    found = await between(asked, THIRD, ALDER, maxLength=4)

    assert (found["connected"], len(found["paths"])) == ("YES", 2)  # from the other end

    longer = await between(asked, FIRST, BIRCH, longer=True)
    assert (longer["connected"], longer["completeness"]["state"]) == ("YES", "TRUNCATED")
    assert UNOPENED in longer["completeness"]["reason"]
    assert "'walk.maxDegree'" in longer["completeness"]["hint"]


async def test_a_hub_not_opened_from_one_end_is_reached_from_the_other(
    asked: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_EACH", 0)  # no end seems cheaper: they take turns
    for longer in (False, True):
        found = await between(asked, THIRD, ALDER, longer=longer)

        assert [path["length"] for path in found["paths"]] == [3, 3]
        assert found["completeness"]["state"] == "TRUNCATED"
        assert UNOPENED in found["completeness"]["reason"]


async def test_a_hub_that_the_caller_leaves_out_leaves_the_answer_complete(asked: Ask) -> None:
    for walk in ({"maxDegree": 100}, {"avoid": [BROKER]}, {"through": ["ACCOUNT_MANAGER"]}):
        found = await between(asked, FIRST, THIRD, walk=walk)
        assert (found["connected"], found["completeness"]["state"]) == ("NO", "COMPLETE")
        found = await between(asked, FIRST, SECOND, walk=walk, longer=True)
        assert len(found["paths"]) == 1
        assert found["completeness"]["state"] == "COMPLETE"


async def test_a_hub_is_opened_for_the_types_that_are_few(brokerage: Graph, asked: Ask) -> None:
    outwards = await asked(REACHED, **{"from": [THIRD], "walk": {"direction": "OUT"}})

    assert [each["label"] for each in outwards["reachable"]["nodes"]] == ["Broker", "S. Birch"]
    assert outwards["reachable"]["completeness"]["state"] == "COMPLETE"
    assert brokerage.statements == 5  # the start, three levels, the things

    managers = {"relationshipTypes": ["MANAGED_BY"]}
    found = await asked(REACHED, **{"from": [BROKER], "walk": managers})
    assert found["reachable"]["totalCount"] == {"value": 1, "relation": "EXACT"}


async def test_what_lies_behind_an_unopened_hub_is_not_denied(asked: Ask) -> None:
    found = (await asked(REACHED, **{"from": [THIRD]}))["reachable"]

    assert found["totalCount"] == {"value": 1, "relation": "AT_LEAST"}
    assert found["completeness"]["state"] == "TRUNCATED"
    assert UNOPENED in found["completeness"]["reason"]

    from_it = (await asked(REACHED, **{"from": [BROKER]}))["reachable"]
    assert from_it["nodes"] == []
    assert from_it["completeness"]["state"] == "TRUNCATED"
    assert "'walk.direction'" in from_it["completeness"]["hint"]


async def test_a_hub_is_drawn_with_what_it_hides(brokerage: Graph, asked: Ask) -> None:
    found = (await asked(AROUND, around=[THIRD]))["neighborhood"]

    [client, broker] = found["nodes"]
    assert client["hidden"] == []
    assert {(d["type"], d["direction"]): d["count"] for d in broker["hidden"]} == {
        ("GRANTED_POA", "IN"): {"value": COUNTED, "relation": "AT_LEAST"},
        ("MANAGED_BY", "OUT"): {"value": 1, "relation": "EXACT"},
    }
    assert found["completeness"]["state"] == "COMPLETE"
    assert brokerage.statements == 6  # one more for the broker, whose are too many

    among = await asked(AROUND, around=[BROKER], among=[FIRST, THIRD, ALDER], depth=2)
    assert len(among["neighborhood"]["nodes"]) == 4
    assert len(among["neighborhood"]["relationships"]) == 3
    assert among["neighborhood"]["completeness"]["state"] == "COMPLETE"

    itself = (await asked(AROUND, around=[BROKER]))["neighborhood"]
    assert len(itself["nodes"]) == 1
    assert itself["completeness"]["state"] == "TRUNCATED"


@pytest.mark.parametrize(
    ("cap", "value", "said"),
    [
        ("MOST_NODES", 5, "801 things lie on one level; the first 5 were opened."),
        ("MOST_EDGES", 801, "have more than 801 relationships; the first 799 were opened."),
    ],
)
async def test_a_wide_level_is_cut_in_order(
    asked: Ask, monkeypatch: pytest.MonkeyPatch, cap: str, value: int, said: str
) -> None:
    monkeypatch.setattr(rounds, "MOST_EACH", 900)
    monkeypatch.setattr(rounds, cap, value)
    around = {"around": [BROKER], "depth": 3, "limit": 4}

    first = await asked(AROUND, **around)
    far = await asked(REACHED, **{"from": [BROKER]})

    assert said in first["neighborhood"]["completeness"]["reason"]
    assert said in far["reachable"]["completeness"]["reason"]
    assert await asked(AROUND, **around) == first
    assert await asked(REACHED, **{"from": [BROKER]}) == far
