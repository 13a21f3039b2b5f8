"""What a load asks for each batch is found by index, even if it was planned on an empty graph."""

from pathlib import Path

import pytest

import graph.load
from graph.queries import query
from graph.session import Graph
from tests.plans import operators, plan

FOLDER = Path(graph.load.__file__).parents[1] / "queries" / "load"
WHOLE = ("digest_",)  # reads the graph as it is, to compare it with another
REASONS = {
    "centers": "the ten Centers, all of them",
    "keyed": "once at the end of a rotation: all numbers, whose key ids have no index",
    "claims": "from an end that is found by index; planned anew once there are relationships",
    "close_claims": "by the engine's own ids; planned anew once there are relationships",
}
NAMES = sorted(
    file.stem
    for file in FOLDER.glob("*.cypher")
    if file.stem not in REASONS and not file.stem.startswith(WHOLE)
)
SCANS = ("AllNodesScan", "LabelScan", "RelationshipTypeScan", "AllRelationshipsScan")


@pytest.mark.parametrize("name", NAMES)
async def test_a_statement_of_a_load_reads_no_label_or_type_whole(graph: Graph, name: str) -> None:
    used = operators(await plan(graph, str(query(f"load/{name}").text)))

    found = {each for each in used if any(scan in each for scan in SCANS)}

    assert not found
