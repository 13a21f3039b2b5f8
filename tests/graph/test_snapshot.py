"""Who owns what, held in memory: as the graph has it, at any moment, whatever was written."""

import asyncio
import logging
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from neo4j import Query

from graph import following
from graph import snapshot as module
from graph.load.write import write
from graph.records.moment import Moment
from graph.session import Graph
from graph.snapshot import Snapshot, numbers, snapshot
from tests import worlds

Held = set[tuple[str, str, int, int]]


@pytest.fixture(autouse=True)
def nothing_kept(graph: Graph) -> None:
    """The connection is the whole run's: what other tests left is forgotten."""
    module.SNAPSHOTS.known.pop(graph, None)


def held(found: Snapshot) -> Held:
    recorded = found.recorded
    return {
        (recorded.key(int(a)), recorded.key(int(b)), int(low), int(high))
        for a, b, low, high in zip(
            recorded.start, recorded.end, recorded.low, recorded.high, strict=True
        )
    }


def parties(number: int) -> list[worlds.Row]:
    return [worlds.organization(f"O-{at}", f"Firm {at}") for at in range(number)]


def random_claim(rng: random.Random, number: int) -> worlds.Row:
    above, below = (f"Party:O-{rng.randrange(number)}" for _ in range(2))
    if rng.random() < 0.15 and above != below:
        return worlds.claim(above, "NOMINEE_FOR", below)
    low = rng.randrange(100)
    until = rng.choice([None, None, date(2022, 1, 1), date(2999, 1, 1)])
    return worlds.ClaimRow(
        "OWNS", above, below, worlds.REGISTER, worlds.SINCE, until,
        {"interest": "SHAREHOLDING", "minShare": low * 10**7, "maxShare": 10**9, "disclosed": True},
    )  # fmt: skip


async def asked(graph: Graph, at: Moment) -> Held:
    """The same by one plain question."""
    found = await graph.read(
        Query(
            "MATCH (a)-[c:OWNS|NOMINEE_FOR]->(b)"
            " WHERE c.validFrom <= $asOf AND $asOf < c.validTo"
            " AND c.recordedAt <= $knownAt AND $knownAt < c.recordedTo"
            " RETURN a.key AS a, b.key AS b, coalesce(c.minShare, 0) AS low,"
            " coalesce(c.maxShare, 0) AS high"
        ),
        **at.parameters,
    )
    return {(row["a"], row["b"], row["low"], row["high"]) for row in found}


async def test_it_follows_whatever_is_written(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAGE", 7)
    monkeypatch.setattr(module, "TOGETHER", 3)
    rng = random.Random(6)
    at = datetime(2021, 1, 1, tzinfo=UTC)
    await write(graph, [*parties(12), *(random_claim(rng, 12) for _ in range(20))], at=at)
    await snapshot(graph, Moment.now())
    instants = []
    for _ in range(12):
        at += timedelta(days=30)
        await write(graph, [random_claim(rng, 12) for _ in range(rng.randrange(1, 6))], at=at)
        instants.append(at + timedelta(days=1))
        now = Moment.now()
        assert held(await snapshot(graph, now)) == await asked(graph, now)

    assert numbers(graph)["snapshot_reads_total"] == 1
    assert numbers(graph)["snapshot_updates_total"] == 12
    for instant in instants:
        for day in (date(2021, 6, 1), date(2023, 6, 1)):
            then = Moment.given(day, instant, Moment.now())
            assert held(await snapshot(graph, then)) == await asked(graph, then)


async def test_it_is_read_anew_when_it_is_far_behind(
    harbor: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "ANEW", 1)
    before = await snapshot(harbor, Moment.now())
    rows: list[worlds.Row] = [
        worlds.person("P-9", "Late"),
        worlds.owns("Party:P-9", "Party:O-2", 5),
    ]
    await write(harbor, rows, at=datetime.now(UTC))

    after = await snapshot(harbor, Moment.now())

    assert held(after) - held(before) == {("Party:P-9", "Party:O-2", 50_000_000, 50_000_000)}
    assert numbers(harbor)["snapshot_reads_total"] == 2


async def test_many_at_once_read_it_once_and_a_quiet_graph_costs_one_statement(
    harbor: Graph,
) -> None:
    await asyncio.gather(*(snapshot(harbor, Moment.now()) for _ in range(10)))
    assert numbers(harbor)["snapshot_reads_total"] == 1
    harbor.statements = 0

    first = await snapshot(harbor, Moment.now())

    assert harbor.statements == 1
    assert (await snapshot(harbor, Moment.now())) is first


async def test_a_past_day_is_read_once_however_often_it_is_asked(harbor: Graph) -> None:
    """What the caller left out of the moment is now, each time another instant."""
    for _ in range(3):
        await snapshot(harbor, Moment.given(date(2022, 1, 1), None, Moment.now()))

    assert numbers(harbor)["snapshot_reads_total"] == 1


async def test_what_is_recorded_while_a_question_waits_is_neither_lost_nor_hidden(
    harbor: Graph,
) -> None:
    await snapshot(harbor, Moment.now())
    asked = Moment.now()
    rows: list[worlds.Row] = [
        worlds.person("P-9", "Late"),
        worlds.owns("Party:P-9", "Party:O-2", 5),
    ]
    await write(harbor, rows, at=datetime.now(UTC))

    found, again = await snapshot(harbor, asked), await snapshot(harbor, Moment.now())

    late = ("Party:P-9", "Party:O-2", 50_000_000, 50_000_000)
    assert late in held(found)
    assert late in held(again)
    assert found.moment(asked).known_at > asked.known_at
    earlier = Moment.given(None, asked.known_at, asked)
    assert found.moment(earlier) == earlier


async def test_an_indirect_share_is_not_held_directly(harbor: Graph) -> None:
    """It is told beside the direct ones: counted too, the same share would count twice."""
    rows: list[worlds.Row] = [
        worlds.owns("Party:P-1", "Party:O-2", 0, 100, disclosed=False, directOrIndirect="indirect")
    ]
    await write(harbor, rows, at=datetime.now(UTC))

    found = held(await snapshot(harbor, Moment.now()))

    assert ("Party:P-1", "Party:O-2") not in {(a, b) for a, b, _, _ in found}


async def test_only_so_many_moments_are_kept(harbor: Graph) -> None:
    for day in range(1, 9):
        await snapshot(harbor, Moment.given(date(2022, 1, day), None, Moment.now()))

    assert len(module.SNAPSHOTS.known[harbor].found) == following.KEPT


async def test_what_it_holds_and_cost_is_counted(harbor: Graph) -> None:
    assert numbers(harbor) == {}

    found = await snapshot(harbor, Moment.now())
    then = await snapshot(harbor, Moment.given(date(2019, 1, 1), None, Moment.now()))

    told = numbers(harbor)
    parties = len(found.recorded.keys)
    assert parties == told["snapshot_parties"] == 4
    assert told["snapshot_bytes"] == found.nbytes > 0
    assert told["snapshot_bytes_per_party"] == found.nbytes / parties
    assert told["snapshot_moments"] == 2
    assert told["snapshot_moments_bytes"] == found.nbytes + then.nbytes
    assert told["snapshot_sequence"] == found.place.sequence > 0
    assert told["snapshot_read_seconds"] == found.seconds > 0


async def test_a_long_reading_tells_how_far_it_is(
    graph: Graph, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "PAGE", 1)
    held = [worlds.owns(f"Party:O-{at}", f"Party:O-{at + 1}", 60) for at in range(21)]
    await write(graph, [*parties(22), *held], at=worlds.RECORDED)

    with caplog.at_level(logging.INFO, logger=module.__name__):
        await snapshot(graph, Moment.now())

    told = [(record.message, vars(record)["count"]) for record in caplog.records]
    assert told == [
        ("Ownership is being read.", 10),
        ("Ownership is being read.", 20),
        ("Ownership was read.", 21),
    ]
