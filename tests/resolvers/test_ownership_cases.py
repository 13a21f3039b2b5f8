"""Awkward ownership, through the writer and GraphQL: joint holders, nominees, sources, votes."""

import pytest

from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.ownership_rows import (
    GROUP,
    ULTIMATE,
    asked,
    held,
    org,
    owners,
    people,
    remarks,
    said,
    written,
)

REST = """query ($id: ID!) { node(id: $id) { ... on Party {
    holdings { edges { node { label } share { min max } remainder { min max } } } }
  ... on Organization { owners(first: 1) { remainder { min max exact }
    nodes { ... on Entity { label } } } } } }"""


@pytest.mark.parametrize(
    ("claims", "least", "most"),
    [
        ([("P-ann", 40, 40, True), ("P-ben", 35, 35, True)], 25, 25),
        ([("P-ann", 40, 50, True), ("P-ben", 10, 20, True)], 30, 50),
        ([("P-ann", 40, 40, True), ("P-ben", 0, 100, False)], 0, 60),
        ([("P-ann", 45, 45, True), ("O-mill", 20, 20, True)], 35, 35),  # shares of its own
        ([("O-mill", 100, 100, True)], 0, 0),
        ([("P-ann", 80, 80, True), ("P-ben", 60, 60, True)], 0, 0),
        ([], 100, 100),
    ],
)
async def test_what_no_recorded_owner_holds_stands_beside_the_owners(
    graph: Graph, ask: Ask, claims: list[tuple[str, int, int, bool]], least: int, most: int
) -> None:
    """The second owner lies beyond the page, and counts."""
    shares = [held(a, "O-mill", low, high, disclosed=told) for a, low, high, told in claims]
    elsewhere = [held("P-ann", "O-loom", 5), held("O-loom", "O-loom", 1)]
    await written(graph, *org("mill", "loom"), *people("ann", "ben"), *shares, *elsewhere)

    found = (await asked(ask, REST, "O-mill"))["owners"]

    rest = found["remainder"]
    assert (rest["min"], rest["max"]) == (least, most)
    assert rest["exact"] == (least if least == most else None)


async def test_each_holding_tells_what_nobody_is_recorded_to_hold(graph: Graph, ask: Ask) -> None:
    """Ann is ben's nominee for 30 of mill: the shares stay where they are registered."""
    moved = worlds.claim("Party:P-ann", "NOMINEE_FOR", "Party:P-ben")
    claims = [held("P-ann", "O-mill", 30), held("P-ben", "O-mill", 20), held("P-ann", "O-loom", 5)]
    await written(graph, *org("mill", "loom"), *people("ann", "ben"), *claims, moved)
    graph.statements = 0

    found = (await asked(ask, REST, "P-ann"))["holdings"]["edges"]

    assert [(e["node"]["label"], e["share"]["min"], e["remainder"]) for e in found] == [
        ("Mill", 30, {"min": 50, "max": 50}),
        ("Loom", 5, {"min": 95, "max": 95}),
    ]


async def test_joint_holders_may_each_have_all_of_it_or_nothing(graph: Graph, ask: Ask) -> None:
    """j -60%-> mill, ann and ben hold j jointly: nobody says who has which part."""
    joint = [held(f"P-{name}", "O-j", 0, 100, disclosed=False) for name in ("ann", "ben")]
    await written(
        graph, *org("j", "mill"), *people("ann", "ben"), *joint, held("O-j", "O-mill", 60)
    )

    assert await owners(ask, "O-mill", atLeast=25) == {
        "Ann": (0, 60, "UNDETERMINED"),
        "Ben": (0, 60, "UNDETERMINED"),
    }
    mill = await asked(ask, GROUP, "O-mill")
    assert mill["controllingGroup"] == {"controller": {"label": "J"}, "verdict": "YES"}
    ann = (await asked(ask, GROUP, "P-ann"))["controlledGroup"]
    assert [each["verdict"] for each in ann["members"]] == ["UNDETERMINED", "UNDETERMINED"]


async def test_a_nominee_for_nobody_disclosed_stands_for_itself_with_a_remark(
    graph: Graph, ask: Ask
) -> None:
    await written(
        graph, *org("nom", "mill"), worlds.unspecified("U-1", "NOT_PROVIDED"),
        held("O-nom", "O-mill", 70), worlds.claim("Party:O-nom", "NOMINEE_FOR", "Party:U-1"),
    )  # fmt: skip

    assert await owners(ask, "O-mill") == {"Nom": (70, 70, "YES")}
    assert await remarks(ask, "O-mill") == [("NOMINEE_UNDISCLOSED", "Nom")]


async def test_a_nominee_holds_for_its_nominator(graph: Graph, ask: Ask) -> None:
    await written(
        graph, *org("nom", "mill"), *people("ann"), held("O-nom", "O-mill", 40),
        held("P-ann", "O-mill", 15), worlds.claim("Party:O-nom", "NOMINEE_FOR", "Party:P-ann"),
    )  # fmt: skip

    assert await owners(ask, "O-mill", atLeast=50) == {"Ann": (55, 55, "YES")}
    group = (await asked(ask, GROUP, "P-ann"))["controlledGroup"]
    [mill] = group["members"]
    assert (mill["verdict"], mill["votes"]) == ("YES", {"min": 55, "max": 55})
    assert (await asked(ask, GROUP, "O-nom"))["controlledGroup"]["members"] == []


async def test_sources_that_differ_make_a_range_with_a_remark(graph: Graph, ask: Ask) -> None:
    await written(
        graph,
        *org("mill"),
        *people("ann"),
        held("P-ann", "O-mill", 45),
        said("P-ann", "O-mill", 60),
    )

    assert await owners(ask, "O-mill", atLeast=50) == {"Ann": (45, 60, "UNDETERMINED")}
    assert await remarks(ask, "O-mill") == [("CONFLICTING_CLAIMS", "Mill")]
    assert (await asked(ask, GROUP, "O-mill"))["controllingGroup"]["verdict"] == "UNDETERMINED"


async def test_sources_that_agree_are_one(graph: Graph, ask: Ask) -> None:
    await written(
        graph,
        *org("mill"),
        *people("ann"),
        held("P-ann", "O-mill", 45),
        said("P-ann", "O-mill", 45),
    )

    assert await owners(ask, "O-mill") == {"Ann": (45, 45, "YES")}
    assert await remarks(ask, "O-mill") == []


async def test_votes_control_and_shares_own(graph: Graph, ask: Ask) -> None:
    """ann has 30 percent of shares and 60 of votes, ben 70 and 40; gil a right to profit."""
    await written(
        graph, *org("mill"), *people("ann", "ben", "gil"),
        held("P-ann", "O-mill", 30), held("P-ann", "O-mill", 60, interest="VOTING_RIGHTS"),
        held("P-ben", "O-mill", 70), held("P-ben", "O-mill", 40, interest="VOTING_RIGHTS"),
        held("P-gil", "O-mill", 90, interest="RIGHTS_TO_PROFIT_OR_INCOME"),
    )  # fmt: skip

    assert await owners(ask, "O-mill") == {"Ben": (70, 70, "YES"), "Ann": (30, 30, "YES")}
    group = (await asked(ask, GROUP, "O-mill"))["controllingGroup"]
    assert group == {"controller": {"label": "Ann"}, "verdict": "YES"}
    [mill] = (await asked(ask, GROUP, "P-ann"))["controlledGroup"]["members"]
    assert mill["votes"] == {"min": 60, "max": 60}
    assert mill["path"]["text"] == "Ann -[OWNS 60%]-> Mill"
    [ben, ann] = (await asked(ask, ULTIMATE, "O-mill"))["ultimateOwners"]["owners"]
    assert ann["paths"] == [{"text": "Ann -[OWNS 30%]-> Mill", "share": {"min": 30, "max": 30}}]
    assert ben["paths"] == [{"text": "Ben -[OWNS 70%]-> Mill", "share": {"min": 70, "max": 70}}]
