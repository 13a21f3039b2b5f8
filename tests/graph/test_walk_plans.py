"""The rounds of a walk find things by their key, even if planned on a graph of a hundred."""

import pytest

from graph.queries import query
from graph.session import Graph
from tests.plans import operators, plan, replanned

SCANS = {"AllNodesScan", "NodeByLabelScan", "NodeIndexScan", "DirectedAllRelationshipsScan"}
NAMES = ["ends", "steps", "hubs", "part", "degrees", "hub_degrees", "hidden"]
SEEN = ["seen_hubs", "seen_degrees"]
HUNDRED = """
  CREATE (hub:Entity {key: 'Account:A-0'})
  WITH hub UNWIND range(1, 100) AS n
  CREATE (:Entity {key: 'Account:A-' + n})-[:OWNS {id: 'R-' + n}]->(hub)
"""


@pytest.mark.parametrize("name", NAMES + SEEN)
async def test_things_are_found_by_key(graph: Graph, name: str) -> None:
    await graph.schema(HUNDRED)
    await replanned(graph)  # of one relationship alone it would rather read them all

    used = operators(await plan(graph, str(query(f"connection/{name}").text)))

    assert used & {"NodeUniqueIndexSeek", "NodeIndexSeek"}
    assert not used & SCANS
    assert not {each for each in used if each.startswith("VarLength")}
