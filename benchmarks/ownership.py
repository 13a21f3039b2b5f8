"""`make bench-ownership`: what ownership costs, beside plain Python, networkx, scipy and Cypher.

Usage: python -m benchmarks.ownership [--sizes 10000,100000] [--targets 300] [--stored 100000]

Each target is asked of all sides, one right after the other, so that whatever disturbs the machine
disturbs all. In memory the thread's CPU time is measured, of a database the time on the clock.
Ratios count; milliseconds are of this machine.
"""

import json
import os
import subprocess
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import thread_time
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console

from benchmarks.ownership_store import stored
from benchmarks.ownership_table import ending, lines
from benchmarks.ownership_tasks import agree, tasks
from benchmarks.ownership_world import Drawn, drawn
from graph.algorithms.everyone import circles
from graph.algorithms.holdings import holdings
from graph.algorithms.recorded import Recorded
from graph.algorithms.upstream import upstream

RESULTS = Path(__file__).parent / "results"
AGREEING = 50  # parties whose answers are compared
terminal = Console(highlight=False, width=180)


def main(
    sizes: Annotated[str, typer.Option(help="Numbers of parties, by commas.")] = "10000,100000",
    targets: Annotated[int, typer.Option(help="Parties asked about.")] = 300,
    stored: Annotated[int, typer.Option(help="Parties at most that are put in Neo4j.")] = 100_000,
    walked: Annotated[int, typer.Option(help="Parties that Cypher is asked about.")] = 40,
) -> None:
    """Measure every size, and write a table and all figures."""
    found = [_measured(int(size), targets, stored, walked) for size in sizes.split(",")]
    at = datetime.now(UTC)
    command = ["git", "rev-parse", "--short", "HEAD"]
    commit = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    RESULTS.mkdir(exist_ok=True)
    kept = {
        "at": at.isoformat(), "commit": commit, "targets": targets,
        "load": os.getloadavg()[0], "cores": os.cpu_count(), "sizes": found,
    }  # fmt: skip
    (RESULTS / "ownership.json").write_text(json.dumps(kept, indent=1) + "\n")
    text = "\n".join([*lines(found), "", *ending(kept)])
    (RESULTS / "ownership.md").write_text(text + "\n")
    terminal.print(text, markup=False)


def _measured(size: int, targets: int, most_stored: int, walked: int) -> dict[str, Any]:
    graph = drawn(size)
    holdings(graph.claims)  # so that nothing is read or compiled afterwards
    started = thread_time()
    held = holdings(graph.claims)
    _ = held.by_owner, held.parts
    built = thread_time() - started
    places = np.random.default_rng(1).choice(size, targets, replace=False).tolist()
    terminal.print(f"{size:,} parties are there; all sides are asked for the same", markup=False)
    agree(held, graph, places[:AGREEING])
    return {
        "parties": size,
        "holdings": len(held.owner),
        "above_p50": float(np.median([upstream(held, one).size for one in places])),
        "in_rings": int((circles(held) > 1).sum()),
        "build_cpu_s": built,
        "bytes_per_party": held.nbytes / size,
        "bytes_of_claims_per_party": _keyed(graph).nbytes / size,
        "tasks": [asdict(task) for task in tasks(held, graph, places)],
        "stored": stored(graph, places[:walked]) if size <= most_stored else None,
    }


def _keyed(graph: Drawn) -> Recorded:
    """The claims with their ids and the parties' keys, as the product keeps them."""
    claims = graph.claims
    text = "Party:O-{:08}".format
    return Recorded(
        keys=np.array([text(one).encode() for one in range(claims.parties)]),
        kinds=np.zeros(claims.parties, np.uint8),
        sources=("R",),
        id=np.array([f"R-{at:08}".encode() for at in range(len(claims.start))]),
        start=claims.start,
        end=claims.end,
        low=claims.low,
        high=claims.high,
        disclosed=claims.disclosed,
        interest=claims.interest,
        source=claims.source,
        nominee=np.zeros(len(claims.start), bool),
    )


if __name__ == "__main__":
    typer.run(main)
