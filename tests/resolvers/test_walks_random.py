"""Walks beside networkx, on a thousand random graphs under random knobs.

All of them are parts of one graph, written once. What is asked of a part is drawn before anything
is asked, so that several questions are on their way at a time and each run asks the same.
"""

import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.session import Graph
from tests import worlds
from tests.conftest import EMPTY
from tests.plans import replanned
from tests.random_walks import Oracle, Part, part, walk
from tests.resolvers.conftest import Ask, asking, together

PARTS = 1000
SEED = 20261126
PATHS = """
  query ($from: ID!, $to: ID!, $walk: WalkInput, $maxLength: Int!, $longer: Boolean!,
         $limit: Int!) {
    shortestPaths(from: $from, to: $to, walk: $walk, maxLength: $maxLength, longer: $longer,
                  limit: $limit) {
      connected
      paths { length hops { from { key } to { key } relationship { type } forward } }
      completeness { state reason hint }
    }
  }
"""
REACHED = """
  query ($from: [ID!]!, $walk: WalkInput, $kinds: [EntityKind!], $maxDepth: Int!) {
    reachable(from: $from, walk: $walk, kinds: $kinds, maxDepth: $maxDepth, first: 100) {
      totalCount { value relation }
      edges {
        node { key } distance
        path { length hops { from { key } to { key } relationship { type } forward } }
      }
      completeness { state }
    }
  }
"""
AROUND = """
  query ($around: [ID!]!, $walk: WalkInput, $depth: Int!, $among: [ID!]) {
    neighborhood(around: $around, walk: $walk, depth: $depth, among: $among, limit: 300) {
      nodes { entity { key } distance hidden { type direction count { value relation } } }
      relationships { type from { key } to { key } }
      completeness { state }
    }
  }
"""


@pytest.fixture(scope="module")
async def parts(server: Graph) -> AsyncIterator[list[Part]]:
    """All parts in one graph, written once."""
    await server.schema(EMPTY)
    chance = random.Random(SEED)
    made = [part(chance, number) for number in range(PARTS)]
    outcome = await write(server, [row for each in made for row in each.rows()], at=worlds.RECORDED)
    assert outcome.refused == []
    await replanned(server)
    yield made
    await server.schema(EMPTY)


@pytest.fixture
def asked(server: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    """A way to ask the graph of all parts."""
    return asking(server, seal, key)


def plain(hops: list[dict[str, Any]]) -> tuple[Any, ...]:
    """The steps of a path as the oracle spells them."""
    return tuple(
        (
            ids.decode(hop["from"]["key"]),
            ids.decode(hop["to"]["key"]),
            hop["relationship"]["type"],
            hop["forward"],
        )
        for hop in hops
    )


async def test_paths_are_those_of_networkx(parts: list[Part], asked: Ask) -> None:
    chance = random.Random(1)
    drawn = [_between(chance, made) for made in parts]

    found = await together(asked, PATHS, drawn)

    connected = 0
    for made, given, answer in zip(parts, drawn, found, strict=True):
        connected += _judged(made, given, answer["shortestPaths"])
    assert connected > PARTS / 4


def _between(chance: random.Random, made: Part) -> dict[str, Any]:
    start, end = chance.sample(made.things, 2)
    return {
        "from": ids.encode(start),
        "to": ids.encode(end),
        "walk": walk(chance, made),
        "maxLength": chance.randint(1, 10),
        "longer": chance.random() < 0.5,
        "limit": chance.randint(1, 40),
    }


def _judged(made: Part, given: dict[str, Any], found: dict[str, Any]) -> bool:
    """Whether the ends are connected, once what was found has been seen to be right."""
    start, end = ids.decode(given["from"]), ids.decode(given["to"])
    longest, limit = given["maxLength"], given["limit"]
    oracle = Oracle(made, given["walk"])
    due = oracle.paths(start, end, longest, given["longer"])
    due = [path for path in due if len(path) <= longest]

    got = [plain(path["hops"]) for path in found["paths"]]
    assert [len(path) for path in got] == [len(path) for path in due][:limit], (made, given)
    assert set(got) <= set(due)
    assert len(set(got)) == len(got)
    _verdict(found, len(due), limit)
    if not due and found["connected"] == "NO":
        assert oracle.paths(start, end, 99, False) == []
    elif not due:
        assert longest < 10  # ten steps see all of any part
    return bool(due)


def _verdict(found: dict[str, Any], due: int, limit: int) -> None:
    state, verdict = found["completeness"]["state"], found["connected"]
    if due:
        assert (verdict, state) == ("YES", "TRUNCATED" if due > limit else "COMPLETE")
    else:
        assert (verdict, state) in {("NO", "COMPLETE"), ("UNDETERMINED", "TRUNCATED")}
    assert (found["completeness"]["reason"] is None) == (state == "COMPLETE")


async def test_what_is_reached_and_how_far_is_that_of_networkx(
    parts: list[Part], asked: Ask
) -> None:
    chance = random.Random(2)
    drawn = [_from(chance, made) for made in parts]

    found = await together(asked, REACHED, drawn)

    reached = 0
    for made, given, answer in zip(parts, drawn, found, strict=True):
        reached += _all_reached(made, given, answer["reachable"])
    assert reached > PARTS


def _from(chance: random.Random, made: Part) -> dict[str, Any]:
    starts = chance.sample(made.things, chance.randint(1, 3))
    return {
        "from": [ids.encode(key) for key in starts],
        "walk": walk(chance, made),
        "maxDepth": chance.randint(1, 10),
    }


def _all_reached(made: Part, given: dict[str, Any], found: dict[str, Any]) -> int:
    """How many things are reached, once they have been seen to be the right ones."""
    oracle, starts = Oracle(made, given["walk"]), [ids.decode(id_) for id_ in given["from"]]
    due = {key: far for key, far in oracle.distances(starts, given["maxDepth"]).items() if far}

    edges = found["edges"]
    got = {ids.decode(edge["node"]["key"]): edge["distance"] for edge in edges}
    assert got == due, (made, given)
    assert list(got.items()) == sorted(got.items(), key=lambda each: (each[1], each[0]))
    for edge in edges:
        steps = plain(edge["path"]["hops"])
        assert len(steps) == edge["distance"]
        assert steps in oracle.paths(steps[0][0], steps[-1][1], 10, False)
    assert found["totalCount"] == {"value": len(due), "relation": "EXACT"}
    assert found["completeness"]["state"] == "COMPLETE"
    return len(due)


async def test_a_neighborhood_is_a_subgraph_and_what_it_hides_is_the_rest(
    parts: list[Part], asked: Ask
) -> None:
    chance = random.Random(3)
    drawn = [_around(chance, made) for made in parts]

    found = await together(asked, AROUND, drawn)

    for made, given, answer in zip(parts, drawn, found, strict=True):
        _a_subgraph(made, given, answer["neighborhood"])


def _around(chance: random.Random, made: Part) -> dict[str, Any]:
    around = chance.sample(made.things, chance.randint(1, 3))
    knobs, depth = walk(chance, made), chance.randint(0, 4)
    among = chance.sample(made.things, 3) if chance.random() < 0.4 else None
    return {
        "around": [ids.encode(key) for key in around],
        "walk": knobs,
        "depth": depth,
        "among": among and [ids.encode(key) for key in among],
    }


def _a_subgraph(made: Part, given: dict[str, Any], found: dict[str, Any]) -> None:
    whole = Oracle(made, given["walk"])
    around, among = ([ids.decode(id_) for id_ in given[name] or ()] for name in ("around", "among"))
    oracle = Oracle(made.among({*around, *among}) if among else made, given["walk"])
    oracle.degree = whole.degree
    due = oracle.distances(around, given["depth"])

    got = {ids.decode(node["entity"]["key"]): node["distance"] for node in found["nodes"]}
    assert got == due, (made, given)
    assert list(got) == sorted(got, key=lambda k: (got[k], oracle.degree[k], k))
    joins = {(c.type, c.start, c.end) for c in oracle.followed if {c.start, c.end} <= set(got)}
    assert {_joins(each) for each in found["relationships"]} == joins
    assert len(found["relationships"]) == len(joins)
    for node in found["nodes"]:
        _hides(node, whole.holding, joins)
    assert found["completeness"]["state"] == "COMPLETE"


def _joins(relationship: dict[str, Any]) -> tuple[str, str, str]:
    start, end = relationship["from"]["key"], relationship["to"]["key"]
    return relationship["type"], ids.decode(start), ids.decode(end)


def _hides(
    node: dict[str, Any], holding: list[worlds.ClaimRow], joins: set[tuple[str, str, str]]
) -> None:
    key = ids.decode(node["entity"]["key"])
    due: dict[tuple[str, str], int] = {}
    for claim in holding:
        if key in (claim.start, claim.end) and (claim.type, claim.start, claim.end) not in joins:
            place = (claim.type, "OUT" if claim.start == key else "IN")
            due[place] = due.get(place, 0) + 1
    assert {(d["type"], d["direction"]): d["count"]["value"] for d in node["hidden"]} == due
