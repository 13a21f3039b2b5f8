"""One wrong value a file: refused with its column and a code of the contract."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load import load
from graph.session import Graph

AT = datetime(2024, 12, 1, tzinfo=UTC)
LEI = "5493001KJTIIGC8Y1R12"
ACCOUNT = {"id": "A", "kind": "BROKER", "name": "Lark", "opened_on": "2020-01-01"}
PERIOD = {"account": "A", "month": "2024-09"}
STAFF = {"id": "S", "kind": "SPECIALIST", "name": "Wren"}
FLAG = {
    "id": "F",
    "kind": "IPR",
    "severity": 1,
    "raised_on": "2024-01-02",
    "subject": "A",
    "evidence": "x",
}
OWNS = {"type": "OWNS", "from": "P", "to": "Q"}

CASES: list[tuple[str, dict[str, Any], str, str]] = [
    ("accounts", {**ACCOUNT, "kind": ""}, "kind", "REQUIRED"),
    ("accounts", ACCOUNT, "filer_codes", "ACCOUNT_NEEDS_IDENTIFIER"),
    ("accounts", {**ACCOUNT, "filer_codes": "000"}, "filer_codes", "INVALID_FORMAT"),
    ("accounts", {**ACCOUNT, "filer_codes": "Q7Z", "opened_on": ""}, "opened_on", "REQUIRED"),
    (
        "accounts",
        {**ACCOUNT, "importer_numbers": "00-1000001AB", "number_ids": "N;M"},
        "number_ids",
        "INVALID_FORMAT",
    ),
    ("parties", {"id": "P", "name": "x", "kind": "PERSON", "lei": LEI}, "lei", "INVALID_FORMAT"),
    ("parties", {"id": "P", "name": "x", "lei": LEI[:-1] + "3"}, "lei", "INVALID_FORMAT"),
    ("parties", {"id": "P", "name": "x", "country": "USA"}, "country", "INVALID_FORMAT"),
    ("staff", {**STAFF, "email": "nobody"}, "email", "INVALID_FORMAT"),
    ("staff", {**STAFF, "phone": "555"}, "phone", "INVALID_FORMAT"),
    (
        "staff",
        {**STAFF, "kind": "MANAGER", "active": False, "disciplines": "HSI"},
        "disciplines",
        "RELATIONSHIP_NOT_ALLOWED",
    ),
    ("performance", {**PERIOD, "chapter": "610"}, "chapter", "INVALID_FORMAT"),
    ("performance", {**PERIOD, "discrepant_lines": 1}, "discrepant_lines", "OUT_OF_RANGE"),
    ("performance", {**PERIOD, "currency": "$"}, "currency", "INVALID_FORMAT"),
    ("performance", {**PERIOD, "sample_weight": "x"}, "sample_weight", "INVALID_FORMAT"),
    ("performance", {**PERIOD, "discrepancies": ["ORIGIN"]}, "discrepancies", "INVALID_FORMAT"),
    ("performance", PERIOD, "to", "NOT_FOUND"),
    ("risk-flags", {**FLAG, "resolved_on": "2024-01-02"}, "resolved_on", "INTERVAL_CONFLICT"),
    ("risk-flags", {**FLAG, "kind": "§"}, "kind", "INVALID_FORMAT"),
    ("risk-flags", {**FLAG, "evidence": "219\u201109\u20119999"}, "evidence", "INVALID_FORMAT"),
    ("staff", {**STAFF, "kind": "MANAGER", "center": "219-09-9999"}, "center", "NOT_FOUND"),
    ("risk-flags", {**FLAG, "severity": 2}, "severity", "OUT_OF_RANGE"),
    ("relationships", {**OWNS, "type": "LIKES"}, "type", "INVALID_FORMAT"),
    ("relationships", {**OWNS, "share": 1, "min_share": 1}, "share", "INVALID_FORMAT"),
    ("relationships", {**OWNS, "type": "ASSIGNED_TO", "to": "CEE004"}, "center", "NOT_FOUND"),
    ("relationships", {**OWNS, "type": "IDENTIFIES", "from": "000"}, "from", "INVALID_FORMAT"),
    ("relationships", {**OWNS, "share": {"exact": 1}}, "share", "INVALID_FORMAT"),
    ("parties", {"id": "P", "name": "Son of 219-09-9999"}, "name", "INVALID_FORMAT"),
    (
        "parties",
        {"id": "P", "name": "x", "aliases": ["y", "219 09 9999"]},
        "aliases",
        "INVALID_FORMAT",
    ),
    ("parties", {"id": "P-219-09-9999", "name": "x"}, "id", "INVALID_FORMAT"),
    ("risk-flags", {**FLAG, "note": "219.09.9999"}, "note", "INVALID_FORMAT"),
    ("relationships", {**OWNS, "source": "219-09-9999"}, "source", "INVALID_FORMAT"),
    ("relationships", {**OWNS, "reason": "219-09-9999"}, "reason", "INVALID_FORMAT"),
    (
        "relationships",
        {**OWNS, "source_reference": "219-09-9999"},
        "source_reference",
        "INVALID_FORMAT",
    ),
]


@pytest.mark.parametrize(("content", "row", "column", "code"), CASES)
async def test_a_wrong_value_is_refused_with_its_column(
    graph: Graph,
    key: IdentifierKey,
    tmp_path: Path,
    content: str,
    row: dict[str, Any],
    column: str,
    code: str,
) -> None:
    file = tmp_path / "file.jsonl"
    file.write_text(json.dumps(row) + "\n", encoding="utf-8")

    report = await load(graph, content, [file], at=AT, key=key)

    told = [(one.refusal.line, one.refusal.column, one.refusal.code) for one in report.refused]
    assert told == [(1, column, code)]
    assert report.counts.total() == 0
    assert "219-09" not in json.dumps(report.json())


def related(**changes: Any) -> dict[str, Any]:
    """A relationship record of GLEIF."""
    relationship = {
        "startNode": {"id": LEI, "type": "LEI"},
        "endNode": {"id": LEI, "type": "LEI"},
        "type": "IS_DIRECTLY_CONSOLIDATED_BY",
        "status": "ACTIVE",
    }
    registration = {"status": changes.pop("registered", "PUBLISHED")}
    return {
        "type": "relationship-records",
        "attributes": {"relationship": relationship | changes, "registration": registration},
    }


@pytest.mark.parametrize(
    ("document", "column", "code"),
    [
        ({"errors": []}, "data", "INVALID_FORMAT"),
        ({"data": ["text"]}, "data", "INVALID_FORMAT"),
        ({"data": {"type": "reporting-exceptions"}}, "type", "INVALID_FORMAT"),
        ({"data": {"type": "lei-records"}}, "attributes", "REQUIRED"),
        ({"data": related(type="IS_FUND-MANAGED_BY")}, "type", "RELATIONSHIP_NOT_ALLOWED"),
        ({"data": related(registered="ANNULLED")}, "status", "INVALID_STATE"),
        (related(endNode={"id": "x", "type": "ISIN"}), "endNode", "INVALID_FORMAT"),
        (related(endNode={"id": LEI[:-1] + "3", "type": "LEI"}), "endNode", "INVALID_FORMAT"),
    ],
)
async def test_a_wrong_document_of_gleif_is_refused_with_a_true_reason(
    graph: Graph,
    key: IdentifierKey,
    tmp_path: Path,
    document: dict[str, Any],
    column: str,
    code: str,
) -> None:
    file = tmp_path / "file.json"
    file.write_text(json.dumps(document), encoding="utf-8")

    report = await load(graph, "relationships", [file], format="gleif", at=AT, key=key)

    assert [(one.refusal.column, one.refusal.code) for one in report.refused] == [(column, code)]


async def test_an_inactive_relationship_of_gleif_has_ended_and_parties_come_alone_if_asked(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    record = related(status="INACTIVE")
    record["attributes"]["registration"]["lastUpdateDate"] = "2024-02-03T00:00:00Z"
    file = tmp_path / "file.json"
    file.write_text(json.dumps({"data": [record]}), encoding="utf-8")

    parties = await load(graph, "parties", [file], format="gleif", at=AT, key=key)
    all_ = await load(graph, "relationships", [file], format="gleif", at=AT, key=key)

    ended = await graph.schema("MATCH ()-[c:CONTROLS]->() RETURN toString(c.validTo) AS day")
    assert parties.counts.total() == 0
    assert all_.counts["CONTROLS", "created"] == 1
    assert ended == [{"day": "2024-02-03"}]


async def test_json_that_was_cut_off_is_refused_and_what_stands_before_it_loads(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    entity = {
        "publicationDetails": {"bodsVersion": "0.4"},
        "recordId": "e",
        "recordType": "entity",
        "recordDetails": {"name": "Lark"},
    }
    file = tmp_path / "file.json"
    file.write_text("[" + json.dumps(entity) + ",\n{", encoding="utf-8")

    gleif = await load(graph, "relationships", [file], format="gleif", at=AT, key=key)
    bods = await load(graph, "relationships", [file], format="bods", at=AT, key=key)

    assert gleif.refused_rows == 1
    assert (bods.refused_rows, bods.counts["Party", "created"]) == (1, 1)


async def test_reference_data_of_one_s_own_is_loaded_by_its_columns(
    graph: Graph, key: IdentifierKey, tmp_path: Path
) -> None:
    file = tmp_path / "ports.csv"
    file.write_text('Code,Name\n0101,"PORTLAND, ME"\n', encoding="utf-8")

    report = await load(graph, "reference-data", [file], at=AT, key=key)

    assert report.counts["Port", "created"] == 1
