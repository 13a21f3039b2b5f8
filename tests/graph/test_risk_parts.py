"""What a caller sees of what risk walks on: only that is counted, and it follows each change."""

import random
from datetime import UTC, date, datetime, timedelta

import numpy as np

from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.reach import Reached
from graph.records.moment import Moment
from graph.reference.install import install
from graph.risk_network import NETWORKS, RiskNetwork, risk_network
from graph.risk_parts import seen_of
from graph.risk_scores import chosen, compute, scored
from graph.session import Graph
from tests import worlds

ACCOUNTS, NUMBERS, PARTIES = (
    [f"{kind}-{at}" for at in range(6)] for kind in ("Account:A", "ImporterNumber:N", "Party:O")
)
REACHED = Reached(
    accounts=frozenset(ACCOUNTS[:3]), things=frozenset([*NUMBERS[:3], "RiskFlag:F-0"])
)


def first(key: IdentifierKey) -> list[worlds.Row]:
    """Accounts, numbers and parties."""
    return [
        *(worlds.account(each[8:], f"Firm {each}") for each in ACCOUNTS),
        *(worlds.number(key, f"N-{at}", f"12-000000{at}XA") for at in range(6)),
        *(worlds.organization(each[6:], f"Holding {each}") for each in PARTIES),
        *(worlds.claim(*each) for each in zip(PARTIES, 6 * ["HOLDS"], NUMBERS, strict=True)),
        *(worlds.claim(*each) for each in zip(NUMBERS, 6 * ["IDENTIFIES"], ACCOUNTS, strict=True)),
    ]


def changed(rng: random.Random, turn: int) -> list[worlds.Row]:
    """A few claims that begin or have ended, a flag, and once in a while a party that is new."""
    found: list[worlds.Row] = []
    for _ in range(rng.randrange(1, 4)):
        until = rng.choice([None, None, date(2022, 6, 1)])
        for some, type_ in ((PARTIES, "CONTROLS"), (NUMBERS, "SUCCESSOR_OF")):
            start, end = rng.sample(some, 2)
            found.append(worlds.claim(start, type_, end, until=until))
    flag = rng.randrange(3)
    subject = (ACCOUNTS[0], NUMBERS[4], ACCOUNTS[4])[flag]
    told = {"kind": "PENALTY", "severity": rng.choice([0.3, 0.6]), "raisedOn": date(2021, 1, 1)}
    found.append(worlds.NodeRow("RiskFlag", f"F-{flag}", ("RiskFlag",), told))
    found.append(worlds.claim(f"RiskFlag:F-{flag}", "FLAGS", subject))
    if turn % 3 == 0:
        found.append(worlds.organization(f"New-{turn}", f"New {turn}"))
        found.append(worlds.claim(f"Party:New-{turn}", "CONTROLS", rng.choice(PARTIES)))
    return found


def told(world: RiskNetwork) -> set[str]:
    """The keys of its things, and of the ends of its claims."""
    network = world.network
    ends = {*network.start.tolist(), *network.end.tolist()}
    assert ends <= set(range(network.size))
    return {network.key(place) for place in range(network.size)}


async def test_a_part_follows_whatever_is_written_and_scores_like_one_cut_anew(
    graph: Graph, key: IdentifierKey
) -> None:
    NETWORKS.known.pop(graph, None)
    await install(graph, worlds.RECORDED)
    rng = random.Random(11)
    at = datetime(2021, 1, 1, tzinfo=UTC)
    await write(graph, [*first(key), *changed(rng, 0)], at=at)
    for turn in range(1, 9):
        at += timedelta(days=30)
        outcome = await write(graph, changed(rng, turn), at=at)
        assert outcome.refused == []
        followed = await seen_of(await risk_network(graph, Moment.now()), REACHED)
        goes_on = set(followed.earlier)
        by = chosen(followed, Moment.now(), None)
        now = await scored(followed, by)
        kept = NETWORKS.known.pop(graph)
        anew = await seen_of(await risk_network(graph, Moment.now()), REACHED)
        whole = compute(anew, by)
        assert turn == 1 or goes_on == {by.stored_key}
        assert told(followed) == told(anew)
        assert told(anew).isdisjoint({*ACCOUNTS[3:], *NUMBERS[3:]})
        assert {flag.key for flag in anew.flags} <= {"RiskFlag:F-0"}
        assert np.array_equal(now.labels.scores(), whole.labels.scores())
        assert followed.beside is not None
        assert anew.beside is not None
        assert np.array_equal(followed.beside, anew.beside)
        assert anew.beside.any()
        NETWORKS.known[graph] = kept


async def test_who_reaches_the_same_shares_a_part_and_of_many_the_oldest_goes(
    graph: Graph, key: IdentifierKey
) -> None:
    await install(graph, worlds.RECORDED)
    await write(graph, first(key), at=worlds.RECORDED)
    world = await risk_network(graph, Moment.now())
    again = Reached(accounts=REACHED.accounts, things=REACHED.things)
    one, same = await seen_of(world, REACHED), await seen_of(world, again)

    for at in range(20):
        await seen_of(world, Reached(accounts=frozenset([f"Account:{at}"])))

    assert one is same
    assert len(world.parts) == 16
    assert await seen_of(world, REACHED) is not one
    assert await seen_of(world, Reached(all=True)) is world
