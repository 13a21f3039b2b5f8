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
from tests.resolvers.searches import SSN, TABLE, rows

SEARCH = """
  query ($text: String!, $kinds: [EntityKind!], $first: Int, $after: String, $moment: MomentInput) {
    search(text: $text, kinds: $kinds, first: $first, after: $after, moment: $moment) {
      totalCount { value relation }
      edges { score matched node { __typename label } }
      pageInfo { hasNextPage endCursor }
    }
  }
"""


@pytest.fixture(scope="module")
async def found(server: Graph, seal: Seal, key: IdentifierKey) -> AsyncIterator[Ask]:
    """The searched world, with the Centers, disciplines, ports and chapters; read only."""
    await server.schema(EMPTY)
    await install(server, worlds.RECORDED)
    outcome = await write(server, rows(key), at=worlds.RECORDED)
    assert outcome.refused == []
    yield asking(server, seal, key)
    await server.schema(EMPTY)


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


@pytest.mark.parametrize(
    "text", [SSN, f"Baker {SSN}", SSN.replace("-", "."), SSN.replace("-", "\N{EN DASH}")]
)
async def test_a_social_security_number_is_in_no_statement(
    found: Ask, server: Graph, text: str
) -> None:
    server.statements = 0

    assert (await found(SEARCH, text=text))["search"]["edges"] == []
    assert server.statements == 0


async def test_a_search_costs_at_most_three_statements(found: Ask, server: Graph) -> None:
    for text, statements in (("harbor textiles", 2), ("b76", 3), ("12-3456789", 3)):
        server.statements = 0
        await labels(found, text)
        assert server.statements == statements, text


async def test_too_long_a_text_and_kinds_without_text_are_refused(found: Ask) -> None:
    await found(SEARCH, "BAD_USER_INPUT", text="x" * 201)
    await found(SEARCH, "BAD_USER_INPUT", text="x", kinds=["RISK_FLAG"])
