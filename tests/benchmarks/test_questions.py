"""The benchmark's questions about owners: whole answers, and those that its world has."""

from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.questions import names
from benchmarks.world import RECORDED, World
from graph import ids, rounds
from graph.identifiers import IdentifierKey
from graph.load.rows import ClaimRow, NodeRow
from graph.load.write import write
from graph.reference.install import install
from graph.session import Graph
from tests.resolvers.conftest import Answer, Ask
from tests.resolvers.conftest import ask as ask

OPERATIONS = Path(__file__).parents[2] / "benchmarks" / "operations"
SIZE = 200
LEVELS = 4


@pytest.fixture
async def owners(graph: Graph, key: IdentifierKey) -> tuple[dict[str, str], list[ClaimRow]]:
    """The parties' names, and who owns what."""
    await install(graph, RECORDED)
    every = [row for rows in World(SIZE, key).rows() for row in rows]
    parties = [row for row in every if isinstance(row, NodeRow) and row.key.startswith("Party:")]
    owning = [row for row in every if isinstance(row, ClaimRow) and row.type == "OWNS"]
    assert (await write(graph, [*parties, *owning], at=RECORDED)).refusals == []
    return {row.key: str(row.properties["name"]) for row in parties}, owning


async def asked(ask: Ask, file: str, party: str) -> Answer:
    text = (OPERATIONS / f"{file}.graphql").read_text(encoding="utf-8")
    return await ask(text, id=ids.encode(party))


async def test_what_a_party_owns_is_told_four_levels_down(
    ask: Ask,
    owners: tuple[dict[str, str], list[ClaimRow]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rounds, "SECONDS", 60.0)  # a statement may have to be planned
    called, owning = owners
    below = defaultdict(set)
    for claim in owning:
        below[claim.start].add(claim.end)
    wanted, rim = {"Party:H-0"}, {"Party:H-0"}
    for _ in range(LEVELS):
        rim = {each for one in rim for each in below[one]}
        wanted |= rim

    found = await asked(ask, "f_tree", "Party:H-0")

    assert sorted(names(found)) == sorted(called[key] for key in wanted)
    assert found["neighborhood"]["completeness"]["state"] == "COMPLETE"


async def test_who_owns_a_party_in_the_end_is_told_with_all_chains(
    ask: Ask, owners: tuple[dict[str, str], list[ClaimRow]]
) -> None:
    called, owning = owners
    above = defaultdict(set)
    for claim in owning:
        above[claim.end].add(claim.start)
    party = max((key for key in called if above[key]), key=lambda key: len(above[key]))
    wanted, line = set[str](), [party]
    while line:
        for one in above[line.pop()] - wanted:
            wanted.add(one)
            line.append(one)

    [told] = (await asked(ask, "g_owners", party)).values()

    ends = {called[key] for key in wanted if not above[key]}
    assert {each["owner"]["name"] for each in told["ultimateOwners"]["owners"]} == ends
    assert all(each["paths"] for each in told["ultimateOwners"]["owners"])
