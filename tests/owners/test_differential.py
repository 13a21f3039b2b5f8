"""An owner is answered as of a graph from which everything that is not for them was taken out."""

from datetime import timedelta
from random import Random
from typing import Any

import pytest

from graph import former, ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.session import Graph
from tests.conftest import EMPTY
from tests.owners.conftest import DOCUMENTS, owner
from tests.plans import sent
from tests.reach.cutting import Dump, holds, restore, without
from tests.reach.random_world import RECORDED, program
from tests.reach.stored import Cut
from tests.reach.test_differential import World, difference

GRAPHS = 12
REFERENCE = {"Center", "Discipline", "Term", "HtsChapter", "Port", "ChangeLog", "ReferenceData"}


def hidden(dump: Dump, accounts: set[str]) -> Cut:
    """All but these accounts and what is said of them today, by the words of the policy."""
    ids_ = {start for start, end in dump.joined("IDENTIFIES", now=True) if end in accounts}
    shared = {node.key for node in dump.nodes if node.said.get("shared") is True}
    issues = {start for start, end in dump.joined("CONCERNS", now=True) if end in accounts}
    brokers = {end for start, end in dump.joined("GRANTED_POA", now=True) if start in accounts}
    staff = {end for start, end in dump.joined("MANAGED_BY", now=True) if start in accounts}
    kept = accounts | ids_ | (shared & issues) | brokers | staff
    figures = {
        claim.start
        for claim in dump.claims
        if claim.type == "MEASURES" and dump.of[claim.end].key in accounts
        if (number := dump.of[claim.start].said.get("importerNumber")) is None
        or f"ImporterNumber:{number}" in ids_  # of a number that is theirs
    }
    nodes = [
        node
        for node in dump.nodes
        if node.key not in kept and node.id not in figures and not REFERENCE & set(node.labels)
    ]
    # Of a broker nothing is left but who gave it a power of attorney.
    claims = [each for each in dump.claims if not _told(dump, each, accounts)]
    return Cut(nodes, claims)


def _told(dump: Dump, claim: Any, accounts: set[str]) -> bool:
    ends = {dump.of[claim.start].key, dump.of[claim.end].key}
    return bool(ends & accounts) and (claim.type == "MEASURES" or holds(claim))


def questions(dump: Dump, random: Random) -> list[tuple[str, dict[str, Any]]]:
    """Every document about every account, in pages of several sizes."""
    asked: list[tuple[str, dict[str, Any]]] = [
        (DOCUMENTS["accounts"], {"first": size}) for size in (1, 100)
    ]
    for node in dump.nodes:
        if "Account" in node.labels:
            given = {"id": ids.encode(node.key), "first": random.choice((1, 2, 100))}
            every = {**given, "statuses": ["OPEN", "RESOLVED"]}
            asked += [(DOCUMENTS["issues"], every), (DOCUMENTS["issues"], given)]
            past = {"id": ids.encode(f"{node.key}@2022-01-01/")}
            names = ("profile", "numbers", "brokers", "performance")
            asked += [(DOCUMENTS[name], each) for name in names for each in (given, past)]
    return asked


async def test_an_answer_is_that_of_a_graph_without_what_is_not_for_owners(
    graph: Graph, seal: Seal, key: IdentifierKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = World(graph, seal, key, sent(graph, monkeypatch))
    monkeypatch.setattr(former, "LATELY", timedelta(hours=1))  # else a slow answer looks back
    told: set[str] = set()
    for seed in range(GRAPHS):
        random = Random(seed)
        await graph.schema(EMPTY)
        await write(graph, program(key, seed), at=RECORDED)
        dump = await Dump.read(graph)
        there = sorted(node.key for node in dump.nodes if "Account" in node.labels)
        mine = random.sample(there, random.choice((1, 2)))
        viewer = owner(*(each.partition(":")[2] for each in mine))
        asked = questions(dump, random)
        cut = hidden(dump, set(mine))

        whole = await world.answers(viewer, asked)
        await without(graph, cut)
        less = await world.answers(viewer, asked)
        await restore(graph, dump, cut)

        for question, full, rest in zip(asked, whole, less, strict=True):
            assert full == rest, (seed, mine, question, *difference(full, rest))
            told |= {word for word in WORDS if word in full}
    assert told == set(WORDS)  # else nothing was tried


WORDS = ('"title"', '"enteredValue"', '"display"', "Manager M-", '"scope"', '"code": "CEE001"')
