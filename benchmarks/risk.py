"""Risk over whole networks, measured: `make bench-risk`. CPU seconds of one thread.

CPU time and not the clock, because other programs share the machine; the ratios of one run compare
what was measured side by side on the same network.
"""

import argparse
import json
import platform
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from time import process_time
from typing import TypeVar

import numpy as np

from benchmarks import risk_peers as peers
from benchmarks.bandwidth import looked_at, triad
from benchmarks.risk_store import stored
from benchmarks.risk_table import table
from benchmarks.risk_world import FLOOR, RULES, K, network, seeds
from graph.algorithms.arc_changes import Changes
from graph.algorithms.arc_edits import edited
from graph.algorithms.backward import chains, otherwise
from graph.algorithms.claims import Floats, Ints
from graph.algorithms.label_updates import update, updated
from graph.algorithms.labels import Labels, labels
from graph.algorithms.network import Network
from graph.algorithms.risk_arcs import RiskArcs, nano, risk_arcs

RESULTS = Path(__file__).parent / "results"
PEERS_UP_TO = 100_000  # accounts: beyond, the peers take minutes
COLUMNS = ("start", "end", "link", "left", "cost")
CLAIMS, SEEDS, QUESTIONS, WALKS = 300, 60, 300, 40
Value = TypeVar("Value")


@dataclass
class Measured:
    """One size: seconds, and what they are of."""

    accounts: int
    things: int
    claims: int
    arcs: int
    seconds: dict[str, float] = field(default_factory=dict)
    spread: dict[str, tuple[float, float, float]] = field(default_factory=dict)  # p50, p95/99, max
    bytes_per_account: dict[str, float] = field(default_factory=dict)
    rounds: int = 0
    bandwidth: float = 0.0  # that a full run uses, as a part of what numpy reaches
    correct: bool = True
    cypher: dict[str, int] = field(default_factory=dict)  # of so many asked: late, and short

    def time(self, name: str, task: Callable[[], Value], times: int = 1) -> Value:
        """Do it, and note the least of so many times."""
        least = np.inf
        for _ in range(times):
            started = process_time()
            found = task()
            least = min(least, process_time() - started)
        self.seconds[name] = float(least)
        return found

    def note(self, name: str, taken: list[float], high: int) -> None:
        """Note how a number of measurements are spread."""
        self.spread[name] = (
            float(np.percentile(taken, 50)),
            float(np.percentile(taken, high)),
            max(taken),
        )


def measured(accounts: int, walked: bool) -> Measured:
    """Everything at one size, Cypher's own walk if it is wanted."""
    world = network(accounts)
    own = seeds(world)
    warm(labels(risk_arcs(small := network(200), RULES), seeds(small), K, FLOOR), small)
    found = Measured(accounts, world.size, len(world.id), 0)
    arcs = found.time("arcs", partial(_arcs, world), 2)
    found.arcs = len(arcs.start)
    result = found.time("full run", lambda: labels(arcs, own, K, FLOOR), 3)
    found.bandwidth = looked_at(arcs, result) / found.seconds["full run"] / triad()
    found.seconds["order"] = _took(lambda: arcs.into)
    found.bytes_per_account = {
        "arcs": arcs.nbytes / accounts,
        "labels": result.nbytes / accounts,
        "network": world.nbytes / accounts,
    }
    if accounts <= PEERS_UP_TO:
        _peers(found, arcs, own, result)
    if walked:
        _cypher(found, world, arcs, result)
    _questions(found, world, arcs, result)
    _step(found, world, arcs, result)
    _updates(found, arcs, result)
    return found


def _arcs(world: Network) -> RiskArcs:
    """The arcs, and where those from each thing begin."""
    found = risk_arcs(replace(world), RULES)  # a copy knows nothing computed before
    assert len(found.first)
    return found


def warm(found: Labels, small: Network) -> None:
    """Compile what is measured."""
    arcs = risk_arcs(small, RULES)
    updated(found, arcs, arcs, np.arange(small.size), found.seeds)
    less = small.without(ids=[bytes(small.id[0]).decode()])
    edited(arcs, small, less, np.arange(small.size))
    chains(arcs, found.seeds, 0, K, FLOOR, [0])


def _took(task: Callable[[], object]) -> float:
    started = process_time()
    task()
    return process_time() - started


def _peers(found: Measured, arcs: RiskArcs, own: Floats, result: Labels) -> None:
    listed, plain = peers.outgoing(arcs), own.tolist()
    by_heap = found.time("Python heap", lambda: peers.heap(listed, plain, K, FLOOR))
    by_rounds = found.time("numpy rounds", lambda: peers.rounds(arcs, own, K, FLOOR))
    found.rounds = by_rounds[2]
    found.correct = peers.agree(result, by_heap, by_rounds)


def _cypher(found: Measured, world: Network, arcs: RiskArcs, result: Labels) -> None:
    """The same question of a database, by the clock: most of it is not our process."""
    rng = np.random.default_rng(7)
    told = stored(arcs, result.seeds, [int(at) for at in rng.choice(world.accounts, WALKS)])
    found.note("Cypher", told["cypher"], 99)
    found.note("ours beside Cypher", told["ours"], 99)
    found.cypher = {name: told[name] for name in ("asked", "late", "short")}


def _questions(found: Measured, world: Network, arcs: RiskArcs, result: Labels) -> None:
    """The chains of an account by backward search and from its labels; who scores high."""
    rng = np.random.default_rng(3)
    asked = [int(place) for place in rng.choice(world.accounts, QUESTIONS)]
    searched = [_took(partial(chains, arcs, result.seeds, place, K, FLOOR)) for place in asked]
    found.note("backward search", searched, 99)
    read = [_took(partial(_chains, arcs, result, place)) for place in asked]
    found.note("chains from labels", read, 99)
    values = found.time("scores of all", result.scores, 3)
    found.time("accounts at .5 or more", lambda: _high(world, values), 3)


def _chains(arcs: RiskArcs, result: Labels, place: int) -> list[list[int]]:
    return [result.chain(arcs, place, rank) for rank in range(result.counted(place))]


def _high(world: Network, values: Floats) -> Ints:
    accounts = world.accounts
    high: Ints = accounts[values[accounts] >= 0.5]
    return high


def _step(found: Measured, world: Network, arcs: RiskArcs, result: Labels) -> None:
    """One change as the product makes it: a network, its arcs and its labels beside the old."""
    rng = np.random.default_rng(4)
    taken = []
    for _ in range(3):
        id_ = bytes(world.id[rng.integers(len(world.id))]).decode()
        started = process_time()
        after = world.without(ids=[id_])
        moved = np.arange(world.size)
        now = edited(arcs, world, after, moved) or risk_arcs(after, RULES)
        again = updated(result, arcs, now, moved, result.seeds)
        taken.append(process_time() - started)
    found.note("change, beside the old", taken, 95)
    anew = risk_arcs(after, RULES)
    wanted = labels(anew, result.seeds, K, FLOOR)
    found.correct &= np.array_equal(again.table, wanted.table)
    found.correct &= all(np.array_equal(getattr(now, c), getattr(anew, c)) for c in COLUMNS)


def _updates(found: Measured, arcs: RiskArcs, result: Labels) -> None:
    """Claims that end and begin again, and strong own risks that come and go, in place."""
    rng = np.random.default_rng(5)
    kept = result.table.copy()
    nothing = np.zeros(0, np.int32)
    own = result.seeds, nano(result.seeds)
    taken = []
    for link in _single(arcs)[:CLAIMS]:
        changed, left = otherwise(arcs, [link])
        matters = np.maximum(arcs.left[changed], left) >= FLOOR
        changes = Changes(arcs.start[changed[matters]], arcs.end[changed[matters]], nothing)
        for value in (left, arcs.left[changed].copy()):
            arcs.left[changed], arcs.cost[changed] = value, nano(value)
            taken.append(_took(partial(update, result, arcs, own, changes)))
    found.note("claim ends or begins", taken, 95)
    taken = []
    for place in rng.choice(np.flatnonzero(result.seeds == 0), SEEDS).tolist():
        changes = Changes(nothing, nothing, np.array([place], np.int32))
        for seed in (0.9, 0.0):
            own[0][place] = seed
            own[1][place] = nano(own[0][place : place + 1])[0]
            taken.append(_took(partial(update, result, arcs, own, changes)))
    found.note("strong own risk comes or goes", taken, 95)
    found.correct &= np.array_equal(result.table, kept)


def _single(arcs: RiskArcs) -> list[int]:
    """Claims drawn at random; in place, an arc beside a parallel one would lose its order."""
    rng = np.random.default_rng(6)
    found = []
    for arc in rng.choice(len(arcs.start), 2 * CLAIMS).tolist():
        pair = arcs.of_claims([int(arcs.link[arc])])[0]
        if not any(_parallel(arcs, one) for one in pair):
            found.append(int(arcs.link[arc]))
    return found


def _parallel(arcs: RiskArcs, arc: int) -> bool:
    start, end = int(arcs.start[arc]), arcs.end[arc]
    others = arcs.end[arcs.first[start] : arcs.first[start + 1]]
    return int(np.count_nonzero(others == end)) > 1


def main() -> None:
    """Measure, and write the table."""
    parser = argparse.ArgumentParser(prog="make bench-risk", description=__doc__)
    parser.add_argument("--accounts", default="10000,100000,1000000", help="sizes, with commas")
    parser.add_argument("--walked", default="10000,100000", help="sizes that Cypher walks, too")
    parser.add_argument("--results", type=Path, default=RESULTS, help="folder to write to")
    given = parser.parse_args()
    found = []
    for size in given.accounts.split(","):
        found.append(measured(int(size), size in given.walked.split(",")))
        print(table(found[-1:]))  # noqa: T201
    results: Path = given.results
    results.mkdir(parents=True, exist_ok=True)
    machine = {"machine": platform.processor() or platform.machine(), "numpy": np.__version__}
    told = {**machine, "sizes": [asdict(each) for each in found]}
    (results / "risk.json").write_text(json.dumps(told, indent=1) + "\n")
    (results / "risk.md").write_text("# Risk over whole networks\n\n" + table(found))


if __name__ == "__main__":
    main()
