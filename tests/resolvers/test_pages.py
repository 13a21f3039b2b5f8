"""Pages: both ways, bound to their list, refused where they do not fit."""

from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

HOLDINGS = """
  query ($first: Int, $after: String, $last: Int, $before: String) {
    party(by: {id: "UGFydHk6TE9ORw"}) {
      holdings(first: $first, after: $after, last: $last, before: $before) {
        totalCount { value relation }
        edges { cursor node { name } }
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }
"""
PARTIES = """
  query ($first: Int, $after: String, $last: Int, $before: String, $words: String) {
    parties(
      nameContains: $words, first: $first, after: $after, last: $last, before: $before
    ) {
      totalCount { value relation }
      nodes { name }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
"""
NUMBERS = """
  query ($after: String) {
    account(by: {id: "QWNjb3VudDpBLTE"}) {
      importerNumbers(first: 1, after: $after) { pageInfo { endCursor } nodes { display } }
    }
  }
"""
NAMES = [f"Mill {letter}" for letter in "ABCDE"]


@pytest.fixture
async def mills(graph: Graph) -> Graph:
    """One holder of five mills, with shares of 50, 40, 30, 20 and 10 percent."""
    rows = [worlds.organization("LONG", "Long Holdings")]
    rows += [worlds.organization(f"O-{name[-1]}", name) for name in NAMES]
    shares = [
        worlds.owns("Party:LONG", f"Party:O-{name[-1]}", 50 - 10 * place)
        for place, name in enumerate(NAMES)
    ]
    await write(graph, [*rows, *shares], at=worlds.RECORDED)
    graph.statements = 0
    return graph


def names(page: dict[str, Any]) -> list[str]:
    return [edge["node"]["name"] for edge in page["edges"]]


@pytest.mark.usefixtures("mills")
async def test_a_list_is_walked_forward_and_back(ask: Ask) -> None:
    first = (await ask(HOLDINGS, first=2))["party"]["holdings"]
    after = first["pageInfo"]["endCursor"]
    second = (await ask(HOLDINGS, first=2, after=after))["party"]["holdings"]
    start = second["pageInfo"]["startCursor"]
    back = (await ask(HOLDINGS, last=1, before=start))["party"]["holdings"]
    last = (await ask(HOLDINGS, last=2))["party"]["holdings"]

    assert [names(page) for page in (first, second, back, last)] == [
        NAMES[:2],
        NAMES[2:4],
        NAMES[1:2],
        NAMES[3:],
    ]
    ends = [(p["pageInfo"]["hasPreviousPage"], p["pageInfo"]["hasNextPage"]) for p in (first, back)]
    assert ends == [(False, True), (True, True)]
    assert first["totalCount"] == {"value": 5, "relation": "EXACT"}


@pytest.mark.usefixtures("mills")
@pytest.mark.parametrize(("_case", "words"), [("all names", None), ("by words", "mill")])
async def test_parties_are_walked_forward_and_back(ask: Ask, _case: str, words: str | None) -> None:
    expected = NAMES if words else ["Long Holdings", *NAMES]

    first = (await ask(PARTIES, first=3, words=words))["parties"]
    rest = await ask(PARTIES, first=9, after=first["pageInfo"]["endCursor"], words=words)
    last = (await ask(PARTIES, last=2, words=words))["parties"]
    before = last["pageInfo"]["startCursor"]
    back = (await ask(PARTIES, last=9, before=before, words=words))["parties"]

    shown = [node["name"] for node in first["nodes"] + rest["parties"]["nodes"]]
    assert shown == expected
    assert [node["name"] for node in back["nodes"] + last["nodes"]] == expected
    assert first["totalCount"] == {"value": len(expected), "relation": "EXACT"}
    assert first["pageInfo"]["hasNextPage"]
    assert not back["pageInfo"]["hasPreviousPage"]


async def test_a_part_that_came_along_is_paged_without_another_statement(
    harbor: Graph, ask: Ask
) -> None:
    first = (await ask(NUMBERS))["account"]["importerNumbers"]
    second = (await ask(NUMBERS, after=first["pageInfo"]["endCursor"]))["account"]

    assert first["nodes"] == [{"display": "12-3456789AB"}]
    assert second["importerNumbers"]["nodes"] == [{"display": "12-3456789AC"}]
    assert harbor.statements == 2


@pytest.mark.usefixtures("mills")
async def test_a_cursor_of_another_list_is_refused(ask: Ask) -> None:
    cursor = (await ask(PARTIES, first=1))["parties"]["pageInfo"]["endCursor"]

    await ask(HOLDINGS, "CURSOR_INVALID", first=1, after=cursor)
    await ask(PARTIES, "CURSOR_INVALID", first=1, after=cursor, words="mill")
    await ask(
        PARTIES, "CURSOR_INVALID", first=1, after=("A" if cursor[0] != "A" else "B") + cursor[1:]
    )


@pytest.mark.usefixtures("mills")
@pytest.mark.parametrize(
    "size", [{"first": 0}, {"first": 101}, {"last": -1}, {"first": 1, "last": 1}], ids=str
)
async def test_a_size_out_of_range_is_refused(ask: Ask, size: dict[str, int]) -> None:
    await ask(HOLDINGS, "BAD_USER_INPUT", **size)


async def test_more_than_a_part_is_paged_by_statement(
    graph: Graph, key: IdentifierKey, ask: Ask
) -> None:
    rows: list[worlds.Row] = [worlds.account("A-1", "Many Numbers")]
    for place in range(120):
        rows.append(worlds.number(key, f"N-{place}", f"12-3456{place:03}AA"))
    numbers = {
        row.properties["display"]: row for row in rows[1:] if isinstance(row, worlds.NodeRow)
    }
    rows = [rows[0], *numbers.values()]
    rows += [worlds.claim(row.key, "IDENTIFIES", "Account:A-1") for row in numbers.values()]
    await write(graph, rows, at=worlds.RECORDED)

    seen, after = [], None
    for _ in range(len(numbers)):
        page = (await ask(NUMBERS.replace("first: 1", "first: 50"), after=after))["account"]
        seen += [node["display"] for node in page["importerNumbers"]["nodes"]]
        after = page["importerNumbers"]["pageInfo"]["endCursor"]
        if len(seen) >= len(numbers):
            break

    assert seen == sorted(str(display) for display in numbers)
    assert len(seen) == 120
