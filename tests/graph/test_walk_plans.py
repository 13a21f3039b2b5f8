"""The rounds of a walk find things by their key, even if planned on an empty graph."""

import pytest

from graph.queries import query
from graph.session import Graph
from tests.plans import operators, plan

SCANS = {"AllNodesScan", "NodeByLabelScan", "NodeIndexScan", "DirectedAllRelationshipsScan"}
NAMES = ["ends", "steps", "hubs", "part", "degrees", "hidden", "seen_hubs", "seen_degrees"]


@pytest.mark.parametrize("name", NAMES)
async def test_things_are_found_by_key(graph: Graph, name: str) -> None:
    used = operators(await plan(graph, str(query(f"connection/{name}").text)))

    assert used & {"NodeUniqueIndexSeek", "NodeIndexSeek"}
    assert not used & SCANS
    assert not {each for each in used if each.startswith("VarLength")}
