"""Lists of owners and of groups: who is left out by a limit or a filter is told beside them."""

import pytest

from graph import ids
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
    written,
)

DIRECT = """query ($id: ID!) { node(id: $id) {
  ... on Party { holdings { edges { node { label } share { min max disclosed } } } }
  ... on Organization { owners { edges { share { min max disclosed } relationship { type }
    node { __typename ... on Entity { label } ... on UnspecifiedParty { unspecifiedReason } }
  } } } } }"""


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
