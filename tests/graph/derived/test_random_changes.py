"""Random changes: what is told is what differs between full computations around each."""

import os
import random
from datetime import date

from graph.algorithms.control import blocked
from graph.derived.deriver import Deriver
from graph.filter_needs import Known
from graph.membership import placed
from graph.policy import DEVELOPMENT
from graph.records.moment import Moment
from graph.risk_network import NETWORKS
from graph.risk_scores import scores
from graph.segments import segments
from graph.session import Graph
from graph.snapshot import SNAPSHOTS, snapshot
from tests import worlds
from tests.graph.derived.conftest import Record, Told, flag, follow, told
from tests.graph.derived.test_events import BLOCKED, RATING, SEGMENT, segment

CHANGES = int(os.environ.get("DERIVED_CHANGES", "40"))
PARTIES, ACCOUNTS = 8, 4
State = dict[tuple[str, str], str]


def world() -> list[worlds.Row]:
    """Parties, each second of which holds the code of an account; three segments."""
    rows: list[worlds.Row] = [
        segment("Watch", 1, {"minRisk": 0.4}),
        segment("Flagged", 2, {"flagKinds": ["SANCTIONED_OWNER"]}),
        segment("Rest", 3, {}),
    ]
    rows += [worlds.organization(f"O-{at}", f"Firm {at}") for at in range(PARTIES)]
    for at in range(ACCOUNTS):
        code = f"AB{at}"
        rows += [worlds.account(f"A-{at}", f"Account {at}"), worlds.code(code)]
        rows.append(worlds.claim(f"FilerCode:{code}", "IDENTIFIES", f"Account:A-{at}"))
        rows.append(worlds.claim(f"Party:O-{2 * at}", "HOLDS", f"FilerCode:{code}"))
    return rows


def change(rng: random.Random) -> list[worlds.Row]:
    """One change: a share or another link that begins, ends or is corrected, or a flag."""
    one, other = rng.sample([f"Party:O-{at}" for at in range(PARTIES)], 2)
    until = rng.choice([None, None, date(2022, 6, 1)])
    what = rng.randrange(10)
    if what < 5:
        most = rng.choice([30, 50, 60, 100])
        share = {"minShare": rng.choice([10, most]) * 10**7, "maxShare": most * 10**7}
        said = {"interest": "SHAREHOLDING", "disclosed": rng.random() < 0.9, **share}
        return [worlds.ClaimRow("OWNS", one, other, worlds.REGISTER, worlds.SINCE, until, said)]
    if what < 7:
        return [worlds.claim(one, rng.choice(["CONTROLS", "NOMINEE_FOR"]), other, until=until)]
    resolved = rng.choice([None, date(2022, 1, 1)])
    kind = rng.choice(["PENALTY", "SANCTIONED_OWNER"])
    place = rng.randrange(PARTIES)
    severity = rng.choice([0.2, 0.5, 0.9])
    return flag(f"F-{place}", f"Party:O-{place}", severity, kind, resolvedOn=resolved)


async def state(graph: Graph) -> State:
    """Every rating, verdict and segment, computed anew from all that is stored."""
    NETWORKS.known.pop(graph, None)
    SNAPSHOTS.known.pop(graph, None)
    now = Moment.now()
    computed = await scores(graph, DEVELOPMENT, now)
    network = computed.world.network
    keys = [network.key(place) for place in range(network.size)]
    found = {(RATING, key): computed.rating(key).value for key in keys}
    owned = await snapshot(graph, now)
    listed = {party for _, party in owned.listed}
    places = [place for key in listed if (place := owned.recorded.place(key)) is not None]
    both = blocked(owned.recorded.holdings, places)
    for at in range(PARTIES):
        key = f"Party:O-{at}"
        place = owned.recorded.place(key)
        certain = key in listed or (place is not None and both.low.won(place))
        possible = place is not None and both.high.won(place)
        found[BLOCKED, key] = "YES" if certain else "UNDETERMINED" if possible else "NO"
    accounts = [f"Account:A-{at}" for at in range(ACCOUNTS)]
    rules = await segments(graph, DEVELOPMENT, now)
    inside = await placed(graph, now, accounts, rules, Known(now, scores=computed), seconds=60)
    names = {each.stored_key: each.name for each in rules}
    return found | {(SEGMENT, key): names[inside[key] or ""] for key in accounts}


async def test_each_of_many_random_changes_is_told_as_a_full_computation_tells_it(
    ruled: Graph, record: Record
) -> None:
    rng = random.Random(11)
    await record(world())
    deriver = Deriver(ruled)
    await follow(deriver)
    before, moving, silent = await state(ruled), 0, 0

    for turn in range(CHANGES):
        entries = await record(change(rng))
        behind = (entries.stop or 1) - 1
        if turn % 20 == 19:
            deriver = Deriver(ruled)  # as after a restart
        await follow(deriver)
        after = await state(ruled)
        events = await told(ruled, after=behind)
        expected = {
            (kind, key, before.get((kind, key)), now)
            for (kind, key), now in after.items()
            if now != before.get((kind, key))
        }
        assert sorted(each[:4] for each in events) == sorted(expected)
        assert {each.cause for each in events} <= set(entries)
        moving, silent = moving + bool(events), silent + (not events)
        before = after

    assert await told(ruled) == list(dict.fromkeys(await told(ruled)))
    assert moving > CHANGES // 5
    assert silent > CHANGES // 10


async def test_what_is_told_late_is_told_as_at_once(ruled: Graph, record: Record) -> None:
    rng = random.Random(12)
    await record(world())
    await follow(Deriver(ruled))
    expected: list[Told] = []
    before = await state(ruled)
    causes: list[range] = []

    for _ in range(30):
        causes.append(await record(change(rng)))
        after = await state(ruled)
        expected += [
            Told(kind, key, before[kind, key], now, len(causes) - 1)
            for (kind, key), now in sorted(after.items())
            if now != before[kind, key]
        ]
        before = after
    await follow(Deriver(ruled))

    turn_of = {entry: turn for turn, entries in enumerate(causes) for entry in entries}
    found = [each._replace(cause=turn_of[each.cause or 0]) for each in await told(ruled)]
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert len(found) > 10
