"""Five times what the server can: `make bench-overload`; writes results/overload.md.

A server of the demonstration graph in a folder that is kept. Requests come at random times whether
others were answered or not, from so many callers that all together are too many, not one of them.
A latency counts from when a request was due.

Usage: python -m benchmarks.overload [--seconds 60]
"""

import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated
from urllib.request import urlopen

import psutil
import typer

from benchmarks.overload_client import ASKED, CONNECTIONS, Client, Phase
from benchmarks.servers import ready, server
from config import settings
from graph.roles import Role
from transport.development import Development

RESULTS = Path(__file__).parent / "results" / "overload.md"
FOLDER = Path("var/bench/overload")
PORT = 8142
CALLERS = 64
MIB = 1024 * 1024
GOALS = (
    "Goals (R22): p99 of what is let in at most twice that at 80 % and 2 s; refused within 50 ms;"
    " at most 64 waiting; memory at most 100 MB more; usual within 5 s after."
)
RICH = {"points": 1_000_000, "restore": 1_000_000, "at_once": 64, "lookups": 1_000_000}


def main(seconds: Annotated[float, typer.Option(help="Of each load.")] = 60.0) -> None:
    """Find what the server can, load it below, far above and below again."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    given = {
        "IDENTIFIER_KEY_FILE": str(FOLDER / "identifier.key"),
        "LIMITS_CALLER": json.dumps(RICH),
    }
    data = FOLDER / "graph"
    script = str(Path(sys.executable).parent / "account-graph")
    made = [script, "demo", "--data", str(data)]  # which takes longer than a start may
    subprocess.run(made, env={**os.environ, **given}, check=True)
    command = [script, "serve", "--data", str(data), "--port", str(PORT)]
    with server("ours", command, PORT, given) as (url, process):
        address = url.removesuffix("/graphql")
        ready(url)
        local = Development.at(data, settings().audience)
        tokens = [local.token([Role.HQ_ANALYST], f"M-{n}", 3600) for n in range(CALLERS)]
        client = Client(address, tokens)
        most = asyncio.run(_most(client))
        before = process.memory_info().rss / MIB
        phases = [
            Phase("80 %", 0.8 * most, seconds),
            Phase("five times", 5 * most, seconds),
            Phase("80 %, at once after", 0.8 * most, 5.0),
            Phase("80 %, 5 s after", 0.8 * most, 5.0),
        ]
        for phase in phases:
            asyncio.run(_watched(client, phase, address, process))
    text = table(most, before, phases)
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


async def _most(client: Client) -> float:
    """How many it answers a second once it is warm: at first it is half of that."""
    most, before = 0.0, -1.0
    while most > 1.1 * before:
        before = most
        most = max([await client.flat_out(n, 5.0) for n in (4, 8, 16)])
    return max(most, before)


async def _watched(client: Client, phase: Phase, address: str, process: psutil.Process) -> None:
    def look() -> None:
        phase.memory = max(phase.memory, process.memory_info().rss / MIB)
        with urlopen(f"{address}/metrics", timeout=30) as told:
            found = re.search(rb"\ngraphql_operations_waiting ([0-9.]+)", told.read())
        phase.waiting = max(phase.waiting, int(float(found[1])) if found else 0)

    watching = asyncio.create_task(_often(look))
    await client.at(phase)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)


async def _often(look: Callable[[], None]) -> None:
    while True:
        await asyncio.to_thread(look)
        await asyncio.sleep(0.25)


def table(most: float, before: float, phases: list[Phase]) -> str:
    """The results as Markdown."""
    lines = [
        "# Overload",
        "",
        f"`make bench-overload`: {' and '.join(ASKED)} of the demonstration graph, from {CALLERS}",
        f"callers over at most {CONNECTIONS} connections, on the same machine as the server.",
        f"The server answers {most:.0f} a second to some who never rest. {GOALS}",
        f"Load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores at the end; the server had"
        f" {before:.0f} MiB before.",
        "",
        "| load | due/s | answered/s | p50 ms | p99 ms | refused/s | p50 ms | p99 ms | waiting |"
        " more MiB | others |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for phase in phases:
        told = (
            phase.name,
            f"{phase.rate:.0f}",
            f"{len(phase.answered) / phase.seconds:.0f}",
            *(_at(phase.answered, part) for part in (0.5, 0.99)),
            f"{len(phase.refused) / phase.seconds:.0f}",
            *(_at(phase.refused, part) for part in (0.5, 0.99)),
            str(phase.waiting),
            f"{phase.memory - before:.0f}",
            ", ".join(f"{n} x {what}" for what, n in phase.others.items()) or "-",
        )
        lines.append(f"| {' | '.join(told)} |")
    return "\n".join(lines) + "\n"


def _at(took: list[float], part: float) -> str:
    if not took:
        return "-"
    if part == 0.5:
        return f"{statistics.median(took):.0f}"
    return f"{sorted(took)[min(len(took) - 1, int(len(took) * part))]:.0f}"


if __name__ == "__main__":
    typer.run(main)
