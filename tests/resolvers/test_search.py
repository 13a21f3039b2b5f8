"""Search: what people type, and what they expect to see first."""

from collections.abc import AsyncIterator

import pytest

from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.reference.install import install
from graph.session import Graph
from tests import worlds
from tests.conftest import EMPTY
from tests.resolvers.conftest import Ask, asking

SEARCH = """
  query ($text: String!, $kinds: [EntityKind!], $first: Int, $after: String, $moment: MomentInput) {
    search(text: $text, kinds: $kinds, first: $first, after: $after, moment: $moment) {
      totalCount { value relation }
      edges { score matched node { __typename label } }
      pageInfo { hasNextPage endCursor }
    }
  }
"""
SSN = "219-09-9999"
LEI = "5493001KJTIIGC8Y1R12"


def rows(key: IdentifierKey) -> tuple[worlds.Row, ...]:
    """Some of each kind, with names that are easily taken for one another."""
    names = {
        "A-11": "Harbor Textiles",
        "A-12": "Harbor Textiles of Maine, Inc.",
        "A-13": "Textile Harbor Supply",
        "A-14": "Harborview Footwear LLC",
        "A-15": "3M Abrasives Import",
        "A-16": "Baker & Sons",
        "A-17": "Copperline Instruments",
    }
    return (
        *(worlds.account(id_, name) for id_, name in names.items()),
        worlds.account("A-21", "Pelican Point Customs Brokers", "Broker"),
        worlds.number(key, "N-11", "12-3456789AB"),
        worlds.number(key, "N-12", "12-3456789AC"),
        worlds.number(key, "N-13", "061234-12345"),
        worlds.number(key, "N-14", SSN),
        worlds.code("B76"),
        worlds.organization("O-11", "Société Générale de Filature", aliases=["SGF Filature"]),
        worlds.organization("O-12", "Müller & Söhne GmbH", lei=LEI, duns="150483782"),
        worlds.organization("O-13", "O'Brien Woollens Ltd"),
        worlds.organization("O-14", "日本紡績"),
        worlds.organization("O-15", "Holder Holdings", aliases=["Lantern Trading"]),
        worlds.person("P-11", "Iris Fenwick"),
        worlds.unspecified("U-11", "UNKNOWN"),
        worlds.manager("M-11", "Nora Fairweather"),
        worlds.NodeRow(
            "Specialist", "S-11", ("Specialist",), {"name": "Owen Tarn", "active": True}
        ),
        worlds.NodeRow(
            "Issue",
            "X-11",
            ("Issue",),
            {
                "title": "Wrong duty on knitted gloves",
                "purpose": "ADVICE",
                "status": "OPEN",
                "openedOn": worlds.SINCE,
            },
        ),
        worlds.claim("ImporterNumber:N-11", "IDENTIFIES", "Account:A-11"),
        worlds.claim("ImporterNumber:N-12", "IDENTIFIES", "Account:A-11"),
        worlds.claim("ImporterNumber:N-13", "IDENTIFIES", "Account:A-17"),
        worlds.claim("ImporterNumber:N-14", "IDENTIFIES", "Account:A-16"),
        worlds.claim("FilerCode:B76", "IDENTIFIES", "Account:A-21"),
        worlds.claim("Party:O-15", "HOLDS", "ImporterNumber:N-11"),
    )


@pytest.fixture(scope="module")
async def found(server: Graph, seal: Seal, key: IdentifierKey) -> AsyncIterator[Ask]:
    """The searched world, with the Centers, disciplines, ports and chapters; read only."""
    await server.schema(EMPTY)
    await install(server, worlds.RECORDED)
    outcome = await write(server, rows(key), at=worlds.RECORDED)
    assert outcome.refused == []
    yield asking(server, seal, key)
    await server.schema(EMPTY)


TABLE = [
    # whole words, their order, case and spaces
    ("Harbor Textiles", "Harbor Textiles"),
    ("harbor textiles", "Harbor Textiles"),
    ("textiles harbor", "Harbor Textiles"),
    ("  HARBOR   TEXTILES ", "Harbor Textiles"),
    ("maine", "Harbor Textiles of Maine, Inc."),
    ("Harbor Textiles Maine", "Harbor Textiles of Maine, Inc."),
    ("supply textile", "Textile Harbor Supply"),
    # beginnings of words
    ("harborv", "Harborview Footwear LLC"),
    ("copp inst", "Copperline Instruments"),
    ("peli cust", "Pelican Point Customs Brokers"),
    ("nor fair", "Nora Fairweather"),
    # accents and other alphabets
    ("societe generale", "Société Générale de Filature"),
    ("Société", "Société Générale de Filature"),
    ("muller sohne", "Müller & Söhne GmbH"),
    ("MÜLLER", "Müller & Söhne GmbH"),
    ("日本紡績", "日本紡績"),
    # punctuation
    ("o'brien", "O'Brien Woollens Ltd"),
    ("obrien", "O'Brien Woollens Ltd"),
    ("baker & sons", "Baker & Sons"),
    ("baker and sons", "Baker & Sons"),
    ("baker, sons.", "Baker & Sons"),
    ("3M", "3M Abrasives Import"),
    ("harbor (textiles)", "Harbor Textiles"),
    ('"harbor" AND textiles*', "Harbor Textiles"),
    # company suffixes
    ("Muller & Sohne Inc", "Müller & Söhne GmbH"),
    ("harborview footwear llc", "Harborview Footwear LLC"),
    ("copperline instruments corp.", "Copperline Instruments"),
    # small spelling mistakes
    ("coperline", "Copperline Instruments"),
    ("copperlnie instruments", "Copperline Instruments"),
    ("harbour textiles", "Harbor Textiles"),
    ("farweather", "Nora Fairweather"),
    ("pelikan point", "Pelican Point Customs Brokers"),
    # aliases, staff, issues, Centers, disciplines
    ("lantern trading", "Holder Holdings"),
    ("owen tarn", "Owen Tarn"),
    ("knitted gloves", "Wrong duty on knitted gloves"),
    ("clothing footwear and textiles", "Apparel, Footwear and Textiles"),
    ("petroleum", "Petroleum, Natural Gas and Minerals"),
    ("regulatory auditor", "Regulatory auditor"),
    # whole identifiers, exactly and first
    ("12-3456789AB", "12-3456789AB"),
    ("12-3456789", "12-3456789AB"),
    ("061234-12345", "061234-12345"),
    ("b76", "B76"),
    ("CEE004", "Apparel, Footwear and Textiles"),
    (LEI.lower(), "Müller & Söhne GmbH"),
    ("150483782", "Müller & Söhne GmbH"),
    ("a-17", "Copperline Instruments"),
    ("m-11", "Nora Fairweather"),
]


@pytest.mark.parametrize(("text", "first"), TABLE, ids=[text for text, _ in TABLE])
async def test_what_people_type_finds_first(found: Ask, text: str, first: str) -> None:
    answer = (await found(SEARCH, text=text))["search"]

    labels = [edge["node"]["label"] for edge in answer["edges"]]
    assert labels
    assert labels[0] == first


async def labels(found: Ask, text: str, **more: object) -> list[str]:
    answer = (await found(SEARCH, text=text, **more))["search"]
    return [edge["node"]["label"] for edge in answer["edges"]]


async def test_a_number_finds_itself_then_its_account_then_its_holder(found: Ask) -> None:
    answer = (await found(SEARCH, text="12-3456789AB"))["search"]

    assert [edge["node"]["label"] for edge in answer["edges"]][:3] == [
        "12-3456789AB",
        "Harbor Textiles",
        "Holder Holdings",
    ]
    assert {edge["matched"] for edge in answer["edges"][:3]} == {"12-3456789AB"}


async def test_kinds_narrow_what_is_found(found: Ask) -> None:
    assert await labels(found, "12-3456789AB", kinds=["IMPORTER_ACCOUNT"]) == ["Harbor Textiles"]
    assert await labels(found, "pelican", kinds=["IMPORTER_ACCOUNT"]) == []
    assert await labels(found, "pelican", kinds=["BROKER_ACCOUNT", "PORT"]) == [
        "Pelican Point Customs Brokers"
    ]
    assert await labels(found, "pelican", kinds=[]) == []


@pytest.mark.parametrize("text", [SSN, f" {SSN} ", "9999", "219-09", "219099999", "09-9999"])
async def test_a_social_security_number_is_never_found_by_text(found: Ask, text: str) -> None:
    answer = (await found(SEARCH, text=text))["search"]

    types = {edge["node"]["__typename"] for edge in answer["edges"]}
    assert "ImporterNumber" not in types
    assert "Baker & Sons" not in {edge["node"]["label"] for edge in answer["edges"]}


@pytest.mark.parametrize("text", ["2-3456789A", "3456789AB", "12-34567", "061234"])
async def test_part_of_an_importer_number_finds_no_number(found: Ask, text: str) -> None:
    answer = (await found(SEARCH, text=text))["search"]

    assert "ImporterNumber" not in {edge["node"]["__typename"] for edge in answer["edges"]}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "(((",
        '"',
        "searchName:*",
        "* OR *",
        "a^",
        "[a TO z]",
        "\\",
        "~",
        "{!x}",
        "/.*/",
        "-",
        "&&",
    ],
)
async def test_what_means_something_to_the_query_language_means_nothing_here(
    found: Ask, text: str
) -> None:
    plain = "".join(mark if mark.isalnum() else " " for mark in text)

    assert await labels(found, text) == await labels(found, plain)


async def test_pages_go_on_where_the_last_one_ended(found: Ask) -> None:
    everything = await labels(found, "harbor", first=100)
    paged: list[str] = []
    after = None
    while True:
        answer = (await found(SEARCH, text="harbor", first=1, after=after))["search"]
        paged += [edge["node"]["label"] for edge in answer["edges"]]
        after = answer["pageInfo"]["endCursor"]
        if not answer["pageInfo"]["hasNextPage"]:
            break

    assert paged == everything
    assert answer["totalCount"] == {"value": len(everything), "relation": "EXACT"}
    assert len(everything) >= 4


async def test_what_was_not_recorded_yet_is_not_found(found: Ask) -> None:
    assert await labels(found, "copperline", moment={"knownAt": "2020-12-31T00:00:00Z"}) == []
    assert await labels(found, "12-3456789AB", moment={"knownAt": "2020-12-31T00:00:00Z"}) == []


async def test_a_search_costs_at_most_three_statements(found: Ask, server: Graph) -> None:
    for text, statements in (("harbor textiles", 2), ("b76", 3), ("12-3456789", 3)):
        server.statements = 0
        await labels(found, text)
        assert server.statements == statements, text


async def test_too_long_a_text_and_kinds_without_text_are_refused(found: Ask) -> None:
    await found(SEARCH, "BAD_USER_INPUT", text="x" * 201)
    await found(SEARCH, "BAD_USER_INPUT", text="x", kinds=["RISK_FLAG"])
