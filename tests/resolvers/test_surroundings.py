"""A past moment of a large graph: only what lies around a party is read, with the same answers."""

from datetime import date
from typing import Any

import pytest

from graph import ids, surroundings
from graph.load.write import write
from graph.records.moment import Moment
from graph.session import Graph
from graph.snapshot import SNAPSHOTS, snapshot
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.ownership_oracle import World
from tests.resolvers.test_ownership_worlds import planted

WORLDS = 6
PATIENT = 60.0  # seconds: a statement not planned yet may take one walk's time
DAY = "@2022-01-01/"
PAST = Moment.given(date(2022, 1, 1), None, Moment.now())
TOLD = """
fragment Seen on Traversal { completeness { state exploredNodes exploredEdges } }
fragment Noted on OwnershipRemark { code text }
fragment Group on ControlGroup { ...Seen verdict cyclic controller { ... on Node { id } }
  memberCount { value relation } remarks { ...Noted }
  members(limit: 12) { organization { id } verdict votes { min max } path { text } } }
fragment Told on Party { id
  controlledGroup(scenario: $scenario) { ...Group }
  blockedStatus(scenario: $scenario) { ...Seen verdict listed aggregate { min max }
    remarks { ...Noted } paths { text } }
  holdings { edges { node { id } remainder { min max } } }
  ... on Organization {
    owners { remainder { min max } }
    ultimateOwners(limit: 12, scenario: $scenario) { ...Seen
      owners { owner { ... on Node { id } } share { min max } paths { text } }
      undisclosed { organization { id } share { min max } } remainder { min max }
      remarks { ...Noted } }
    controllingGroup(scenario: $scenario) { ...Group }
    ownershipCycles { ...Seen connected paths { text } } } }
"""
OWNED = """ ... on Organization { effectiveOwnership(owner: "%s") { ...Seen share { min max } }
  ownershipPaths(from: "%s") { ...Seen connected paths { text } } }"""


def global_id(party: str, day: str = DAY) -> str:
    return ids.encode(f"Party:{party}{day}")


def documents(world: World) -> list[str]:
    """Everything about every party on that day, of each in one operation."""
    asked = []
    for place, one in enumerate(world.parties):
        other = global_id(world.parties[place - 1], "")
        node = f'node(id: "{global_id(one)}") {{ ...Told {OWNED % (other, other)} }}'
        asked.append("query ($scenario: ScenarioInput) {" + node + "}" + TOLD)
    return asked


def bought(world: World) -> dict[str, Any]:
    """One party buys a tenth of another."""
    companies = [one for one in world.parties if "-O" in one]
    ends = {"fromId": global_id(world.parties[-1], ""), "toId": global_id(companies[0], "")}
    return {"record": [{"type": "OWNS", **ends, "share": {"min": 2, "max": 3}}]}


@pytest.fixture
async def many(graph: Graph) -> list[World]:
    """All worlds."""
    return await planted(graph, WORLDS)


@pytest.fixture
def large(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Graph:
    """Every graph is too large to be read whole for a past moment; nothing is kept of others."""
    SNAPSHOTS.known.pop(graph, None)
    monkeypatch.setattr(surroundings, "WHOLE", -1)
    monkeypatch.setattr(surroundings, "SECONDS", PATIENT)
    return graph


@pytest.mark.parametrize("imagined", [False, True])
async def test_what_lies_around_tells_the_same_as_all_there_is(
    many: list[World], ask: Ask, monkeypatch: pytest.MonkeyPatch, graph: Graph, imagined: bool
) -> None:
    asked = [
        (text, bought(world) if imagined else None) for world in many for text in documents(world)
    ]
    SNAPSHOTS.known.pop(graph, None)
    whole = [await ask(text, scenario=scenario) for text, scenario in asked]
    assert SNAPSHOTS.keeps(graph, PAST)

    SNAPSHOTS.known.pop(graph, None)
    monkeypatch.setattr(surroundings, "WHOLE", -1)
    monkeypatch.setattr(surroundings, "SECONDS", PATIENT)
    for (text, scenario), expected in zip(asked, whole, strict=True):
        assert await ask(text, scenario=scenario) == expected
    assert not SNAPSHOTS.keeps(graph, PAST)


async def test_now_is_read_whole_and_so_is_what_is_not_too_much(
    harbor: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    SNAPSHOTS.known.pop(harbor, None)
    monkeypatch.setattr(surroundings, "WHOLE", 2)

    assert await surroundings.whole(harbor, PAST) is None  # the store counts more
    assert await surroundings.whole(harbor, Moment.now()) is not None
    harbor.statements = 0
    assert await surroundings.whole(harbor, PAST) is None  # by what is in memory of today
    assert harbor.statements == 0

    monkeypatch.setattr(surroundings, "WHOLE", 250_000)
    assert await surroundings.whole(harbor, PAST) is not None


CHAIN = 9
OWNERS = """query ($id: ID!) { node(id: $id) { ... on Organization { ultimateOwners {
  owners { owner { ... on Node { id } } share { min } } remainder { max }
  completeness { state exploredNodes reason hint } } } } }"""
CONTROLLED = """query ($id: ID!) { node(id: $id) { ... on Party { controlledGroup {
  verdict memberCount { value relation } completeness { state exploredNodes reason hint } } } } }"""


@pytest.fixture
async def chain(large: Graph) -> Graph:
    """O-0 holds all of O-1, that of O-2, and so on."""
    parties: list[worlds.Row] = [worlds.organization(f"O-{at}", f"F {at}") for at in range(CHAIN)]
    held = [worlds.owns(f"Party:O-{at}", f"Party:O-{at + 1}", 100) for at in range(CHAIN - 1)]
    assert (await write(large, [*parties, *held], at=worlds.RECORDED)).refused == []
    return large


async def test_it_costs_what_lies_around(chain: Graph, ask: Ask) -> None:
    counts = []
    for at in (3, 4, 5):
        chain.statements = 0
        found = (await ask(OWNERS, id=global_id(f"O-{at}")))["node"]["ultimateOwners"]
        counts.append(chain.statements)
        assert [ids.decode(e["owner"]["id"]) for e in found["owners"]] == [f"Party:O-0{DAY}"]
    assert counts[2] - counts[1] == counts[1] - counts[0] == 1


async def test_beyond_the_bound_the_same_part_is_told_each_time(
    chain: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "MOST", 3)
    asked = [(OWNERS, global_id("O-8")), (CONTROLLED, global_id("O-0"))]

    [owners, controlled] = [(await ask(text, id=of))["node"] for text, of in asked]

    seen = owners["ultimateOwners"]["completeness"]
    assert (seen["state"], seen["exploredNodes"]) == ("TRUNCATED", 4)
    assert seen["reason"]
    assert seen["hint"]
    group = controlled["controlledGroup"]
    assert group["verdict"] == "YES"
    assert group["memberCount"] == {"value": 3, "relation": "AT_LEAST"}
    assert group["completeness"]["state"] == "TRUNCATED"
    assert [(await ask(text, id=of))["node"] for text, of in asked] == [owners, controlled]


async def test_without_time_nothing_is_said_of_what_was_not_read(
    chain: Graph, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surroundings, "SECONDS", -1.0)

    assert await ask(OWNERS, "TIMED_OUT", id=global_id("O-8")) is not None
    assert await ask(CONTROLLED, "TIMED_OUT", id=global_id("O-0")) is not None


async def test_what_was_controlled_on_a_past_day_is_found_by_a_filter(
    large: Graph, ask: Ask
) -> None:
    world: list[worlds.Row] = [
        worlds.person("P-1", "Ada"),
        worlds.organization("O-1", "Top"),
        worlds.organization("O-2", "Low"),
        worlds.owns("Party:P-1", "Party:O-1", 60),
        worlds.owns("Party:O-1", "Party:O-2", 51),
        worlds.account("A-1", "Low's account"),
    ]
    assert (await write(large, world, at=worlds.RECORDED)).refused == []
    before = await snapshot(large, Moment.now())
    assert len(before.recorded.id) == 2
    SNAPSHOTS.known.pop(large, None)

    found = await surroundings.around(large, PAST, below=["Party:P-1"])

    assert {each.decode() for each in found.recorded.keys} == {
        "Party:P-1", "Party:O-1", "Party:O-2",
    }  # fmt: skip
    assert found.cut is None
