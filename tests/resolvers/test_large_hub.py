"""A hub of 100,000 relationships on the way: a walk that does not ask for them does not pay."""

from collections.abc import AsyncIterator

import pytest

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.plans import hits, replanned, sent
from tests.resolvers.conftest import Ask

CLIENTS = """
  UNWIND range(1, 100000) AS n
  CALL (n) {
    MATCH (hub:Entity {key: 'Account:A-0'})
    CREATE (:Entity {key: 'Account:C-' + n})
      -[:GRANTED_POA {id: 'R-' + n, validFrom: date('2020-01-01'), validTo: date('9999-12-31'),
        recordedAt: $at, recordedTo: datetime('9999-12-31T00:00:00Z')}]->(hub)
  } IN TRANSACTIONS OF 10000 ROWS
"""
APART = "MATCH ()-[c:GRANTED_POA]->() CALL (c) { DELETE c } IN TRANSACTIONS OF 10000 ROWS"
FROM, TO, HUB = map(ids.encode, ("AccountManager:M-1", "Account:A-1", "Account:A-0"))
WALK = """query ($from: ID!, $to: ID!) {
  shortestPaths(from: $from, to: $to, walk: {relationshipTypes: [MANAGED_BY, ASSIGNED_TO]}) {
    paths { text } completeness { state exploredEdges } }
  reachable(from: [$from], walk: {relationshipTypes: [MANAGED_BY, ASSIGNED_TO]}) {
    nodes { label } completeness { state exploredEdges } }
}"""
CANVAS = """query ($from: ID!) {
  neighborhood(around: [$from], walk: {relationshipTypes: [MANAGED_BY, ASSIGNED_TO]}) {
    nodes { entity { label } hidden { type direction count { value relation } } }
    relationships { type } completeness { state }
  }
}"""
OPENED = """query ($hub: ID!) {
  reachable(from: [$hub]) { totalCount { relation } completeness { state reason hint } }
}"""
FEW = 2_000  # touches of the store
COUNTED = 14_000  # those of counting twice what a hub has, which ends at 1,001 of seven touches


@pytest.fixture
async def parted(graph: Graph) -> AsyncIterator[Graph]:
    """A graph whose hub is taken apart: it is too large for one transaction to delete."""
    yield graph
    await graph.schema(APART)


async def test_a_walk_pays_for_what_it_asks_for(
    parted: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """M-1 manages the broker A-0 and A-1, and A-0 is at a Center: five relationships are few."""
    rows: list[worlds.Row] = [
        worlds.account("A-0", "Broker", "Broker"),
        worlds.account("A-1", "Mill"),
        worlds.manager("M-1", "R. Alder"),
        worlds.center("CEE004", "Apparel"),
        worlds.claim("Account:A-0", "MANAGED_BY", "AccountManager:M-1", role="PRIMARY"),
        worlds.claim("Account:A-0", "ASSIGNED_TO", "Center:CEE004", basis="APPEAL"),
        worlds.claim("Account:A-1", "ASSIGNED_TO", "Center:CEE004", basis="APPEAL"),
    ]
    assert (await write(parted, rows, at=worlds.RECORDED)).refused == []
    at = f"datetime('{worlds.RECORDED.isoformat()}')"
    await parted.schema(CLIENTS.replace("$at", at))
    await replanned(parted)
    asked = sent(parted, monkeypatch)

    found = await ask(WALK, **{"from": FROM, "to": TO})

    complete = {"state": "COMPLETE", "exploredEdges": 3}
    way = "R. Alder <-[MANAGED_BY]- Broker -[ASSIGNED_TO]-> Apparel <-[ASSIGNED_TO]- Mill"
    assert found["shortestPaths"] == {"paths": [{"text": way}], "completeness": complete}
    assert [each["label"] for each in found["reachable"]["nodes"]] == ["Broker", "Apparel", "Mill"]
    assert found["reachable"]["completeness"] == complete
    assert sum([await hits(parted, *each) for each in asked]) < FEW

    asked.clear()
    drawn = (await ask(CANVAS, **{"from": FROM}))["neighborhood"]

    assert [node["entity"]["label"] for node in drawn["nodes"]] == ["R. Alder", "Broker"]
    assert drawn["nodes"][1]["hidden"] == [
        {"type": "ASSIGNED_TO", "direction": "OUT", "count": {"value": 1, "relation": "EXACT"}},
        {
            "type": "GRANTED_POA",
            "direction": "IN",
            "count": {"value": 1000, "relation": "AT_LEAST"},
        },
    ]
    assert drawn["completeness"]["state"] == "COMPLETE"
    assert sum([await hits(parted, *each) for each in asked]) < FEW + COUNTED

    asked.clear()
    opened = (await ask(OPENED, hub=HUB))["reachable"]

    assert opened["totalCount"] == {"relation": "AT_LEAST"}
    assert opened["completeness"]["state"] == "TRUNCATED"
    assert "A-0 has 100002 relationships of the types walked" in opened["completeness"]["reason"]
    assert sum([await hits(parted, *each) for each in asked]) < FEW
