"""An export of ownership against the schema of the standard, our own loader and GraphQL."""

import json
from pathlib import Path
from typing import Any

import httpx2
import jsonschema_rs
import pytest

from graph import ids
from graph.load.formats import bods
from tests.jobs.exporting import Export, fetched

SCHEMA = Path(__file__).parents[1] / "data" / "bods" / "schema"
OWNERS = {"relationshipTypes": ["OWNS", "CONTROLS"]}
PARTS = ("entity-record", "person-record", "relationship-record", "components")


def standard() -> Any:
    """What says whether statements are as BODS 0.4 has them."""
    parts = [json.loads((SCHEMA / f"{name}.json").read_text()) for name in PARTS]
    registry = jsonschema_rs.Registry([(part["$id"], part) for part in parts])
    whole = json.loads((SCHEMA / "statement.json").read_text())
    return jsonschema_rs.Draft202012Validator(whole, registry=registry, validate_formats=True)


def records(statements: list[dict[str, Any]], kind: str) -> dict[str, dict[str, Any]]:
    """The details of each record of a kind."""
    return {s["recordId"]: s["recordDetails"] for s in statements if s["recordType"] == kind}


@pytest.fixture
async def statements(export: Export, client: httpx2.AsyncClient, mill: str) -> list[dict[str, Any]]:
    """What is written of the whole ownership of a mill."""
    job = await export(format="BODS", around=[mill], depth=5, walk=OWNERS)
    found: list[dict[str, Any]] = json.loads(await fetched(client, job))
    return found


async def test_statements_are_as_the_standard_has_them(statements: list[dict[str, Any]]) -> None:
    judge = standard()

    assert [error.message for error in judge.iter_errors(statements)] == []
    assert len({each["statementId"] for each in statements}) == len(statements) == 11
    broken = [{**statements[0], "recordDetails": {"entityType": {"type": "mill"}}}]
    assert not judge.is_valid(broken)  # else it would judge nothing
    for each in statements:
        bods.record(each)  # the loader takes it


async def test_parties_and_their_interests_are_those_of_the_graph(
    statements: list[dict[str, Any]], mill: str
) -> None:
    entities, persons = records(statements, "entity"), records(statements, "person")
    joined = records(statements, "relationship").values()
    iris = ids.encode("Party:P-1")

    assert len(entities) == 4
    assert persons[iris]["names"] == [{"fullName": "Iris Fenwick", "type": "legal"}]
    assert {
        each["identifiers"][0]["id"] for each in entities.values() if "identifiers" in each
    } == {"529900T8BM49AURSDO55"}
    told = {
        (each["interestedParty"], each["interests"][0]["type"]): each["interests"][0].get("share")
        for each in joined
        if each["subject"] == mill and isinstance(each["interestedParty"], str)
    }
    assert told == {
        (ids.encode("Party:O-1"), "shareholding"): {"exact": 100.0},
        (ids.encode("Party:O-3"), "shareholding"): {"minimum": 20.0, "maximum": 30.0},
        (ids.encode("Party:O-4"), "otherInfluenceOrControl"): None,
    }


async def test_an_unspecified_owner_is_told_with_its_reason(
    statements: list[dict[str, Any]],
) -> None:
    joined = records(statements, "relationship").values()

    unknown = [each for each in joined if not isinstance(each["interestedParty"], str)]

    assert [each["interestedParty"] for each in unknown] == [
        {"reason": "interestedPartyExemptFromDisclosure", "description": "Not disclosed"}
    ]
    assert "share" not in unknown[0]["interests"][0]


async def test_what_has_no_place_in_it_is_counted(
    export: Export, client: httpx2.AsyncClient, mill: str
) -> None:
    job = await export(format="BODS", around=[mill], depth=2)

    manifest = (await client.get(f"{job['downloadUrl']}/manifest")).json()

    assert manifest["counts"] == {
        "nodes": job["total"],
        "relationships": 9,
        "withoutPlace": {"nodes": 3, "relationships": 3},
    }
