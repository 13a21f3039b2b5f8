"""Labels brought up to date are those of a full run, whatever changes, bit for bit."""

import random
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import numpy as np
import pytest

from graph import risk_scores
from graph.algorithms import label_updates
from graph.algorithms.arc_changes import Changes
from graph.algorithms.label_updates import update, updated
from graph.algorithms.labels import Labels, labels
from graph.algorithms.network import Link, Network
from graph.algorithms.risk_arcs import RiskArcs, nano, risk_arcs
from graph.changes import Place
from graph.flags import Flag
from graph.risk_network import RiskNetwork
from graph.risk_scores import compute, scored
from tests.graph.algorithms.test_labels import BILLION, POLICY, RULES

CHANGES = 1000
SIZES = (12, 60, 300)
SEEDS = (0.0, 0.0, 0.05, 0.2, 0.5, 0.9, 1.0)
TYPES = ("OWNS", "OWNS", "GRANTED_POA", "SHARES", "SHARES", "IDENTIFIES", "NOMINEE_FOR")


@dataclass
class State:
    """A network, the own risks of its things, and its claims by id."""

    rng: random.Random
    network: Network
    seeds: dict[str, float]
    claims: dict[str, Link]
    made: int = 0

    def own(self) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        found = np.zeros(self.network.size)
        for key, seed in self.seeds.items():
            place = self.network.place(key)
            assert place is not None
            found[place] = seed
        return found

    def link(self) -> Link:
        """A claim between things that are there, some of them hubs, seldom a new one."""
        rng, names = self.rng, [bytes(key).decode() for key in self.network.keys]
        self.made += 1
        hubs = names[:: max(1, len(names) // 4)]
        end = rng.choice(hubs if rng.random() < 0.4 else names)
        start = f"N{rng.random():.6f}" if rng.random() < 0.05 else rng.choice(names)
        share = rng.choice([10, 25, 25, 50]) * BILLION // 100
        return Link(f"R{self.made:05}", rng.choice(TYPES), start, end, share, share)

    def record(self, links: list[Link]) -> None:
        """Record claims anew: those of the same ids are replaced."""
        kept = self.network.without(ids=[each.id for each in links])
        known = set(kept.keys.tolist())
        things = {e for each in links for e in (each.start, each.end) if e.encode() not in known}
        self.network = kept.edited([(each, "Organization") for each in sorted(things)], links)
        self.claims |= {each.id: each for each in links}

    def change(self) -> None:
        """One change of any kind."""
        rng = self.rng
        kind = rng.randrange(5) if len(self.claims) > self.network.size else 0
        if kind in (0, 1):
            self.record([self.link()])
        elif kind == 2:
            gone = rng.sample(sorted(self.claims), rng.choice([1, 1, 1, 3]))
            self.network = self.network.without(ids=gone)
            for each in gone:
                del self.claims[each]
        elif kind == 3:
            some = rng.sample(sorted(self.claims), 2)
            share = rng.choice([5, 25, 40]) * BILLION // 100
            self.record([self.claims[each]._replace(low=share, high=share) for each in some])
        else:
            key = self.network.key(rng.randrange(self.network.size))
            self.seeds[key] = rng.choice(SEEDS)


def started(size: int, seed: int) -> State:
    names = [f"N{at / size:.6f}" for at in range(size)]
    network = Network.of([(name, "Organization") for name in names], [])
    rng = random.Random(seed)
    state = State(rng, network, {name: rng.choice(SEEDS) for name in names}, {})
    state.record([state.link() for _ in range(size)])
    return state


def full(state: State) -> tuple[RiskArcs, Labels]:
    arcs = risk_arcs(state.network, RULES)
    return arcs, labels(arcs, state.own(), 3, 0.01)


@pytest.mark.parametrize("size", SIZES)
def test_an_update_is_a_full_run_after_each_of_many_mixed_changes(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(label_updates, "SHARE", 10.0)  # never a full run instead
    state = started(size, size)
    arcs, found = full(state)
    for at in range(CHANGES):
        if at % 50 == 49:  # not to grow far beyond the size
            state = started(size, at)
            arcs, found = full(state)
        keys = state.network.keys
        state.change()
        moved = np.searchsorted(state.network.keys, keys)
        now, wanted = full(state)
        found = updated(found, arcs, now, moved, state.own())
        assert np.array_equal(found.table, wanted.table)
        assert np.array_equal(found.scores(), wanted.scores())
        arcs = now


def test_the_numbers_of_claims_change_nothing() -> None:
    for seed in range(200):
        state = started(40, seed)
        _, wanted = full(state)
        order = np.random.default_rng(seed).permutation(len(state.network.id))
        columns = ("id", "type", "start", "end", "low", "high")
        shuffled = {name: getattr(state.network, name)[order] for name in columns}
        state.network = replace(state.network, **shuffled)
        _, found = full(state)
        assert np.array_equal(found.table, wanted.table)


def test_what_changes_nothing_lets_nothing_choose_anew() -> None:
    state = started(60, 1)
    state.seeds = {state.network.key(3): 0.9}
    arcs, found = full(state)
    before = found.table.copy()
    nothing = np.zeros(0, np.int32)
    own = (state.own(), nano(state.own()))
    assert update(found, arcs, own, Changes(nothing, nothing, nothing)) == 0
    assert np.array_equal(found.table, before)


async def test_a_world_goes_on_from_what_an_earlier_one_came_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = started(60, 2)
    before = worldly(state)
    await scored(before, POLICY)
    for _ in range(20):
        state.change()
        state.record([state.link()])
    wanted = compute(worldly(state), POLICY)
    monkeypatch.setattr(label_updates, "SHARE", 10.0)
    monkeypatch.delattr(risk_scores, "labels")  # no full run
    between = replace(worldly(state), earlier=before.known())  # of this one nothing is asked
    after = replace(worldly(state), earlier=between.known())
    found = await scored(after, POLICY)
    assert np.array_equal(found.labels.table, wanted.labels.table)
    assert not after.earlier


def worldly(state: State) -> RiskNetwork:
    flags = tuple(Flag(f"F-{key}", key, "PENALTY", seed) for key, seed in state.seeds.items())
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return RiskNetwork(Place(None, 0), at, 0.0, state.network, flags, (POLICY,))
