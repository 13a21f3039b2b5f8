"""Random worlds, written and asked as a client would, beside the definitions in plain Python."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

from graph import ids
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.ownership_oracle import HIGH, LOW, Bounds, World, drawn

WORLDS = 40
PARTY = """fragment Told on Party { id
  controlledGroup { members(limit: 12) { organization { id } verdict votes { min max } } }
  blockedStatus { verdict listed aggregate { min max } }
  ... on Organization {
    ultimateOwners(limit: 12) { owners { owner { ... on Node { id } } share { min max } }
      undisclosed { organization { id } share { min max } } remainder { min max } }
    controllingGroup { controller { ... on Node { id } } verdict cyclic } } }"""
EFFECTIVE = (
    "... on Organization {{ effectiveOwnership(owner: {owner!r}) {{ share {{ min max }} }} }}"
)


def rows(world: World) -> Iterator[worlds.Row]:
    for one in world.parties:
        company = "-O" in one
        yield worlds.organization(one, one) if company else worlds.person(one, one)
    for claim in world.claims:
        interest = "VOTING_RIGHTS" if claim.votes else "SHAREHOLDING"
        ends = f"Party:{claim.owner}", f"Party:{claim.owned}"
        yield worlds.owns(*ends, claim.low, claim.high, interest=interest)
    for nominee, nominator in world.nominees.items():
        yield worlds.claim(f"Party:{nominee}", "NOMINEE_FOR", f"Party:{nominator}")
    for one in world.listed:
        flag = {"kind": "SANCTIONED_OWNER", "severity": 0.9, "raisedOn": worlds.SINCE}
        yield worlds.NodeRow("RiskFlag", one, ("RiskFlag",), flag)
        yield worlds.claim(f"RiskFlag:{one}", "FLAGS", f"Party:{one}")


def document(world: World) -> str:
    """Everything about every party, in one operation."""
    asked = []
    for place, one in enumerate(world.parties):
        owner = EFFECTIVE.format(owner=global_id(world.parties[place - 1])).replace("'", '"')
        asked.append(f'p{place}: node(id: "{global_id(one)}") {{ ...Told {owner} }}')
    return "{" + " ".join(asked) + "}" + PARTY


def global_id(party: str) -> str:
    return ids.encode(f"Party:{party}")


def own(node: Any) -> str:
    return ids.decode(node["id"]).removeprefix("Party:")


def close(bounds: Bounds, share: dict[str, float]) -> bool:
    """Whether a share in percent is this one, rounded outwards by at most one part."""
    part = Fraction(1, 10**9) + Fraction(1, 10**12)
    low, high = Fraction(share["min"]) / 100, Fraction(share["max"]) / 100
    least = -part <= low - bounds[0] <= part / 1000
    return least and -part / 1000 <= high - bounds[1] <= part


def verdict(one: str, certain: set[str], possible: set[str]) -> str:
    return "YES" if one in certain else "UNDETERMINED" if one in possible else "NO"


def check_owners(world: World, of: str, told: Any) -> None:
    wanted = world.ultimate(of)
    ends = {one for one in wanted if one not in world.owned() and one != of}
    owners = {own(each["owner"]): each["share"] for each in told["owners"]}
    rest = {own(each["organization"]): each["share"] for each in told["undisclosed"]}
    assert (set(owners), set(rest)) == (ends, set(wanted) - ends)
    assert all(close(wanted[one], share) for one, share in {**owners, **rest}.items())


def check_control(world: World, one: str, told: Any) -> None:
    certain, possible = (world.controlled(one, end) for end in (LOW, HIGH))
    found = {own(each["organization"]): each["verdict"] for each in told["members"]}
    assert found == {each: verdict(each, certain, possible) for each in certain | possible}


def check_controller(world: World, of: str, told: Any) -> None:
    wanted = world.controller(of)
    head = told["controller"] and own(told["controller"])
    if wanted is None:
        assert (head, told["verdict"], told["cyclic"]) == (None, "NO", False)
    else:
        assert (head, told["verdict"]) == (wanted[0], "YES" if wanted[1] else "UNDETERMINED")
        if wanted[1]:
            assert told["cyclic"] == wanted[2]


def check_blocked(world: World, one: str, told: Any) -> None:
    certain, possible = world.blocked(LOW), world.blocked(HIGH)
    assert told["verdict"] == verdict(one, certain, possible)
    assert told["listed"] == (one in world.listed)
    ends = ((certain, LOW), (possible, HIGH))
    held = [
        sum(
            (part for (a, b), part in world.shares(end).items() if b == one and a in by),
            Fraction(0),
        )
        for by, end in ends
    ]
    assert close((min(Fraction(1), held[0]), min(Fraction(1), held[1])), told["aggregate"])


async def planted(graph: Graph, number: int) -> list[World]:
    """So many worlds in one graph: nothing leads from one into another."""
    found = [drawn(seed) for seed in range(number)]
    written = await write(graph, [r for world in found for r in rows(world)], at=worlds.RECORDED)
    assert written.refused == []
    return found


@pytest.fixture
async def many(graph: Graph) -> list[World]:
    """All worlds."""
    return await planted(graph, WORLDS)


async def test_answers_are_what_the_definitions_say(many: list[World], ask: Ask) -> None:
    told = {"YES": 0, "UNDETERMINED": 0, "NO": 0}
    for world in many:
        answer = await ask(document(world))
        for place, one in enumerate(world.parties):
            node = answer[f"p{place}"]
            check_control(world, one, node["controlledGroup"])
            check_blocked(world, one, node["blockedStatus"])
            told[node["blockedStatus"]["verdict"]] += 1
            if "ultimateOwners" in node:
                check_owners(world, one, node["ultimateOwners"])
                check_controller(world, one, node["controllingGroup"])
                wanted = world.effective(world.parties[place - 1], one)
                assert close(wanted, node["effectiveOwnership"]["share"])
    assert all(number > 3 for number in told.values()), told  # the worlds are not all alike
