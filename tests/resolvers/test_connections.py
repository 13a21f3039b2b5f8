"""How two things are connected: the shortest paths, every knob, every refusal."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph import connections, ids, rounds
from graph.errors import TimedOut
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

IRIS, NOBODY, HOLDINGS, MILL = map(ids.encode, ("Party:P-1", "Party:U-1", "Party:O-1", "Party:O-2"))
TEXTILES, ALDER, APPAREL = map(ids.encode, ("Account:A-1", "AccountManager:M-1", "Center:CEE004"))
NUMBER = ids.encode("ImporterNumber:N-1")
DOCUMENT = """
  query ($from: ID!, $to: ID!, $walk: WalkInput, $maxLength: Int! = 6, $longer: Boolean! = false,
         $limit: Int! = 10, $moment: MomentInput) {
    shortestPaths(from: $from, to: $to, walk: $walk, maxLength: $maxLength, longer: $longer,
                  limit: $limit, moment: $moment) {
      connected
      paths {
        length text share { min max } start { label } end { label }
        hops { forward relationship { from { label } } }
      }
      completeness { state exploredNodes exploredEdges reason hint }
      moment { asOf } reproduction { document variables }
    }
  }
"""


async def walked(ask: Ask, from_: str, to: str, **more: object) -> dict[str, Any]:
    answer = await ask(DOCUMENT, **{"from": from_, "to": to}, **more)
    found: dict[str, Any] = answer["shortestPaths"]
    return found


async def verdict(ask: Ask, from_: str, to: str, **walk: object) -> tuple[str, str, int]:
    found = await walked(ask, from_, to, walk=walk)
    return found["connected"], found["completeness"]["state"], len(found["paths"])


async def test_all_shortest_paths_are_told_with_their_steps(harbor: Graph, ask: Ask) -> None:
    found = await walked(ask, IRIS, TEXTILES)

    assert found["connected"] == "YES"
    assert [path["text"] for path in found["paths"]] == [
        f"Iris Fenwick -[OWNS 60%]-> Harbor Holdings -[HOLDS]-> {number} -[IDENTIFIES]-> "
        "Harbor Textiles"
        for number in ("12-3456789AB", "12-3456789AC")
    ]
    path = found["paths"][0]
    assert (path["length"], path["share"]) == (3, None)
    assert (path["start"]["label"], path["end"]["label"]) == ("Iris Fenwick", "Harbor Textiles")
    assert [(hop["forward"], hop["relationship"]["from"]["label"]) for hop in path["hops"]] == [
        (True, "Iris Fenwick"),
        (True, "Harbor Holdings"),
        (True, "12-3456789AB"),
    ]
    assert found["completeness"]["state"] == "COMPLETE"
    assert harbor.statements == 5  # the ends, three levels, the paths


async def test_a_way_against_relationships_is_told_backwards(harbor: Graph, ask: Ask) -> None:
    [path] = (await walked(ask, MILL, IRIS))["paths"]

    assert path["text"] == ("Harbor Mill <-[OWNS 100%]- Harbor Holdings <-[OWNS 60%]- Iris Fenwick")
    [down] = (await walked(ask, IRIS, MILL))["paths"]
    assert down["share"] == {"min": 60, "max": 60}


async def test_longer_paths_follow_the_shortest(harbor: Graph, ask: Ask) -> None:
    walk = {"relationshipTypes": ["MANAGED_BY", "ASSIGNED_TO", "MEMBER_OF"]}
    short = await walked(ask, ALDER, APPAREL, walk=walk)
    long = await walked(ask, ALDER, APPAREL, walk=walk, longer=True)

    assert [path["length"] for path in short["paths"]] == [1]
    assert [path["length"] for path in long["paths"]] == [1, 2, 3]
    assert long["completeness"]["state"] == "COMPLETE"


async def test_reference_data_is_walked_only_if_asked_for(harbor: Graph, ask: Ask) -> None:
    [path] = (await walked(ask, ALDER, APPAREL))["paths"]

    assert path["text"].count("MEMBER_OF") == 0
    assert path["length"] == 2


KNOBS: list[tuple[str, str, dict[str, object], tuple[str, str, int]]] = [
    (IRIS, TEXTILES, {"direction": "OUT"}, ("YES", "COMPLETE", 2)),
    (IRIS, TEXTILES, {"direction": "IN"}, ("NO", "COMPLETE", 0)),
    (TEXTILES, IRIS, {"direction": "IN"}, ("YES", "COMPLETE", 2)),
    (IRIS, TEXTILES, {"relationshipTypes": ["OWNS"]}, ("NO", "COMPLETE", 0)),
    (IRIS, TEXTILES, {"through": ["ORGANIZATION"]}, ("NO", "COMPLETE", 0)),
    (IRIS, TEXTILES, {"through": ["ORGANIZATION", "IMPORTER_NUMBER"]}, ("YES", "COMPLETE", 2)),
    (IRIS, TEXTILES, {"avoid": [NUMBER]}, ("YES", "COMPLETE", 1)),
    (IRIS, TEXTILES, {"avoid": [HOLDINGS]}, ("NO", "COMPLETE", 0)),
    (IRIS, HOLDINGS, {"avoid": [HOLDINGS, IRIS]}, ("YES", "COMPLETE", 1)),
    (IRIS, TEXTILES, {"maxDegree": 5}, ("YES", "COMPLETE", 2)),
    (IRIS, TEXTILES, {"maxDegree": 4}, ("NO", "COMPLETE", 0)),
    (IRIS, HOLDINGS, {"maxDegree": 1}, ("YES", "COMPLETE", 1)),
    (IRIS, HOLDINGS, {"minShare": 60}, ("YES", "COMPLETE", 1)),
    (IRIS, HOLDINGS, {"minShare": 60.0000001}, ("NO", "COMPLETE", 0)),
    (NOBODY, HOLDINGS, {"minShare": 99.5}, ("YES", "COMPLETE", 1)),
    (NOBODY, HOLDINGS, {"includeUndisclosed": False}, ("NO", "COMPLETE", 0)),
]


@pytest.mark.parametrize(("from_", "to", "walk", "due"), KNOBS)
async def test_a_knob(
    harbor: Graph,
    ask: Ask,
    from_: str,
    to: str,
    walk: dict[str, object],
    due: tuple[str, str, int],
) -> None:
    assert await verdict(ask, from_, to, **walk) == due


async def test_ended_relationships_are_followed_if_asked_for(harbor: Graph, ask: Ask) -> None:
    rows: list[worlds.Row] = [
        worlds.person("P-2", "Otto Brand"),
        worlds.claim("Party:P-2", "OFFICER_OF", "Party:O-2", until=date(2022, 1, 1)),
    ]
    assert (await write(harbor, rows, at=datetime(2022, 2, 1, tzinfo=UTC))).refused == []
    otto = ids.encode("Party:P-2")

    assert await verdict(ask, MILL, otto) == ("NO", "COMPLETE", 0)
    assert await verdict(ask, MILL, otto, includeFormer=True) == ("YES", "COMPLETE", 1)
    then = await walked(ask, MILL, otto, moment={"asOf": "2021-06-01"})
    assert (then["connected"], then["moment"]) == ("YES", {"asOf": "2021-06-01"})
    known = {"asOf": "2021-06-01", "knownAt": "2022-01-15T00:00:00Z"}
    await ask(  # otto was not recorded yet
        DOCUMENT, "BAD_USER_INPUT", **{"from": MILL, "to": otto, "moment": known}
    )


async def test_an_id_may_carry_the_moment(harbor: Graph, ask: Ask) -> None:
    before = ids.encode("Party:P-1@2019-01-01/")
    other = ids.encode("Party:O-1@2018-01-01/")

    found = await walked(ask, before, HOLDINGS)
    assert (found["connected"], found["moment"]["asOf"]) == ("NO", "2019-01-01")
    assert (await walked(ask, before, other, moment={"asOf": "2024-01-01"}))["connected"] == "YES"
    await ask(DOCUMENT, "BAD_USER_INPUT", **{"from": before, "to": other})


async def test_the_longest_length_leaves_it_open_and_says_so(harbor: Graph, ask: Ask) -> None:
    found = await walked(ask, IRIS, ALDER, maxLength=2)

    assert (found["connected"], found["paths"]) == ("UNDETERMINED", [])
    assert found["completeness"]["state"] == "TRUNCATED"
    assert "at most 2 relationships" in found["completeness"]["reason"]
    assert "'maxLength'" in found["completeness"]["hint"]


async def test_more_paths_than_the_limit_are_truncated(harbor: Graph, ask: Ask) -> None:
    all_ = await walked(ask, IRIS, TEXTILES)
    found = await walked(ask, IRIS, TEXTILES, limit=1)

    assert found["paths"] == all_["paths"][:1]
    assert found["completeness"]["state"] == "TRUNCATED"
    assert found["completeness"]["reason"] == "There are more than 1 paths."
    assert "'limit'" in found["completeness"]["hint"]


async def test_no_time_is_told(harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rounds, "SECONDS", 0.0)
    found = await walked(ask, IRIS, TEXTILES)

    assert (found["connected"], found["paths"]) == ("UNDETERMINED", [])
    assert found["completeness"]["state"] == "TIMED_OUT"
    assert found["completeness"]["hint"]


async def test_a_round_past_its_time_limit_is_told(
    harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def late(*_: object) -> None:
        raise TimedOut("The question ran past its time limit.")

    monkeypatch.setattr(rounds.Rounds, "_steps", late)
    found = await walked(ask, IRIS, TEXTILES)

    assert (found["connected"], found["completeness"]["state"]) == ("UNDETERMINED", "TIMED_OUT")


async def test_too_many_ways_to_try_are_told(
    harbor: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "MOST_STEPS", 3)
    found = await walked(ask, IRIS, TEXTILES)

    assert found["completeness"]["state"] == "TRUNCATED"
    assert "3 steps" in found["completeness"]["reason"]


@pytest.mark.parametrize(
    ("said", "bad"),
    [
        ("'from' is no global id", {"from": "nonsense"}),
        ("'to' is the id of another kind", {"to": ids.encode("Relationship:R-1")}),
        ("'from' is the id of nothing", {"from": ids.encode("Party:O-99")}),
        ("'to' is the id of nothing", {"to": ids.encode("Account:A-99")}),
        ("are the same thing", {"to": IRIS}),
        ("'maxLength' must be between 1 and 10", {"maxLength": 0}),
        ("'maxLength' must be between 1 and 10", {"maxLength": 11}),
        ("'limit' must be between 1 and 100", {"limit": 101}),
        ("'moment.knownAt' lies in the future", {"moment": {"knownAt": "2999-01-01T00:00:00Z"}}),
        ("'walk.relationshipTypes' takes 1", {"walk": {"relationshipTypes": []}}),
        ("'walk.through' takes 1", {"walk": {"through": []}}),
        ("'walk.avoid' takes 1", {"walk": {"avoid": []}}),
        ("'walk.avoid' is no global id", {"walk": {"avoid": ["x"]}}),
        ("'walk.maxDegree' must be between", {"walk": {"maxDegree": 0}}),
    ],
)
async def test_a_bad_question_is_refused(
    harbor: Graph, ask: Ask, said: str, bad: dict[str, object]
) -> None:
    with pytest.raises(AssertionError) as told:  # the errors, as `ask` did not expect them
        await ask(DOCUMENT, **{"from": IRIS, "to": TEXTILES, **bad})
    assert said in str(told.value)
    await ask(DOCUMENT, "BAD_USER_INPUT", **{"from": IRIS, "to": TEXTILES, **bad})


async def test_the_same_answer_can_be_had_again_later(harbor: Graph, ask: Ask) -> None:
    walk = {"maxDegree": 5, "minShare": 12.5, "avoid": [NUMBER], "through": ["ORGANIZATION",
            "IMPORTER_NUMBER"]}  # fmt: skip
    first = await walked(ask, IRIS, TEXTILES, walk=walk)
    again = first["reproduction"]
    assert again["variables"]["moment"].keys() == {"asOf", "knownAt"}
    assert (
        await write(harbor, [worlds.owns("Party:P-1", "Party:O-1", 5)], at=datetime.now(UTC))
    ).refused == []

    found = (await ask(again["document"], **again["variables"]))["shortestPaths"]

    assert found["connected"] == first["connected"] == "YES"
    assert [each["text"] for each in found["paths"]] == [each["text"] for each in first["paths"]]
    assert found["completeness"] == first["completeness"]
    assert (await walked(ask, IRIS, TEXTILES, walk=walk))["connected"] == "NO"
