"""What risk walks on: as the graph has it after any write, at any moment."""

import random
from datetime import UTC, date, datetime, timedelta

from graph.load.write import write
from graph.policy import DEVELOPMENT
from graph.records.moment import Moment
from graph.reference.install import install
from graph.risk_network import NETWORKS, RiskNetwork, risk_network
from graph.risk_scores import compute, scores
from graph.session import Graph
from tests import worlds

PARTIES = 10


def rows(rng: random.Random, turn: int) -> list[worlds.Row]:
    """A few claims, a flag raised or resolved, and once in a while a party that is new."""
    names = [f"Party:O-{at}" for at in range(PARTIES)]
    found: list[worlds.Row] = []
    for _ in range(rng.randrange(1, 4)):
        a, b = rng.sample(names, 2)
        until = rng.choice([None, None, date(2022, 6, 1)])
        type_ = rng.choice(["OWNS", "NOMINEE_FOR", "CONTROLS"])
        share = {"minShare": 10**8, "maxShare": rng.choice([10**8, 10**9]), "disclosed": True}
        properties = {"interest": "SHAREHOLDING", **share} if type_ == "OWNS" else {}
        found.append(worlds.ClaimRow(type_, a, b, worlds.REGISTER, worlds.SINCE, until, properties))
    resolved = rng.choice([None, date(2022, 1, 1)])
    flag = f"F-{rng.randrange(4)}"
    properties = {"kind": "PENALTY", "severity": rng.choice([0.3, 0.6]), "resolvedOn": resolved,
                  "raisedOn": date(2021, 1, 1)}  # fmt: skip
    found.append(worlds.NodeRow("RiskFlag", flag, ("RiskFlag",), properties))
    found.append(worlds.claim(f"RiskFlag:{flag}", "FLAGS", names[int(flag[2:])]))
    if turn % 3 == 0:
        found.append(worlds.organization(f"N-{turn}", f"New {turn}"))
        found.append(worlds.claim(f"Party:N-{turn}", "CONTROLS", rng.choice(names)))
    return found


def told(
    world: RiskNetwork,
) -> tuple[set[str], set[tuple[str, str]], set[tuple[str, str, str, str]]]:
    network = world.network
    claims = {
        (*network.claim(at), network.key(int(network.start[at])), network.key(int(network.end[at])))
        for at in range(len(network.id))
    }
    return (
        {network.key(place) for place in range(network.size)},
        {(flag.key, flag.subject) for flag in world.flags},
        claims,
    )


async def test_it_follows_whatever_is_written_and_scores_like_one_read_anew(graph: Graph) -> None:
    NETWORKS.known.pop(graph, None)
    await install(graph, worlds.RECORDED)
    rng = random.Random(7)
    at = datetime(2021, 1, 1, tzinfo=UTC)
    parties: list[worlds.Row] = [
        worlds.organization(f"O-{place}", f"Firm {place}") for place in range(PARTIES)
    ]
    await write(graph, [*parties, *rows(rng, 0)], at=at)
    await scores(graph, DEVELOPMENT, Moment.now())
    for turn in range(1, 9):
        at += timedelta(days=30)
        outcome = await write(graph, rows(rng, turn), at=at)
        assert outcome.refused == []
        followed = await risk_network(graph, Moment.now())
        now = await scores(graph, DEVELOPMENT, Moment.now())
        kept = NETWORKS.known.pop(graph)
        anew = await risk_network(graph, Moment.now())
        assert told(followed) == told(anew)
        whole = compute(anew, now.policy)
        for place in range(anew.network.size):
            key = anew.network.key(place)
            assert now.of(key) == whole.of(key)
        NETWORKS.known[graph] = kept

    assert NETWORKS.known[graph].read == 1
    assert NETWORKS.known[graph].advanced == 8
