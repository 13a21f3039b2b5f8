"""Answers to commits that are lost on their way: one effect each, and its payload is told.

A run cuts a hundred commits; `make night` cuts 5,000, at all that is sent for a command as well.
The seed is printed: OUTAGE_SEED repeats its choices.
"""

import os
import sys
from collections import Counter
from collections.abc import AsyncIterator
from random import Random, SystemRandom
from typing import Any

import pytest
from neo4j import Query

from graph.address import Address
from graph.errors import Unavailable
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import PATIENT, Graph, connect
from resolvers.context import Context
from schema import schema
from tests.commands.conftest import gid
from tests.outages.proxy import COMMIT, Proxy, proxied

CUTS = int(os.environ.get("LOST_ANSWERS", "100"))
SEED = int(os.environ.get("OUTAGE_SEED", "0")) or SystemRandom().randrange(1, 1_000_000)
HOW = ("asked", "answered", "half")
SENDINGS = 6  # of one command: its reading, its unit of work, its commit
SAVE = """mutation ($input: PartyInput!) { saveParty(input: $input) {
  replayed cursor userErrors { code } party { id name } changes { id kind subject { key } }
} }"""
HANDSHAKE = b"\x60\x60\xb0\x17"
ONE = Query("RETURN 1 AS one")
STORED = "MATCH (p:Party) WHERE p.name STARTS WITH 'Tally' RETURN p.name AS name, p.key AS key"


@pytest.fixture
async def behind(harbor: Graph, address: Address) -> AsyncIterator[tuple[Proxy, Graph]]:
    """The proxy, and the graph behind it."""
    assert harbor
    async with proxied(address) as (proxy, place), connect(place, PATIENT) as graph:
        yield proxy, graph


@pytest.mark.parametrize("how", HOW)
async def test_a_connection_that_breaks_while_it_opens_is_told_as_away(
    behind: tuple[Proxy, Graph], how: str
) -> None:
    proxy, graph = behind
    await graph.read(ONE)
    proxy.break_all()
    proxy.go_on()
    proxy.cut = lambda some: how if some.startswith(HANDSHAKE) else ""

    with pytest.raises(Unavailable):
        await graph.read(ONE)

    proxy.cut = None
    graph.circuit.answered()
    assert await graph.read(ONE) == [{"one": 1}]


class Client:
    """Gives each command until it is told what came of it, with its key."""

    def __init__(self, graph: Graph, seal: Seal, key: IdentifierKey) -> None:
        self._made = graph, seal, key
        self.tries: Counter[str] = Counter()

    async def save(self, name: str) -> dict[str, Any]:
        """What it is told in the end."""
        given = {"kind": "ORGANIZATION", "name": name, "idempotencyKey": name, "reason": name}
        while True:
            self.tries[name] += 1
            graph, seal, key = self._made
            context = Context(graph, DEVELOPMENT, seal, key)
            answer = await schema.execute(SAVE, {"input": given}, context_value=context)
            if not answer.errors:
                found: dict[str, Any] = (answer.data or {})["saveParty"]
                return found
            codes = {(error.extensions or {}).get("code") for error in answer.errors}
            assert codes == {"UNAVAILABLE"}, answer.errors


async def test_a_commit_whose_answer_is_lost_has_one_effect_and_tells_it(
    harbor: Graph, behind: tuple[Proxy, Graph], seal: Seal, key: IdentifierKey
) -> None:
    sys.stdout.write(f"\nOUTAGE_SEED={SEED} LOST_ANSWERS={CUTS}\n")
    proxy, graph = behind
    client, told, did = Client(graph, seal, key), {}, {}
    for number in range(CUTS):
        name, how = f"Tally {number}", HOW[number % len(HOW)]
        cuts = [how]
        proxy.cut = lambda some, cuts=cuts: cuts.pop() if COMMIT in some and cuts else ""
        told[name], did[name] = await client.save(name), how
        assert not cuts

    proxy.cut = None
    assert {client.tries[name] for name, how in did.items() if how == "asked"} == {2}
    assert {client.tries[name] for name, how in did.items() if how != "asked"} == {1}
    await each_has_one_effect(harbor, client, told)


async def test_a_command_that_is_cut_at_anything_it_sends_has_one_effect(
    harbor: Graph, behind: tuple[Proxy, Graph], seal: Seal, key: IdentifierKey
) -> None:
    random, (proxy, graph) = Random(SEED), behind
    client, told = Client(graph, seal, key), {}
    met: Counter[str] = Counter()
    for number in range(SENDINGS * len(HOW) * (CUTS // 100)):
        left, how = [random.randrange(SENDINGS + 2)], HOW[number % len(HOW)]

        def cut(_: bytes, left: list[int] = left, how: str = how) -> str:
            left[0] -= 1
            met[how] += left[0] == -1
            return how if left[0] == -1 else ""

        proxy.cut = cut
        name = f"Tally {number}"
        told[name] = await client.save(name)

    proxy.cut = None
    assert all(met[how] for how in HOW), met
    await each_has_one_effect(harbor, client, told)


async def each_has_one_effect(
    graph: Graph, client: Client, told: dict[str, dict[str, Any]]
) -> None:
    """Compare what is stored, what the log says and what was told; and it is told again."""
    stored = {row["name"]: row["key"] for row in await graph.schema(STORED)}
    rows = await graph.schema(STORED)
    assert len(rows) == len(stored) == len(told)
    entries = await graph.schema(
        "MATCH (c:Change) WHERE c.reason STARTS WITH 'Tally'"
        " RETURN c.reason AS name, count(c) AS number, collect(c.subject) AS subjects"
    )
    assert {row["name"]: row["number"] for row in entries} == dict.fromkeys(told, 1)
    for name, answer in told.items():
        assert (answer["userErrors"], answer["party"]["name"]) == ([], name)
        [change] = answer["changes"]
        assert change["subject"]["key"] == answer["party"]["id"] == gid(stored[name])
    for name in [*told][:: max(1, len(told) // 20)]:
        again = await client.save(name)
        assert again == {**told[name], "replayed": True}
