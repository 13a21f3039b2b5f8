"""Firing at one side for some seconds, and what that cost whom."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from benchmarks.servers import Side

FIRE = Path(__file__).parent / "peer" / "fire.mjs"
DISTURBED = 0.1  # of the machine's time, spent by others than those measured


@dataclass(frozen=True, slots=True)
class Round:
    """One measurement: milliseconds, CPU milliseconds per request, MiB, requests per second."""

    question: str
    side: str
    form: str
    connections: int
    rate: float
    p50: float
    p99: float
    server_cpu: float
    database_cpu: float
    server_memory: int
    failed: int
    sample: str | None
    disturbed: bool


def fire(side: Side, text: str, variables: list[dict[str, Any]], connections: int,
         seconds: float, *, question: str, form: str) -> Round:  # fmt: skip
    """Ask in turn with each of these variables, over so many busy connections."""
    bodies = [json.dumps({"query": text, "variables": each}) for each in variables]
    given = json.dumps(
        {
            "url": side.url,
            "headers": side.headers,
            "connections": connections,
            "seconds": seconds,
            "bodies": bodies,
        }
    )
    before = _spent(side)
    done = subprocess.run(
        ["node", str(FIRE)], input=given, capture_output=True, text=True, check=True
    )
    after = _spent(side)
    told = json.loads(done.stdout)
    server, store, busy, own, whole = (b - a for a, b in zip(before, after, strict=True))
    count = told["requests"]
    return Round(
        question, side.name, form, connections,
        rate=(count - told["failed"]) / told["seconds"], p50=told["p50"], p99=told["p99"],
        server_cpu=1000 * server / count, database_cpu=1000 * store / count,
        server_memory=side.server.memory_info().rss >> 20,
        failed=told["failed"], sample=told["sample"],
        disturbed=busy - own - server - store > DISTURBED * whole,
    )  # fmt: skip


def _spent(side: Side) -> tuple[float, float, float, float, float]:
    """CPU seconds of the server, its database, the machine and our children, and all there were."""
    machine = psutil.cpu_times()
    whole = sum(machine[:8])
    children = psutil.Process().cpu_times()
    own = children.user + children.system + children.children_user + children.children_system
    server, store = (sum(each.cpu_times()[:2]) for each in (side.server, side.database))
    return server, store, whole - machine.idle - machine.iowait, own, whole
