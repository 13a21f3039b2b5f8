"""Parties, importer numbers and filer codes registered and changed."""

import asyncio
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid, term

PARTY = """party {
  id __typename name aliases country { code } version
  ... on Organization { legalForm { code } lei duns }
  ... on UnspecifiedParty { reason: unspecifiedReason note }
}"""
NUMBER = """importerNumber {
  id key display type status continuousBond bondSufficient version holder { key }
} filerCode { code version holder { key } }"""
LEI = "5493001KJTIIGC8Y1R12"
NEW = {"kind": "ORGANIZATION", "name": "Pier Imports", "country": "NL"}


@pytest.fixture
async def quay(harbor: Graph, key: IdentifierKey) -> Graph:
    """The harbor with words, a code and a number nobody holds."""
    rows: list[worlds.Row] = [
        term("COUNTRY", "NL"),
        term("LEGAL_FORM", "LLC"),
        worlds.code("ABC"),
        worlds.organization("O-9", "Known", lei=LEI, duns="123456789"),
        worlds.number(key, "N-3", "61-234567800"),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def test_a_party_is_registered_and_changed(quay: Graph, give: Give) -> None:
    more = {"legalForm": "LLC", "aliases": ["Pier", "Pier"], "duns": "98-765-4321"}
    first = await give("saveParty", PARTY, **NEW, **more, reason="Form 5106")

    assert first["userErrors"] == []
    party = first["party"]
    assert party == {
        "id": party["id"],
        "__typename": "Organization",
        "name": "Pier Imports",
        "aliases": ["Pier"],
        "country": {"code": "NL"},
        "version": 1,
        "legalForm": {"code": "LLC"},
        "lei": None,
        "duns": "987654321",
    }
    [change] = first["changes"]
    assert (change["kind"], change["reason"]) == ("PARTY_SAVED", "Form 5106")

    second = await give(
        "saveParty", PARTY, id=party["id"], name="Pier Trade", country=None, expectedVersion=1
    )

    assert second["party"] == {**party, "name": "Pier Trade", "country": None, "version": 2}
    assert second["changes"][0]["properties"] == [
        {"property": "country", "before": "NL", "after": None},
        {"property": "name", "before": "Pier Imports", "after": "Pier Trade"},
    ]


async def test_two_unknown_owners_are_two(quay: Graph, give: Give) -> None:
    wanted = {"kind": "UNSPECIFIED_PARTY", "unspecifiedReason": "UNKNOWN", "note": "Per filing"}
    one, other = [(await give("saveParty", PARTY, **wanted))["party"] for _ in range(2)]

    assert one["id"] != other["id"]
    assert (one["name"], one["note"]) == ("Unknown owner", "Per filing")


PARTIES: list[Case] = [
    ({"kind": None}, [("REQUIRED", "kind")]),
    ({"kind": "CENTER"}, [("WRONG_KIND", "kind")]),
    ({"name": None}, [("REQUIRED", "name")]),
    ({"name": "x" * 201}, [("OUT_OF_RANGE", "name")]),
    ({"name": "219-09-9999"}, [("INVALID_FORMAT", "name")]),
    ({"country": "XX"}, [("NOT_FOUND", "country")]),
    ({"legalForm": "CLUB"}, [("NOT_FOUND", "legalForm")]),
    ({"lei": LEI[:-1] + "3"}, [("INVALID_FORMAT", "lei")]),
    ({"lei": LEI}, [("ALREADY_EXISTS", "lei")]),
    ({"duns": "123456789"}, [("ALREADY_EXISTS", "duns")]),
    ({"duns": "12"}, [("INVALID_FORMAT", "duns")]),
    ({"note": "What is this"}, [("INVALID_FORMAT", "note")]),
    ({"kind": "PERSON", "lei": None}, [("INVALID_FORMAT", "lei")]),
    ({"aliases": ["A", " "]}, [("REQUIRED", "aliases.1")]),
    ({"unspecifiedReason": "UNKNOWN"}, [("INVALID_FORMAT", "unspecifiedReason")]),
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Account:A-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("Party:NOBODY")}, [("NOT_FOUND", "id")]),
    ({"id": gid("Party:P-1")}, [("WRONG_KIND", "kind")]),
    ({"id": gid("Party:O-1"), "expectedVersion": 5}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"name": "", "country": "XX", "lei": "1"},
        [("REQUIRED", "name"), ("NOT_FOUND", "country"), ("INVALID_FORMAT", "lei")],
    ),
]


@cases("saveParty", PARTIES)
async def test_a_bad_party_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("saveParty", told(wrong), **{**NEW, **more})


async def test_a_repeat_registers_no_second_party(quay: Graph, give: Give) -> None:
    first, again = [await give("saveParty", PARTY, **NEW, idempotencyKey="K") for _ in range(2)]

    assert again == {**first, "replayed": True}


async def test_a_number_is_registered_with_its_holder(quay: Graph, give: Give) -> None:
    answer = await give(
        "saveImporterNumber",
        NUMBER,
        number="71-2345678",
        status="ACTIVE",
        continuousBond=True,
        holderId=gid("Party:O-2"),
    )

    assert answer["userErrors"] == []
    number = answer["importerNumber"]
    assert (number["display"], number["type"], number["status"]) == (
        "71-234567800",
        "IRS_EIN",
        "ACTIVE",
    )
    assert (number["continuousBond"], number["holder"]) == (True, {"key": gid("Party:O-2")})
    assert [change["kind"] for change in answer["changes"]] == [
        "IDENTIFIER_SAVED",
        "RELATIONSHIP_RECORDED",
    ]


async def test_a_number_changes_hands(quay: Graph, give: Give) -> None:
    answer = await give(
        "saveImporterNumber",
        NUMBER,
        id=gid("ImporterNumber:N-1"),
        status="VOIDED",
        holderId=gid("Party:O-2"),
        expectedVersion=1,
    )

    assert answer["userErrors"] == []
    number = answer["importerNumber"]
    assert (number["status"], number["version"], number["holder"]) == (
        "VOIDED",
        2,
        {"key": gid("Party:O-2")},
    )
    assert [change["kind"] for change in answer["changes"]] == [
        "IDENTIFIER_SAVED",
        "RELATIONSHIP_ENDED",
        "RELATIONSHIP_RECORDED",
    ]


NUMBERS: list[Case] = [
    ({}, [("REQUIRED", "number")]),
    ({"number": "12-3456789OI"}, [("INVALID_FORMAT", "number")]),
    ({"number": "12-3456789AB"}, [("ALREADY_EXISTS", "number")]),
    ({"number": "71-234567800", "status": None}, [("REQUIRED", "status")]),
    ({"number": "71-234567800", "holderId": gid("Account:A-1")}, [("WRONG_KIND", "holderId")]),
    ({"number": "71-234567800", "holderId": gid("Party:NO")}, [("NOT_FOUND", "holderId")]),
    ({"id": gid("ImporterNumber:N-0"), "status": "VOIDED"}, [("NOT_FOUND", "id")]),
    ({"id": gid("Party:O-1"), "status": "VOIDED"}, [("WRONG_KIND", "id")]),
    ({"id": gid("ImporterNumber:N-1"), "number": "71-234567800"}, [("INVALID_STATE", "number")]),
    (
        {"id": gid("ImporterNumber:N-1"), "status": "VOIDED", "expectedVersion": 3},
        [("VERSION_CONFLICT", "expectedVersion")],
    ),
]


@cases("saveImporterNumber", NUMBERS)
async def test_a_bad_number_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("saveImporterNumber", told(wrong), **more)


async def test_a_code_is_registered_once(quay: Graph, give: Give, refuse: Refuse) -> None:
    answers = await asyncio.gather(
        *(give("saveFilerCode", NUMBER, code="xy9", holderId=gid("Party:O-1")) for _ in range(8))
    )

    done: list[Any] = [answer["filerCode"] for answer in answers if not answer["userErrors"]]
    assert done == [{"code": "XY9", "version": 1, "holder": {"key": gid("Party:O-1")}}]
    codes = [error["code"] for answer in answers for error in answer["userErrors"]]
    assert codes == ["ALREADY_EXISTS"] * 7


CODES: list[Case] = [
    ({}, [("REQUIRED", "code")]),
    ({"code": "000"}, [("INVALID_FORMAT", "code")]),
    ({"code": "ABC"}, [("ALREADY_EXISTS", "code")]),
    ({"id": gid("FilerCode:ZZZ")}, [("NOT_FOUND", "id")]),
    ({"id": gid("FilerCode:ABC"), "code": "XYZ"}, [("INVALID_STATE", "code")]),
    ({"code": "XYZ", "holderId": "nonsense"}, [("INVALID_FORMAT", "holderId")]),
    ({"code": "XYZ", "holderId": gid("Party:NOBODY")}, [("NOT_FOUND", "holderId")]),
    ({"code": "XYZ", "expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@cases("saveFilerCode", CODES)
async def test_a_bad_code_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("saveFilerCode", told(wrong), **more)
