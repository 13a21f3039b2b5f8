"""Awkward ownership, through the writer and GraphQL: joint holders, nominees, sources, votes."""

from typing import Any

import pytest

from graph import ids
from graph.load.rows import Source
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

ULTIMATE = """query ($id: ID!, $atLeast: Percent! = 0, $naturalPersons: Boolean! = false,
    $limit: Int! = 20) { node(id: $id) { ... on Organization {
  ultimateOwners(atLeast: $atLeast, naturalPersons: $naturalPersons, limit: $limit) {
    owners { owner { __typename ... on Entity { label } } share { min max } verdict
      paths { text share { min max } } }
    remainder { min max } undisclosed { organization { label } share { min max } }
    remarks { code text about { label } } } } } }"""
GROUP = """query ($id: ID!, $limit: Int! = 20) { node(id: $id) {
  ... on Party { controlledGroup { verdict memberCount { value relation }
    members(limit: $limit) { organization { label } verdict votes { min max } path { text } }
    completeness { state } } }
  ... on Organization { controllingGroup { controller { ... on Entity { label } } verdict } } } }"""
DIRECT = """query ($id: ID!) { node(id: $id) {
  ... on Party { holdings { edges { node { label } share { min max disclosed } } } }
  ... on Organization { owners { edges { share { min max disclosed } relationship { type }
    node { __typename ... on Entity { label } ... on UnspecifiedParty { unspecifiedReason } }
  } } } } }"""
OTHER = Source("Press", "page 3", "https://press.example/3")
Rows = list[worlds.Row]


def org(*names: str) -> Rows:
    return [worlds.organization(f"O-{name}", name.title()) for name in names]


def people(*names: str) -> Rows:
    return [worlds.person(f"P-{name}", name.title()) for name in names]


def held(owner: str, of: str, low: int, high: int | None = None, **more: object) -> worlds.ClaimRow:
    return worlds.owns(f"Party:{owner}", f"Party:{of}", low, high, **more)


def said(owner: str, of: str, low: int) -> worlds.ClaimRow:
    """The same by another source."""
    claim = held(owner, of, low)
    return worlds.ClaimRow(
        claim.type,
        claim.start,
        claim.end,
        OTHER,
        claim.valid_from,
        claim.valid_to,
        claim.properties,
    )


async def written(graph: Graph, *rows: worlds.Row) -> None:
    assert (await write(graph, list(rows), at=worlds.RECORDED)).refused == []


async def asked(ask: Ask, document: str, of: str, **more: object) -> Any:
    return (await ask(document, id=ids.encode(f"Party:{of}"), **more))["node"]


async def owners(ask: Ask, of: str, **more: object) -> dict[str, tuple[float, float, str]]:
    found = (await asked(ask, ULTIMATE, of, **more))["ultimateOwners"]["owners"]
    return {
        each["owner"]["label"]: (each["share"]["min"], each["share"]["max"], each["verdict"])
        for each in found
    }


async def remarks(ask: Ask, of: str) -> list[tuple[str, str]]:
    found = (await asked(ask, ULTIMATE, of))["ultimateOwners"]["remarks"]
    return [(each["code"], each["about"]["label"]) for each in found]


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


@pytest.fixture
async def many(graph: Graph) -> Graph:
    """fund -40%-> mill, ann -25%-> mill, ben -10..25%-> mill, u -?-> mill (undisclosed)."""
    await written(
        graph, *org("fund", "mill"), *people("ann", "ben"), worlds.unspecified("U-1", "UNKNOWN"),
        held("O-fund", "O-mill", 40), held("P-ann", "O-mill", 25), held("P-ben", "O-mill", 10, 25),
        held("U-1", "O-mill", 0, 100, disclosed=False),
    )  # fmt: skip
    return graph


async def test_only_natural_persons_and_the_rest_remains(many: Graph, ask: Ask) -> None:
    everyone = await owners(ask, "O-mill")
    assert list(everyone) == ["Fund", "Ann", "Ben", "Not disclosed"]
    assert everyone["Not disclosed"] == (0, 25, "YES")

    assert list(await owners(ask, "O-mill", naturalPersons=True)) == ["Ann", "Ben"]
    found = await asked(ask, ULTIMATE, "O-mill", naturalPersons=True)
    assert found["ultimateOwners"]["remainder"] == {"min": 50, "max": 65}


async def test_who_may_reach_a_share_is_listed_with_a_verdict(many: Graph, ask: Ask) -> None:
    assert await owners(ask, "O-mill", atLeast=25) == {
        "Fund": (40, 40, "YES"),
        "Ann": (25, 25, "YES"),
        "Ben": (10, 25, "UNDETERMINED"),
        "Not disclosed": (0, 25, "UNDETERMINED"),
    }
    assert await owners(ask, "O-mill", atLeast=25.0001) == {"Fund": (40, 40, "YES")}
    assert await owners(ask, "O-mill", atLeast=41) == {}


async def test_what_a_limit_leaves_out_is_in_the_remainder(many: Graph, ask: Ask) -> None:
    found = (await asked(ask, ULTIMATE, "O-mill", limit=1))["ultimateOwners"]

    assert [each["owner"]["label"] for each in found["owners"]] == ["Fund"]
    assert found["remainder"] == {"min": 60, "max": 60}
    await ask(ULTIMATE, "BAD_USER_INPUT", id=ids.encode("Party:O-mill"), limit=101)


async def test_direct_owners_come_with_who_is_not_disclosed(many: Graph, ask: Ask) -> None:
    edges = (await asked(ask, DIRECT, "O-mill"))["owners"]["edges"]

    assert [(e["node"]["label"], e["share"]["min"], e["share"]["max"]) for e in edges] == [
        ("Fund", 40, 40),
        ("Ann", 25, 25),
        ("Ben", 10, 25),
        ("Not disclosed", 0, 100),
    ]
    unknown = edges[-1]
    assert unknown["share"]["disclosed"] is False
    assert unknown["node"]["unspecifiedReason"] == "UNKNOWN"
    [mill] = (await asked(ask, DIRECT, "U-1"))["holdings"]["edges"]
    assert (mill["node"]["label"], mill["share"]["disclosed"]) == ("Mill", False)


async def test_a_group_larger_than_its_limit_is_counted_in_full(graph: Graph, ask: Ask) -> None:
    below = [f"n{place:03}" for place in range(130)]
    await written(
        graph, *people("ann"), *org(*below), *(held("P-ann", f"O-{name}", 51) for name in below)
    )

    told = {}
    for limit in (1, 20, 100):
        group = (await asked(ask, GROUP, "P-ann", limit=limit))["controlledGroup"]
        told[limit] = len(group["members"])
        assert group["memberCount"] == {"value": 130, "relation": "EXACT"}
    assert told == {1: 1, 20: 20, 100: 100}
