"""The benchmark of real files: what it holds answers to is what the files say."""

from datetime import UTC, datetime
from pathlib import Path

from neo4j import Query

from benchmarks.real_groups import Group, owned, rings, ten_by_files
from graph import ids
from graph.identifiers import IdentifierKey
from graph.load import load
from graph.session import Graph

EXTRACTS = Path(__file__).parents[1] / "data"
AT = datetime(2024, 12, 1, tzinfo=UTC)
OWNERS = Query("MATCH (a)-[:OWNS]->(b) RETURN a.key AS owner, b.key AS owned ORDER BY owner, owned")
EPA = "facility_id,facility_name,parent_name,percent\n1,Plant,Top,100\n2,Mill,Top,\n"
WIKIDATA = """company,acquirer,date
B,A,
C,B,2001-02-03
B,C,
D,C,
D,D,
E,D,http://www
"""


async def test_the_files_hold_the_owners_that_are_loaded(graph: Graph, key: IdentifierKey) -> None:
    epa = EXTRACTS / "epa_ghgrp_2023_extract.csv"
    wikidata = EXTRACTS / "wikidata_owner_edges_extract.csv"
    for format_, file in (("epa-ghgrp", epa), ("wikidata-owners", wikidata)):
        await load(graph, "relationships", [file], format=format_, at=AT, key=key)

    found = owned((epa, wikidata))

    rows = await graph.read(OWNERS)
    stored = {(ids.encode(row["owner"]), ids.encode(row["owned"])) for row in rows}
    assert set(found.edges) == stored
    assert len(stored) > 200


def test_rings_are_circles_and_who_owns_itself(tmp_path: Path) -> None:
    files = tmp_path / "epa.csv", tmp_path / "wikidata.csv"
    for file, text in zip(files, (EPA, WIKIDATA), strict=True):
        file.write_text(text, encoding="utf-8")

    found = owned(files)

    assert ten_by_files(found) == [3, 2, 2, 2, 0]  # A; B, C and Top; D, which owns itself alone
    [top] = [one for one in found if not found.in_degree(one) and found.out_degree(one) == 1]
    below = dict.fromkeys(set(found.nodes) - {top}, 1)
    whole = Group(top, "A", below, "", frozenset())
    assert sorted(map(len, rings(whole, found))) == [1, 2]
