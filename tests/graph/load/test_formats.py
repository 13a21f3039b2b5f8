"""Formats made by others: EPA, GLEIF, BODS."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from neo4j import Query

from graph.identifiers import IdentifierKey
from graph.load import Report, load
from graph.load.digest import digest
from graph.session import Graph

DATA = Path(__file__).parents[2] / "data"
AT = datetime(2024, 12, 1, tzinfo=UTC)
EPA = DATA / "epa_ghgrp_2023_extract.csv"
WIKIDATA = DATA / "wikidata_owner_edges_extract.csv"
GLEIF = sorted((DATA / "gleif").glob("*.json"))


async def taken(graph: Graph, key: IdentifierKey, format_: str, *files: Path) -> Report:
    return await load(graph, "relationships", files, format=format_, at=AT, key=key)


async def claims(graph: Graph, type_: str) -> list[dict[str, Any]]:
    rows = await graph.read(
        Query(
            "MATCH (start)-[claim]->(end) WHERE type(claim) = $type"
            " AND claim.recordedTo.year = 9999"
            " RETURN start.name AS start, end.name AS end, claim {.*} AS claim"
            " ORDER BY start, end, claim.claim"
        ),
        type=type_,
    )
    return [{"start": row["start"], "end": row["end"], **row["claim"]} for row in rows]


async def test_epa_counts_and_the_second_time_changes_nothing(
    graph: Graph, key: IdentifierKey
) -> None:
    report = await taken(graph, key, "epa-ghgrp", EPA)
    before = await digest(graph)
    again = await taken(graph, key, "epa-ghgrp", EPA)

    assert report.rows == 187
    assert report.counts["OWNS", "created"] == 187
    assert report.counts["Party", "created"] == 187 + 118
    assert report.exit_status == 0
    assert (again.total("created"), again.total("changed")) == (0, 0)
    assert await digest(graph) == before


async def test_epa_shares_are_exact_and_an_empty_one_is_not_disclosed(
    graph: Graph, key: IdentifierKey
) -> None:
    await taken(graph, key, "epa-ghgrp", EPA)

    found = {
        (row["minShare"], row["maxShare"], row["disclosed"]) for row in await claims(graph, "OWNS")
    }

    assert {(123_529_400, 123_529_400, True), (0, 1_000_000_000, False)} <= found
    sources = {(row["source"], row["validFrom"].to_native()) for row in await claims(graph, "OWNS")}
    assert sources == {("EPA GHGRP 2023", date(2023, 1, 1))}


async def test_gleif_consolidation_is_control_and_never_a_share(
    graph: Graph, key: IdentifierKey
) -> None:
    report = await taken(graph, key, "gleif", *GLEIF)
    before = await digest(graph)
    again = await taken(graph, key, "gleif", *reversed(GLEIF))

    found = await claims(graph, "CONTROLS")
    assert (report.exit_status, report.counts["CONTROLS", "created"]) == (0, 14)
    assert (again.total("created"), again.total("changed")) == (0, 0)
    assert await digest(graph) == before
    assert await claims(graph, "OWNS") == []
    assert {row["interest"] for row in found} == {"ACCOUNTING_CONSOLIDATION"}
    levels = sorted(r["directOrIndirect"] for r in found if r["end"] == "5493001KJTIIGC8Y1R12")
    assert levels == ["direct", "unknown"]


async def test_a_parent_known_by_its_lei_only_is_named_by_it_until_its_record_comes(
    graph: Graph, key: IdentifierKey
) -> None:
    relation, record = (
        DATA / f"gleif/direct-parent{part}_5493001KJTIIGC8Y1R12.json"
        for part in ("-relationship", "")
    )

    await taken(graph, key, "gleif", relation)
    before = [row["start"] for row in await claims(graph, "CONTROLS")]
    await taken(graph, key, "gleif", record)
    after = [row["start"] for row in await claims(graph, "CONTROLS")]

    assert [len(name) for name in before] == [20]
    assert after != before


async def test_bods_shares_control_offices_and_parties_that_are_not_specified(
    graph: Graph, key: IdentifierKey
) -> None:
    report = await taken(graph, key, "bods", DATA / "bods/package.json")

    owned = [
        (r["start"], r["end"], r["interest"], r["minShare"], r["maxShare"], r["disclosed"])
        for r in await claims(graph, "OWNS")
    ]
    billion = 1_000_000_000
    assert report.refused == []
    assert sorted(owned) == [
        ("Fenna Wulp", "Nachtegaal BV", "SHAREHOLDING", 333_000_000, 333_000_000, True),
        ("Fenna Wulp", "Nachtegaal BV", "UNKNOWN", 0, billion, False),
        ("Unspecified party", "Nachtegaal BV", "SHAREHOLDING", 0, billion, False),
        ("Unspecified party", "Wulp Holding", "UNKNOWN", 0, billion, False),
        ("Wulp Holding", "Nachtegaal BV", "SHAREHOLDING", 250_000_000, 499_999_999, True),
        ("Wulp Holding", "Nachtegaal BV", "VOTING_RIGHTS", 250_000_001, 500_000_000, True),
    ]
    controlled = [(r["interest"], r.get("interestText")) for r in await claims(graph, "CONTROLS")]
    assert sorted(controlled, key=str) == [
        ("OTHER_INFLUENCE_OR_CONTROL", "boardChair"),
        ("OTHER_INFLUENCE_OR_CONTROL", "nominee"),
        ("TRUSTEE", None),
    ]
    (office,) = await claims(graph, "OFFICER_OF")
    assert (office["officerRole"], office["validFrom"].to_native()) == (
        "BOARD_MEMBER",
        date(2020, 1, 1),
    )


async def test_an_indirect_share_is_kept_beside_and_does_not_count(
    graph: Graph, key: IdentifierKey
) -> None:
    await taken(graph, key, "bods", DATA / "bods/package.json")

    (indirect,) = (
        r for r in await claims(graph, "OWNS") if r.get("directOrIndirect") == "indirect"
    )

    assert (indirect["minShare"], indirect["maxShare"]) == (0, 1_000_000_000)
    assert (indirect["indirectMinShare"], indirect["indirectMaxShare"]) == (10**8, 10**8)
    assert indirect["shareText"] == "exact 10"


async def test_the_last_statement_of_a_record_counts(graph: Graph, key: IdentifierKey) -> None:
    report = await taken(graph, key, "bods", DATA / "bods/history.jsonl")

    (row,) = await claims(graph, "OWNS")
    assert report.rows == 3
    assert (row["minShare"], row["validTo"].to_native()) == (600_000_000, date(2021, 3, 4))


async def test_bods_faults_are_refused_one_by_one_with_a_true_reason(
    graph: Graph, key: IdentifierKey
) -> None:
    report = await taken(graph, key, "bods", DATA / "bods/faults.json")

    told = [(one.refusal.column, one.refusal.code) for one in report.refused]
    assert sorted(told) == [
        ("", "INVALID_FORMAT"),
        ("bodsVersion", "INVALID_FORMAT"),
        ("bodsVersion", "INVALID_FORMAT"),
        ("from", "NOT_FOUND"),
        ("interests.share.exact", "OUT_OF_RANGE"),
        ("interests.type", "INVALID_FORMAT"),
        ("recordType", "INVALID_FORMAT"),
        ("subject", "NOT_FOUND"),
    ]
    assert report.counts["Party", "created"] == 1


async def test_wikidata_gives_no_share_and_its_rings_are_kept(
    graph: Graph, key: IdentifierKey
) -> None:
    report = await taken(graph, key, "wikidata-owners", WIKIDATA)
    again = await taken(graph, key, "wikidata-owners", WIKIDATA)
    found = await claims(graph, "OWNS")

    assert report.exit_status == 0
    assert (again.total("created"), again.total("changed")) == (0, 0)
    assert {(row["disclosed"], row["interest"]) for row in found} == {(False, "UNKNOWN")}
    assert any(row["start"] == row["end"] for row in found)
