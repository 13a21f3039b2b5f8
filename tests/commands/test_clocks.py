"""Clocks that step, and two servers with two: the order stays, and so does what was known."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random

import pytest

from graph import changes
from graph.clock import CLOCK
from graph.load.units import units
from graph.load.write import write_units
from graph.session import Graph
from tests import worlds
from tests.commands.claiming import SELECTED, SOURCE, recorded
from tests.commands.conftest import Give, gid
from tests.resolvers.conftest import Ask
from tests.stepping import Machine, put

STEP = 300.0  # seconds
WRITES = 40
LOG = """
MATCH (change:Change) RETURN change.sequence AS sequence, toString(change.recordedAt) AS at
ORDER BY sequence"""
VERSIONS = """
MATCH (:Party {id: 'P-1'})-[claim:OWNS]->(:Party {id: 'O-2'})
RETURN claim.version AS version, toString(claim.recordedAt) AS at ORDER BY version"""
KNOWN = """query ($id: ID!, $known: DateTime!) {
  party(by: {id: $id}, moment: {knownAt: $known}) {
    relationships(types: [OWNS], direction: IN) { nodes { from { key } share { min } version } }
  }
}"""


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> None:
    put(monkeypatch)
    monkeypatch.setattr(CLOCK, "seen", None)


def step(random: Random) -> None:
    """The clock steps, or another server writes next, which has seen nothing of this."""
    Machine.moved = timedelta(seconds=random.uniform(-STEP, STEP))
    if random.random() < 0.5:
        CLOCK.seen = None


async def test_whatever_clocks_do_the_order_is_that_of_the_log_and_each_version_was_known(
    harbor: Graph, give: Give, ask: Ask
) -> None:
    random = Random(26)
    claim = await recorded(give)
    told, id_ = [30], claim["id"]
    for number in range(WRITES):
        step(random)
        if number % 4 == 3:
            row = worlds.person(f"P-{number}", f"Person {number}")
            assert not (await write_units(harbor, list(units([row])), at=None)).refused
            continue
        answer = await give(
            "correctRelationship",
            SELECTED,
            id=id_,
            share={"min": number, "max": number},
            source=SOURCE,
        )
        assert answer["userErrors"] == []
        id_ = answer["relationships"][0]["id"]  # what is written is read at once
        told.append(number)

    instants = [datetime.fromisoformat(row["at"]) for row in await harbor.schema(LOG)]
    assert all(before <= after for before, after in pairwise(instants))
    assert instants[-1] < datetime.now(UTC) + timedelta(seconds=STEP + 1)
    versions = await harbor.schema(VERSIONS)
    assert len(versions) == len(told)
    for version, said in zip(versions, told, strict=True):
        assert await known(ask, version["at"]) == [(said, version["version"])]


async def known(ask: Ask, at: str) -> list[tuple[float, int]]:
    """What was known of the claim at an instant."""
    found = (await ask(KNOWN, id=gid("Party:O-2"), known=at))["party"]["relationships"]["nodes"]
    return [
        (each["share"]["min"], each["version"])
        for each in found
        if each["from"]["key"] == gid("Party:P-1")
    ]


async def test_a_server_that_begins_behind_reads_what_was_recorded(
    harbor: Graph, give: Give, ask: Ask
) -> None:
    Machine.moved = timedelta(seconds=STEP)
    ahead = await recorded(give)
    Machine.moved, CLOCK.seen = timedelta(0), None

    await changes.place(harbor)  # as each server does where it begins

    document = "query ($id: ID!) { node(id: $id) { id } }"
    assert (await ask(document, id=ahead["id"]))["node"] == {"id": ahead["id"]}
