"""Loading files: what is refused alone, and what of it the others need."""

from pathlib import Path

import pytest
from neo4j import Query

from graph.identifiers import IdentifierKey
from graph.load import Report
from graph.reference.install import install
from graph.session import Graph
from tests.graph.load.files import AT, taken, written


def codes(report: Report) -> list[tuple[int, str, str, str]]:
    found = [one.refusal for one in report.refused]
    return [(one.line, one.column, one.value, one.code) for one in found]


async def test_a_refused_account_leaves_no_trace_and_the_others_load(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    file = written(
        tmp_path / "accounts.csv",
        [
            "id,kind,name,opened_on,importer_numbers,center",
            "A-1,IMPORTER,Larkspur,2020-01-01,00-1000001AB,",
            "A-2,IMPORTER,Thistle,2020-01-01,00-1000001ab,",
            "A-3,IMPORTER,Yarrow,2020-01-01,,",
            "A-4,IMPORTER,Yarrow,2020-01-01,00-1000004OO,",
            "A-5,TRADER,Yarrow,2020-01-01,00-1000005AB,",
            "A-6,IMPORTER,Yarrow,2020-01-01,00-1000006AB,Center of nothing",
            "A-1,IMPORTER,Other,2020-01-01,00-1000001AB,",
            "12-345678900,IMPORTER,Yarrow,2020-01-01,00-1000007AB,",
            "A-8,IMPORTER,Yarrow,2020-01-01,00-1000008,",
        ],
    )

    report = await taken(graph, key, "accounts", file)

    assert sorted(codes(report)) == [
        (3, "from", key.number_id("00-1000001AB"), "IDENTIFIER_IN_USE"),
        (4, "importer_numbers", "", "ACCOUNT_NEEDS_IDENTIFIER"),
        (5, "importer_numbers", "***-**-04OO", "INVALID_FORMAT"),
        (6, "kind", "TRADER", "INVALID_FORMAT"),
        (7, "center", "Center of nothing", "NOT_FOUND"),
        (8, "id", "A-1", "ALREADY_EXISTS"),
        (9, "id", "***-**-8900", "INVALID_FORMAT"),
    ]
    assert report.exit_status == 1
    ids = await graph.read(Query("MATCH (a:Account) RETURN a.id AS id ORDER BY id"))
    assert [row["id"] for row in ids] == ["A-1", "A-8"]
    assert (await taken(graph, key, "accounts", file)).total("changed") == 0


async def test_the_first_row_that_is_taken_counts_in_one_batch_and_over_batches(
    graph: Graph, key: IdentifierKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [
        "type,from,to,share",
        "OWNS,P-1,P-9,10",  # there is no P-9
        "OWNS,P-1,P-2,20",
        "OWNS,P-1,P-2,20.0",
        "OWNS,P-1,P-2,30",
    ]
    parties = written(tmp_path / "parties.csv", ["id,name", "P-1,Lark", "P-2,Wren"])
    claims = written(tmp_path / "relationships.csv", lines)
    await taken(graph, key, "parties", parties)

    reports = []
    for batch in (5000, 1):
        monkeypatch.setattr("graph.load.loading.BATCH", batch)
        reports.append(await taken(graph, key, "relationships", claims))

    refused = [(2, "to", "P-9", "NOT_FOUND"), (5, "from", "P-1", "ALREADY_EXISTS")]
    assert [sorted(codes(report)) for report in reports] == [refused, refused]
    assert reports[0].refused[-1].refusal.remedy.endswith("line 4 of relationships.csv.")
    assert [report.total("created") for report in reports] == [1, 0]


async def test_a_row_that_contradicts_a_refused_one_is_taken(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    file = written(
        tmp_path / "accounts.csv",
        [
            "id,kind,name,opened_on,importer_numbers",
            "A-1,IMPORTER,Larkspur,2020-01-01,00-1000001AB",
            "A-2,IMPORTER,Thistle,2020-01-01,00-1000001AB",
            "A-2,IMPORTER,Thistle,2020-01-01,00-1000002AB",
            "A-2,IMPORTER,Thistledown,2020-01-01,00-1000002AB",
        ],
    )

    report = await taken(graph, key, "accounts", file)

    assert [(line, code) for line, _, _, code in codes(report)] == [
        (3, "IDENTIFIER_IN_USE"),
        (5, "ALREADY_EXISTS"),
    ]


async def test_staff_find_their_center_by_any_of_its_names(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    await install(graph, AT)
    names = ["CEE004", '"apparel, footwear & textiles"', "AFT", '"Clothing, footwear and textiles"']
    lines = [f"M-{n},MANAGER,Ruth,{name}" for n, name in enumerate(names)]
    file = written(tmp_path / "staff.csv", ["id,kind,name,center", *lines, "M-9,MANAGER,Otto,"])

    report = await taken(graph, key, "staff", file)

    assert codes(report) == [(6, "center", "", "MANAGER_NEEDS_CENTER")]
    assert report.counts["MEMBER_OF", "created"] == 4


async def test_parties_are_found_by_lei_and_by_duns(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    parties = written(
        tmp_path / "parties.csv",
        ["id,name,lei,duns", "P-1,Lark,5493001KJTIIGC8Y1R12,", "P-2,Wren,,12-345-6789"],
    )
    claims = written(
        tmp_path / "relationships.csv",
        [
            "type,from,to,share",
            "OWNS,5493001KJTIIGC8Y1R12,123456789,20",
            "OWNS,123456780,P-1,20",
            "OWNS,Party:P-2,P-1,20",
            "FLAGS,F-1,P-1,",
            "SCOPE_OF,61,CEE004,",
            "IDENTIFIES,nothing,A-1,",
        ],
    )

    await taken(graph, key, "parties", parties)
    report = await taken(graph, key, "relationships", claims)

    assert sorted(codes(report)) == [
        (3, "from", "***-**-6780", "NOT_FOUND"),  # it could be a social security number
        (5, "from", "F-1", "NOT_FOUND"),
        (6, "type", "SCOPE_OF", "RELATIONSHIP_NOT_ALLOWED"),
        (7, "from", "***-**-hing", "INVALID_FORMAT"),
    ]
    assert report.counts["OWNS", "created"] == 2
