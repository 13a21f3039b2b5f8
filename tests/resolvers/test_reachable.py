"""What can be reached, nearest first, by pages."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph import ids, rounds
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

IRIS, HOLDINGS, MILL, TEXTILES = map(
    ids.encode, ("Party:P-1", "Party:O-1", "Party:O-2", "Account:A-1")
)
DOCUMENT = """
  query ($from: [ID!]!, $kinds: [EntityKind!], $walk: WalkInput, $maxDepth: Int! = 4,
         $moment: MomentInput, $first: Int, $after: String, $last: Int, $before: String) {
    reachable(from: $from, kinds: $kinds, walk: $walk, maxDepth: $maxDepth, moment: $moment,
              first: $first, after: $after, last: $last, before: $before) {
      totalCount { value relation }
      edges { cursor distance node { label } path { text } }
      nodes { label }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      completeness { state exploredNodes exploredEdges reason hint }
      reproduction { document variables }
    }
  }
"""
SHORT = "query ($from: [ID!]!) { reachable(from: $from) { edges { node { label } } } }"


async def reached(ask: Ask, *from_: str, **more: object) -> dict[str, Any]:
    found: dict[str, Any] = (await ask(DOCUMENT, **{"from": list(from_)}, **more))["reachable"]
    return found


def labels(found: dict[str, Any]) -> list[tuple[int, str]]:
    return [(edge["distance"], edge["node"]["label"]) for edge in found["edges"]]


async def test_what_is_reached_comes_nearest_first(harbor: Graph, ask: Ask) -> None:
    found = await reached(ask, IRIS)

    assert labels(found) == [
        (1, "Harbor Holdings"),
        (2, "12-3456789AB"),
        (2, "12-3456789AC"),
        (2, "Harbor Mill"),
        (2, "Not disclosed"),
        (3, "Harbor Textiles"),
        (4, "R. Alder"),
        (4, "S. Birch"),
        (4, "Apparel, Footwear and Textiles"),
    ]
    assert found["edges"][5]["path"]["text"] == (
        "Iris Fenwick -[OWNS 60%]-> Harbor Holdings -[HOLDS]-> 12-3456789AB -[IDENTIFIES]-> "
        "Harbor Textiles"
    )
    assert [each["label"] for each in found["nodes"]] == [label for _, label in labels(found)]
    assert found["totalCount"] == {"value": 9, "relation": "EXACT"}
    assert found["completeness"] == {
        "state": "COMPLETE",
        "exploredNodes": 10,
        "exploredEdges": 10,
        "reason": None,
        "hint": None,
    }
    assert harbor.statements == 6  # the start, four levels, the paths


async def test_without_paths_only_the_things_are_read(harbor: Graph, ask: Ask) -> None:
    found = await ask(SHORT, **{"from": [IRIS]})

    assert len(found["reachable"]["edges"]) == 9
    assert harbor.statements == 6


async def test_kinds_filter_what_is_answered_not_what_is_walked(harbor: Graph, ask: Ask) -> None:
    found = await reached(ask, IRIS, kinds=["IMPORTER_ACCOUNT", "UNSPECIFIED_PARTY"])

    assert labels(found) == [(2, "Not disclosed"), (3, "Harbor Textiles")]
    assert found["totalCount"]["value"] == 2


async def test_several_starts_are_left_out_themselves(harbor: Graph, ask: Ask) -> None:
    found = await reached(ask, IRIS, TEXTILES, IRIS, maxDepth=1)

    assert labels(found) == [
        (1, "R. Alder"),
        (1, "S. Birch"),
        (1, "Apparel, Footwear and Textiles"),
        (1, "12-3456789AB"),
        (1, "12-3456789AC"),
        (1, "Harbor Holdings"),
    ]


async def test_ends_are_reached_but_not_passed(harbor: Graph, ask: Ask) -> None:
    for walk in (
        {"avoid": [HOLDINGS]},
        {"through": ["IMPORTER_NUMBER"]},
        {"maxDegree": 4},
        {"relationshipTypes": ["OWNS"], "direction": "OUT", "avoid": [HOLDINGS]},
    ):
        found = await reached(ask, IRIS, walk=walk)
        assert labels(found) == [(1, "Harbor Holdings")]
        assert found["completeness"]["state"] == "COMPLETE"


async def test_pages_go_on_by_cursor_both_ways(harbor: Graph, ask: Ask) -> None:
    whole = labels(await reached(ask, IRIS))
    seen: list[tuple[int, str]] = []
    page = await reached(ask, IRIS, first=4)
    seen += labels(page)
    while page["pageInfo"]["hasNextPage"]:
        page = await reached(ask, IRIS, first=4, after=page["pageInfo"]["endCursor"])
        assert page["pageInfo"]["hasPreviousPage"]
        assert page["totalCount"]["value"] == 9
        seen += labels(page)
    assert seen == whole

    back = await reached(ask, IRIS, last=3, before=page["edges"][0]["cursor"])
    assert labels(back) == whole[5:8]
    assert back["pageInfo"]["hasNextPage"]


async def test_a_cursor_fits_only_its_question(harbor: Graph, ask: Ask) -> None:
    cursor = (await reached(ask, IRIS, first=1))["pageInfo"]["endCursor"]

    for more in ({"kinds": ["PERSON"]}, {"maxDepth": 3}, {"walk": {"direction": "OUT"}}):
        await ask(DOCUMENT, "CURSOR_INVALID", **{"from": [IRIS], "after": cursor, **more})
    await ask(DOCUMENT, "CURSOR_INVALID", **{"from": [MILL], "after": cursor})


async def test_a_page_can_be_had_again_later(harbor: Graph, ask: Ask) -> None:
    cursor = (await reached(ask, IRIS, first=2))["pageInfo"]["endCursor"]
    kinds = ["IMPORTER_NUMBER", "IMPORTER_ACCOUNT", "ORGANIZATION"]
    for more in ({"first": 3, "after": cursor}, {"last": 2}, {"kinds": kinds}):
        page = await reached(ask, IRIS, **more)
        again = page["reproduction"]
        await write(harbor, [worlds.organization("O-0", "New")], at=datetime.now(UTC))
        rows: list[worlds.Row] = [worlds.owns("Party:P-1", "Party:O-0", 7)]
        await write(harbor, rows, at=datetime.now(UTC))

        found = (await ask(again["document"], **again["variables"]))["reachable"]

        assert labels(found) == labels(page)
        assert found["totalCount"] == page["totalCount"]
        assert found["completeness"] == page["completeness"]


async def test_no_time_is_told_and_counts_at_least(
    harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rounds, "SECONDS", 0.0)
    found = await reached(ask, IRIS)

    assert found["edges"] == []
    assert found["totalCount"] == {"value": 0, "relation": "AT_LEAST"}
    assert found["completeness"]["state"] == "TIMED_OUT"


@pytest.mark.parametrize(
    ("said", "bad"),
    [
        ("'from' takes 1 to 20 ids", {"from": []}),
        ("'from' takes 1 to 20 ids", {"from": [IRIS] * 21}),
        ("'from' is no global id", {"from": ["nonsense"]}),
        ("'from' is the id of another kind", {"from": [ids.encode("Change:1")]}),
        ("'from' holds the id of nothing", {"from": [IRIS, ids.encode("Party:O-99")]}),
        ("'kinds' takes 1", {"kinds": []}),
        ("'maxDepth' must be between 1 and 10", {"maxDepth": 0}),
        ("'maxDepth' must be between 1 and 10", {"maxDepth": 11}),
        ("'first' must be between", {"first": 101}),
        ("exclude each other", {"first": 1, "last": 1}),
        ("'walk.relationshipTypes' takes 1", {"walk": {"relationshipTypes": []}}),
    ],
)
async def test_a_bad_question_is_refused(
    harbor: Graph, ask: Ask, said: str, bad: dict[str, object]
) -> None:
    with pytest.raises(AssertionError) as told:  # the errors, as `ask` did not expect them
        await ask(DOCUMENT, **{"from": [IRIS], **bad})
    assert said in str(told.value)
    await ask(DOCUMENT, "BAD_USER_INPUT", **{"from": [IRIS], **bad})
