"""Reference data in the graph: installed once, found again, and made current."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from neo4j import Query

from graph.errors import SetupError
from graph.load.rows import ClaimRow, NodeRow
from graph.load.write import write
from graph.reference import install as module
from graph.reference.install import install
from graph.reference.rows import read
from graph.reference.tables import FOLDER
from graph.session import Graph

AT = datetime(2026, 1, 1, tzinfo=UTC)
LATER = datetime(2026, 5, 1, tzinfo=UTC)
COUNT = Query(
    "MATCH (node) WHERE NOT node:Migration AND NOT node:MigrationLock AND NOT node:ReferenceData"
    " RETURN labels(node)[0] AS label, count(node) AS count ORDER BY label"
)
SCOPES = Query(
    "MATCH (chapter:HtsChapter {code: $chapter})-[scope:SCOPE_OF]->(center:Center)"
    " WHERE scope.recordedTo > datetime($at) AND scope.recordedAt <= datetime($at)"
    " RETURN center.code AS center, toString(scope.validTo) AS until ORDER BY center"
)


async def test_what_is_shipped_is_installed_once(graph: Graph) -> None:
    assert await install(graph, AT) is True
    once = await graph.read(COUNT)
    graph.statements = 0

    assert await install(graph, LATER) is False
    assert graph.statements == 1
    assert sum(row["count"] for row in once) == 2126  # with three of the change log
    assert await graph.read(COUNT) == once


async def test_two_starters_install_it_once(graph: Graph) -> None:
    answers = await asyncio.gather(*(install(Graph(graph._driver), AT) for _ in range(2)))

    assert sorted(answers) == [False, True]


async def test_installing_again_after_a_crash_changes_nothing(graph: Graph) -> None:
    await install(graph, AT)
    await graph.schema("MATCH (reference:ReferenceData) DELETE reference")

    assert await install(graph, LATER) is True
    scopes = await graph.read(
        Query(
            "MATCH ()-[scope:SCOPE_OF]->() RETURN count(scope) AS scopes,"
            " max(scope.version) AS version, toString(max(scope.recordedAt)) AS at"
        )
    )
    assert scopes == [{"scopes": 130, "version": 1, "at": "2026-01-01T00:00:00Z"}]


async def test_things_are_walked_and_words_are_not(graph: Graph) -> None:
    await install(graph, AT)

    rows = await graph.read(
        Query(
            "MATCH (node) WHERE node.key IN ['Center:CEE001', 'Port:2704', 'Term:TOPIC.ORIGIN',"
            " 'HtsHeading:6109', 'RiskPolicy:default-2026.1']"
            " RETURN node.key AS key, node:Entity AS walked, node.recordedAt AS recorded"
            " ORDER BY key"
        )
    )
    assert [(row["key"], row["walked"]) for row in rows] == [
        ("Center:CEE001", True),
        ("HtsHeading:6109", False),
        ("Port:2704", True),
        ("RiskPolicy:default-2026.1", False),
        ("Term:TOPIC.ORIGIN", False),
    ]
    assert {row["recorded"] for row in rows} == {None}


async def test_a_later_list_ends_the_old_claim_and_keeps_what_was_known(
    graph: Graph, tmp_path: Path
) -> None:
    await install(graph, AT)
    path = tmp_path / "later.csv"
    path.write_text(
        "hts_chapter,default_center,basis,confidence,note,valid_from,valid_to\n"
        "66,CEE008,inferred,low,,,2026-05-01\n"
        "66,CEE009,cbp_published,high,A notice,2026-05-01,\n"
    )

    rows = [row for row in read([path]) if isinstance(row, NodeRow | ClaimRow)]
    await write(graph, rows, at=LATER)

    before = await graph.read(SCOPES, chapter="66", at="2026-02-01T00:00:00Z")
    after = await graph.read(SCOPES, chapter="66", at="2026-06-01T00:00:00Z")
    assert before == [{"center": "CEE008", "until": "9999-12-31"}]
    assert after == [
        {"center": "CEE008", "until": "2026-05-01"},
        {"center": "CEE009", "until": "9999-12-31"},
    ]


async def test_reference_data_that_cannot_be_written_stops_the_start(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    scopes = [FOLDER / "hts_chapter_center.csv"]  # claims about what is not there
    monkeypatch.setattr(module, "shipped", lambda: scopes)

    with pytest.raises(SetupError, match="The reference data was refused"):
        await install(graph, AT)
