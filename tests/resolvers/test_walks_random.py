"""Walks beside networkx, on random graphs under random knobs."""

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
from tests.random_walks import Oracle, Part, part, walk
from tests.resolvers.conftest import Ask, asking

PARTS = 210
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
    connected = 0
    for made in parts:
        start, end = chance.sample(made.things, 2)
        knobs = walk(chance, made)
        longest, longer, limit = chance.randint(1, 10), chance.random() < 0.5, chance.randint(1, 40)
        due = Oracle(made, knobs).paths(start, end, longest, longer)
        due = [path for path in due if len(path) <= longest]

        answer = await asked(
            PATHS,
            **{"from": ids.encode(start), "to": ids.encode(end), "walk": knobs},
            maxLength=longest,
            longer=longer,
            limit=limit,
        )

        found = answer["shortestPaths"]
        got = [plain(path["hops"]) for path in found["paths"]]
        assert [len(path) for path in got] == [len(path) for path in due][:limit], (made, knobs)
        assert set(got) <= set(due)
        assert len(set(got)) == len(got)
        _judge(found, len(due), limit)
        if not due and found["connected"] == "NO":
            assert Oracle(made, knobs).paths(start, end, 99, False) == []
        elif not due:
            assert longest < 10  # ten steps see all of any part
        connected += bool(due)
    assert connected > PARTS / 4


def _judge(found: dict[str, Any], due: int, limit: int) -> None:
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
    reached = 0
    for made in parts:
        starts = chance.sample(made.things, chance.randint(1, 3))
        knobs, deepest = walk(chance, made), chance.randint(1, 10)
        oracle = Oracle(made, knobs)
        due = {key: far for key, far in oracle.distances(starts, deepest).items() if far}

        answer = await asked(
            REACHED,
            **{"from": [ids.encode(key) for key in starts], "walk": knobs},
            maxDepth=deepest,
        )

        edges = answer["reachable"]["edges"]
        got = {ids.decode(edge["node"]["key"]): edge["distance"] for edge in edges}
        assert got == due, (made, starts, knobs)
        assert list(got.items()) == sorted(got.items(), key=lambda each: (each[1], each[0]))
        for edge in edges:
            steps = plain(edge["path"]["hops"])
            assert len(steps) == edge["distance"]
            assert steps in oracle.paths(steps[0][0], steps[-1][1], 10, False)
        assert answer["reachable"]["totalCount"] == {"value": len(due), "relation": "EXACT"}
        assert answer["reachable"]["completeness"]["state"] == "COMPLETE"
        reached += len(due)
    assert reached > PARTS


async def test_a_neighborhood_is_a_subgraph_and_what_it_hides_is_the_rest(
    parts: list[Part], asked: Ask
) -> None:
    chance = random.Random(3)
    for made in parts:
        around = chance.sample(made.things, chance.randint(1, 3))
        knobs, depth = walk(chance, made), chance.randint(0, 4)
        among = chance.sample(made.things, 3) if chance.random() < 0.4 else None
        within = Part(
            made.things if among is None else [k for k in made.things if k in (*around, *among)],
            made.claims,
        )
        oracle = Oracle(within if among is None else _induced(within), knobs)
        oracle.degree = Oracle(made, knobs).degree
        due = oracle.distances(around, depth)

        answer = await asked(
            AROUND,
            around=[ids.encode(key) for key in around],
            walk=knobs,
            depth=depth,
            among=None if among is None else [ids.encode(key) for key in among],
        )

        found = answer["neighborhood"]
        got = {ids.decode(node["entity"]["key"]): node["distance"] for node in found["nodes"]}
        assert got == due, (made, around, among, knobs)
        assert list(got) == sorted(got, key=lambda k: (got[k], oracle.degree[k], k))
        joins = {(c.type, c.start, c.end) for c in oracle.followed if {c.start, c.end} <= set(got)}
        assert {_joins(each) for each in found["relationships"]} == joins
        assert len(found["relationships"]) == len(joins)
        for node in found["nodes"]:
            _hides(node, Oracle(made, knobs).holding, joins)
        assert found["completeness"]["state"] == "COMPLETE"


def _induced(made: Part) -> Part:
    """A part with only the relationships among its things."""
    inside = set(made.things)
    return Part(made.things, [c for c in made.claims if {c.start, c.end} <= inside])


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
