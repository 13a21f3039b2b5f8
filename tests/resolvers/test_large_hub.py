"""A hub of 10,000 relationships on the way: a walk that does not ask for them does not pay."""

from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.plans import hits
from tests.resolvers.conftest import Ask

CLIENTS = """
  UNWIND range(1, 10000) AS n
  CALL (n) {
    MATCH (hub:Entity {key: 'Account:A-0'})
    CREATE (:Entity {key: 'Account:C-' + n})
      -[:GRANTED_POA {id: 'R-' + n, validFrom: date('2020-01-01'), validTo: date('9999-12-31'),
        recordedAt: $at, recordedTo: datetime('9999-12-31T00:00:00Z')}]->(hub)
  } IN TRANSACTIONS OF 1000 ROWS
"""
FROM, TO = map(ids.encode, ("AccountManager:M-1", "Account:A-1"))
WALK = """query ($from: ID!, $to: ID!) {
  shortestPaths(from: $from, to: $to, walk: {relationshipTypes: [MANAGED_BY, ASSIGNED_TO]}) {
    paths { text } completeness { state exploredEdges } }
  reachable(from: [$from], walk: {relationshipTypes: [MANAGED_BY, ASSIGNED_TO]}) {
    nodes { label } completeness { state exploredEdges } }
}"""


async def test_a_walk_pays_for_what_it_asks_for(
    graph: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
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
    assert (await write(graph, rows, at=worlds.RECORDED)).refused == []
    at = f"datetime('{worlds.RECORDED.isoformat()}')"
    await graph.schema(CLIENTS.replace("$at", at))
    sent: list[tuple[Query, dict[str, Any]]] = []
    read = graph.read

    async def noted(asked: Query, **parameters: Any) -> Any:
        sent.append((asked, parameters))
        return await read(asked, **parameters)

    monkeypatch.setattr(graph, "read", noted)

    found = await ask(WALK, **{"from": FROM, "to": TO})

    complete = {"state": "COMPLETE", "exploredEdges": 3}
    way = "R. Alder <-[MANAGED_BY]- Broker -[ASSIGNED_TO]-> Apparel <-[ASSIGNED_TO]- Mill"
    assert found["shortestPaths"] == {"paths": [{"text": way}], "completeness": complete}
    assert [each["label"] for each in found["reachable"]["nodes"]] == ["Broker", "Apparel", "Mill"]
    assert found["reachable"]["completeness"] == complete
    assert sum([await hits(graph, *each) for each in sent]) < 2_000
