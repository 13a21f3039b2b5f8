"""`make bench-ownership`: what ownership costs without a database, beside plain Python.

Usage: python -m benchmarks.ownership [--sizes 10000,100000] [--targets 300]

Each target is asked of both sides, one right after the other, so that whatever disturbs the machine
disturbs both. Ratios count; milliseconds are of this machine.
"""

import json
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console

from benchmarks import ownership_plain as plain
from benchmarks.ownership_world import Drawn, drawn
from graph.algorithms.control import blocked, controller
from graph.algorithms.holdings import Holdings, holdings
from graph.algorithms.integrated import ultimate
from graph.algorithms.recorded import Recorded, Row
from graph.algorithms.upstream import upstream

RESULTS = Path(__file__).parent / "results"
LISTED = 50  # one party in so many is on a sanctions list
TIMES = 3  # that each is measured: the best counts, as the least disturbed
KEYED = 100_000  # so many parties at most are also put in with their keys, to weigh them
HEAD = "| parties | holdings | task | p50 ms | p99 ms | plain p50 ms | ratio p50, total | target |"
RULE = "|--:|--:|---|--:|--:|--:|--:|---|"
TARGETS = {"owners of one party": "10", "ultimate controller of one": "1", "blocked parties": "1"}


def main(
    sizes: Annotated[str, typer.Option(help="Numbers of parties, by commas.")] = "10000,100000",
    targets: Annotated[int, typer.Option(help="Parties asked about.")] = 300,
) -> None:
    """Measure every size, and write a table and all figures."""
    found = [_measured(int(size), targets) for size in sizes.split(",")]
    lines = [HEAD, RULE] + [_line(size, task) for size in found for task in size["tasks"]]
    lines += ["", *(_memory(size) for size in found)]
    at = datetime.now(UTC)
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    RESULTS.mkdir(exist_ok=True)
    kept = {"at": at.isoformat(), "commit": commit, "targets": targets, "sizes": found}
    (RESULTS / "ownership.json").write_text(json.dumps(kept, indent=1) + "\n")
    (RESULTS / "ownership.md").write_text("\n".join(lines) + "\n")
    Console(highlight=False, width=160).print("\n".join(lines), markup=False)


def _measured(size: int, targets: int) -> dict[str, Any]:
    graph = drawn(size)
    started = perf_counter()
    held = holdings(graph.claims)
    _ = held.by_owner, held.parts
    built = perf_counter() - started
    below = graph.below
    places = np.random.default_rng(1).choice(size, targets, replace=False).tolist()
    listed = np.random.default_rng(2).choice(size, size // LISTED, replace=False).tolist()
    heads: dict[int, int | None] = {}

    def owners(target: int) -> None:
        ultimate(upstream(held, target))

    def head(target: int) -> None:
        found = controller(upstream(held, target))
        heads[target] = found.head if found and found.head != target else None

    def plain_head(target: int) -> None:
        wanted = plain.controller(graph.above, below, target)
        assert heads[target] in (None, wanted) or wanted is None, (target, heads[target], wanted)

    _agree(held, graph, places[:50])
    return {
        "parties": size,
        "holdings": len(held.owner),
        "above_p50": float(np.median([upstream(held, one).size for one in places])),
        "build_s": built,
        "bytes_per_party": held.nbytes / size,
        "bytes_of_claims_per_party": _keyed(graph) if size <= KEYED else None,
        "tasks": [
            _both("owners of one party", places, owners,
                  lambda one: plain.ultimate(graph.above, one)),
            _both("ultimate controller of one", places, head, plain_head),
            _both("blocked parties", [0] * 5, lambda _: blocked(held, listed),
                  lambda _: plain.won(below, listed, more=False)),
        ],
    }  # fmt: skip


def _agree(held: Holdings, graph: Drawn, places: list[int]) -> None:
    """Both sides find the same: a fast wrong answer is none."""
    for target in places:
        up = upstream(held, target)
        found = dict(zip(up.nodes.tolist(), ultimate(up).low.tolist(), strict=True))
        for one, share in plain.ultimate(graph.above, target).items():
            assert abs(found[one] - share) < 1e-9, (target, one, found[one], share)


def _both(task: str, places: list[int], ours: Callable[[int], object],
          other: Callable[[int], object]) -> dict[str, Any]:  # fmt: skip
    """Seconds of both, in turn, the best of three; machine code is read before the first."""
    taken: dict[str, list[float]] = {"ours": [], "plain": []}
    ours(places[0])
    for one in places:
        for name, function in (("ours", ours), ("plain", other)):
            taken[name].append(min(_seconds(function, one) for _ in range(TIMES)))
    return {"task": task, **taken}


def _seconds(function: Callable[[int], object], one: int) -> float:
    started = perf_counter()
    function(one)
    return perf_counter() - started


def _keyed(graph: Drawn) -> float:
    """What the claims weigh with their ids and the parties' keys."""
    claims = graph.claims
    ends = zip(claims.start.tolist(), claims.end.tolist(), claims.low.tolist(), strict=True)
    kinds = ("Organization", "Organization")
    rows = [
        Row(f"R-{at:08}", "OWNS", f"Party:O-{a:08}", f"Party:O-{b:08}", low, low, True, None, "R",
            *kinds)
        for at, (a, b, low) in enumerate(ends)
    ]  # fmt: skip
    return Recorded.of(rows).nbytes / claims.parties


def _line(size: dict[str, Any], task: dict[str, Any]) -> str:
    ours, other = np.array(task["ours"]) * 1000, np.array(task["plain"]) * 1000
    half, most = np.quantile(ours, [0.5, 0.99])
    ratios = f"{np.median(other) / half:.1f}, {other.sum() / ours.sum():.1f}"
    return (
        f"| {size['parties']:,} | {size['holdings']:,} | {task['task']} | {half:.3f} | {most:.3f}"
        f" | {np.median(other):.3f} | {ratios} | {TARGETS[task['task']]} |"
    )


def _memory(size: dict[str, Any]) -> str:
    keyed = size["bytes_of_claims_per_party"]
    claims = f", their claims with keys {keyed:.0f}" if keyed else ""
    return (
        f"{size['parties']:,} parties: {size['above_p50']:.0f} above the median one; holdings made"
        f" in {size['build_s']:.2f} s, {size['bytes_per_party']:.0f} bytes a party{claims}."
    )


if __name__ == "__main__":
    typer.run(main)
