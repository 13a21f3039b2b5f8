"""A part of the graph to draw."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph import ids, neighborhoods, rounds
from graph.load.write import write
from graph.session import Graph
from resolvers import relationship
from tests import worlds
from tests.resolvers.conftest import Ask

IRIS, HOLDINGS, MILL, TEXTILES, ALDER, APPAREL = map(
    ids.encode,
    (
        "Party:P-1",
        "Party:O-1",
        "Party:O-2",
        "Account:A-1",
        "AccountManager:M-1",
        "Center:CEE004",
    ),
)
DOCUMENT = """
  query ($around: [ID!]!, $depth: Int! = 1, $walk: WalkInput, $among: [ID!], $limit: Int! = 100,
         $moment: MomentInput) {
    neighborhood(around: $around, depth: $depth, walk: $walk, among: $among, limit: $limit,
                 moment: $moment) {
      nodes {
        entity { id label } distance hidden { type direction count { value relation } }
      }
      relationships { type from { id label } to { id label } }
      completeness { state exploredNodes exploredEdges reason hint }
      reproduction { document variables }
    }
  }
"""
BARE = "query ($around: [ID!]!) { neighborhood(around: $around) { nodes { entity { label } } } }"


async def part(ask: Ask, *around: str, **more: object) -> dict[str, Any]:
    found: dict[str, Any] = (await ask(DOCUMENT, around=list(around), **more))["neighborhood"]
    return found


def labels(found: dict[str, Any]) -> list[tuple[int, str]]:
    return [(node["distance"], node["entity"]["label"]) for node in found["nodes"]]


def joins(found: dict[str, Any]) -> list[tuple[str, str, str]]:
    told = [(r["type"], r["from"]["label"], r["to"]["label"]) for r in found["relationships"]]
    return sorted(told)


def hidden(found: dict[str, Any], label: str) -> dict[tuple[str, str], int]:
    node = next(each for each in found["nodes"] if each["entity"]["label"] == label)
    return {(d["type"], d["direction"]): d["count"]["value"] for d in node["hidden"]}


async def test_things_around_one_nearest_first_then_fewest_relationships(
    harbor: Graph, ask: Ask
) -> None:
    found = await part(ask, HOLDINGS)

    assert labels(found) == [
        (0, "Harbor Holdings"),
        (1, "Harbor Mill"),
        (1, "Iris Fenwick"),
        (1, "Not disclosed"),
        (1, "12-3456789AB"),
        (1, "12-3456789AC"),
    ]
    assert ("OWNS", "Iris Fenwick", "Harbor Holdings") in joins(found)
    assert len(joins(found)) == 5
    assert hidden(found, "12-3456789AB") == {("IDENTIFIES", "OUT"): 1}
    assert hidden(found, "Harbor Holdings") == {}
    assert found["completeness"] == {
        "state": "COMPLETE",
        "exploredNodes": 6,
        "exploredEdges": 5,
        "reason": None,
        "hint": None,
    }
    assert harbor.statements == 5  # the middle, one level, counts, the part, what is hidden


async def test_relationships_at_the_rim_are_shown_too(harbor: Graph, ask: Ask) -> None:
    walk = {"relationshipTypes": ["MANAGED_BY", "ASSIGNED_TO", "MEMBER_OF"]}
    found = await part(ask, TEXTILES, walk=walk)

    assert len(joins(found)) == 5
    assert ("MEMBER_OF", "R. Alder", "Apparel, Footwear and Textiles") in joins(found)
    assert hidden(found, "Harbor Textiles") == {("IDENTIFIES", "IN"): 2}


async def test_the_ends_of_what_is_shown_are_told_without_waiting(
    harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def asked(*_: object) -> None:
        raise AssertionError("an end came along with its relationship, and is asked for")

    monkeypatch.setattr(relationship, "_end", asked)
    found = await part(ask, HOLDINGS)

    assert ("OWNS", "Iris Fenwick", "Harbor Holdings") in joins(found)


async def test_depth_0_gives_only_relationships_among_them(harbor: Graph, ask: Ask) -> None:
    found = await part(ask, IRIS, HOLDINGS, TEXTILES, depth=0)

    assert [far for far, _ in labels(found)] == [0, 0, 0]
    assert joins(found) == [("OWNS", "Iris Fenwick", "Harbor Holdings")]
    assert hidden(found, "Harbor Holdings") == {
        ("HOLDS", "OUT"): 2,
        ("OWNS", "IN"): 1,
        ("OWNS", "OUT"): 1,
    }
    assert harbor.statements == 4


async def test_among_keeps_to_what_the_canvas_shows(harbor: Graph, ask: Ask) -> None:
    canvas = [IRIS, MILL, TEXTILES, ids.encode("Party:O-99")]
    found = await part(ask, HOLDINGS, among=canvas, depth=4)

    assert labels(found) == [(0, "Harbor Holdings"), (1, "Harbor Mill"), (1, "Iris Fenwick")]
    assert len(joins(found)) == 2
    assert hidden(found, "Harbor Holdings") == {("HOLDS", "OUT"): 2, ("OWNS", "IN"): 1}
    assert found["completeness"]["state"] == "COMPLETE"
    assert harbor.statements == 4


async def test_a_limit_keeps_the_nearest_and_says_so(harbor: Graph, ask: Ask) -> None:
    found = await part(ask, HOLDINGS, limit=3)

    assert labels(found) == labels(await part(ask, HOLDINGS))[:3]
    assert len(joins(found)) == 2
    assert found["completeness"]["state"] == "TRUNCATED"
    assert found["completeness"]["reason"] == "There are 6 things; the nearest 3 are shown."
    assert "'limit'" in found["completeness"]["hint"]


async def test_what_is_not_asked_for_is_not_counted(harbor: Graph, ask: Ask) -> None:
    found = await ask(BARE, around=[HOLDINGS])

    assert len(found["neighborhood"]["nodes"]) == 6
    assert harbor.statements == 4


async def test_the_walk_and_the_moment_hold_here_too(harbor: Graph, ask: Ask) -> None:
    assert labels(await part(ask, HOLDINGS, moment={"asOf": "2019-01-01"})) == [
        (0, "Harbor Holdings")
    ]
    walk = {"direction": "OUT", "minShare": 50, "includeUndisclosed": False}
    assert [label for _, label in labels(await part(ask, HOLDINGS, walk=walk))] == [
        "Harbor Holdings",
        "Harbor Mill",
        "12-3456789AB",
        "12-3456789AC",
    ]
    found = await part(ask, IRIS, walk={"avoid": [HOLDINGS]}, depth=4)
    assert labels(found) == [(0, "Iris Fenwick"), (1, "Harbor Holdings")]


async def test_it_can_be_had_again_later(harbor: Graph, ask: Ask) -> None:
    first = await part(ask, HOLDINGS, among=[IRIS, MILL], depth=2)
    again = first["reproduction"]
    rows: list[worlds.Row] = [worlds.owns("Party:P-1", "Party:O-2", 7)]
    await write(harbor, rows, at=datetime.now(UTC))

    found = (await ask(again["document"], **again["variables"]))["neighborhood"]

    assert labels(found) == labels(first)
    assert len(found["relationships"]) == len(first["relationships"]) == 2
    assert found["completeness"] == first["completeness"]
    assert len((await part(ask, HOLDINGS, among=[IRIS, MILL]))["relationships"]) == 3


async def test_no_time_is_told(harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "SECONDS", 0.0)
    found = await part(ask, HOLDINGS)

    assert labels(found) == [(0, "Harbor Holdings")]
    assert found["completeness"]["state"] == "TIMED_OUT"


async def test_caps_on_what_is_shown_are_told(
    harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(neighborhoods, "MOST_CLAIMS", 2)
    found = await part(ask, HOLDINGS)

    assert len(found["relationships"]) == 2
    assert found["completeness"]["reason"].startswith("More than 2 relationships")

    monkeypatch.setattr(neighborhoods, "MOST_EACH", 0)
    monkeypatch.setattr(neighborhoods, "MOST_HUBS", 1)
    found = await part(ask, HOLDINGS)
    assert found["relationships"] == []
    assert found["completeness"]["state"] == "TRUNCATED"


async def test_relationships_between_two_hubs_are_found(
    harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = joins(await part(ask, HOLDINGS))
    monkeypatch.setattr(neighborhoods, "MOST_EACH", 2)  # the numbers and the middle have more

    assert joins(await part(ask, HOLDINGS)) == due


@pytest.mark.parametrize(
    ("said", "bad"),
    [
        ("'around' takes 1 to 100 ids", {"around": []}),
        ("'around' is no global id", {"around": ["nonsense"]}),
        ("'around' is the id of another kind", {"around": [ids.encode("Term:COUNTRY.NL")]}),
        ("'around' holds the id of nothing", {"around": [ids.encode("Party:O-99")]}),
        ("'among' takes 1 to 100 ids", {"among": []}),
        ("'among' is no global id", {"among": ["nonsense"]}),
        ("'depth' must be between 0 and 4", {"depth": -1}),
        ("'depth' must be between 0 and 4", {"depth": 5}),
        ("'limit' must be between 1 and 1000", {"limit": 0}),
        ("'walk.through' takes 1", {"walk": {"through": []}}),
    ],
)
async def test_a_bad_question_is_refused(
    harbor: Graph, ask: Ask, said: str, bad: dict[str, object]
) -> None:
    with pytest.raises(AssertionError) as told:  # the errors, as `ask` did not expect them
        await ask(DOCUMENT, **{"around": [IRIS], **bad})
    assert said in str(told.value)
    await ask(DOCUMENT, "BAD_USER_INPUT", **{"around": [IRIS], **bad})
