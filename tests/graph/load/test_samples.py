"""The samples of docs/loading.md load, twice, and every column is told there."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from neo4j import Query

from graph.identifiers import IdentifierKey
from graph.load import CONTENTS, Report, load
from graph.load.contents import Lines
from graph.load.digest import digest
from graph.reference.install import install
from graph.session import Graph

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "docs/samples"
AT = datetime(2024, 12, 1, tzinfo=UTC)
ORDER = ("staff", "accounts", "parties", "relationships", "performance", "risk-flags")


async def loaded(graph: Graph, key: IdentifierKey, dry_run: bool = False) -> list[Report]:
    """Every sample, in an order in which each finds what it refers to."""
    return [
        await load(
            graph,
            content,
            [SAMPLES / f"{content.replace('-', '_')}.{suffix}"],
            dry_run=dry_run,
            at=AT,
            key=key,
        )
        for content in ORDER
        for suffix in ("csv", "jsonl")
    ]


async def test_every_sample_loads_and_again_changes_nothing(
    graph: Graph, key: IdentifierKey
) -> None:
    await install(graph, AT)

    first = await loaded(graph, key)
    before = await digest(graph)
    second = await loaded(graph, key)

    assert [report.json()["refused"] for report in first] == [[]] * len(first)
    assert all(report.total("created") for report in first)
    assert [report.total("created") + report.total("changed") for report in second] == [0] * 12
    assert await digest(graph) == before


async def test_no_importer_number_is_kept_in_an_id(graph: Graph, key: IdentifierKey) -> None:
    await install(graph, AT)
    await loaded(graph, key)

    numbers = await graph.read(
        Query("MATCH (n:ImporterNumber) RETURN n.id AS id, n.root AS root ORDER BY n.display")
    )

    derived = key.number_id("00-100000300")
    assert numbers == [
        {"id": "N-1", "root": "00-1000001"},
        {"id": "N-2", "root": "00-1000001"},
        {"id": derived, "root": "00-1000003"},
        {"id": key.number_id("061234-12345"), "root": None},
    ]


async def test_a_dry_run_writes_nothing(graph: Graph, key: IdentifierKey) -> None:
    await install(graph, AT)
    before = await digest(graph)

    staff, *_ = await loaded(graph, key, dry_run=True)

    assert (staff.rows, staff.total("created"), staff.dry_run) == (3, 7, True)
    assert await digest(graph) == before


async def test_the_brokers_of_the_permit_list_hold_their_codes(
    graph: Graph, key: IdentifierKey
) -> None:
    path = SAMPLES / "cbp_permits.csv"

    report = await load(graph, "parties", [path], format="cbp-permits", at=AT, key=key)

    held = await graph.read(
        Query(
            "MATCH (party:Party)-[holds:HOLDS]->(code:FilerCode)"
            " RETURN party.name AS name, code.code AS code, holds.source AS source ORDER BY code"
        )
    )
    source = "CBP Permitted Broker Contact List"
    assert report.exit_status == 0
    assert held == [
        {"name": "Puffin & Sons", "code": "0K4", "source": source},
        {"name": "Gannet Customs Brokers, Inc.", "code": "Q7Z", "source": source},
    ]


@pytest.mark.parametrize("content", ORDER)
def test_every_column_is_documented(content: str) -> None:
    text = (ROOT / "docs/loading.md").read_text(encoding="utf-8")
    section = text.partition(f"\n## {content}\n")[2].partition("\n## ")[0]

    lines = CONTENTS[content]["csv"]

    assert isinstance(lines, Lines)
    assert [c for c in sorted(lines.columns or ()) if f"`{c}`" not in section] == []


def test_every_content_and_format_is_documented() -> None:
    text = (ROOT / "docs/loading.md").read_text(encoding="utf-8")

    named = [*CONTENTS, *(format_ for formats in CONTENTS.values() for format_ in formats)]

    assert [name for name in named if f"`{name}`" not in text] == []
