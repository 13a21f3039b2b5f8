"""`make bench-hostile`: what takes an unprotected server down, sent to ours.

Each vector is sent several times to the toy schema's server (`tests/transport`: the product's own
transport and guards, no database), in a process of its own. For each: status and code, how long the
refusal takes, how far the server's memory grows, and how long an innocent query takes meanwhile.

Usage: python -m benchmarks.hostile [--times 5]
"""

import json
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import httpx2
import psutil
import typer

from benchmarks.hostile_vectors import VECTORS, Vector
from benchmarks.hostile_wire import WIRES, Wire

RESULTS = Path(__file__).parent / "results" / "hostile.md"
MIB = 1024 * 1024
SLOW = {wire.name for wire in WIRES if wire.waits}
INNOCENT = {"query": "{ people(first: 20) { edges { node { name } } } }"}
GOALS = "p99 at most 250 ms, none beyond 1 s, memory at most 50 MB more, innocent queries 2 times"


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one vector."""

    name: str
    told: str
    median: float  # milliseconds until it was refused
    worst: float
    cpu: float  # of the server for one, the innocent queries beside it included
    growth: float  # MiB of the server's memory beyond what it was before
    innocent: float | None  # milliseconds of an innocent query meanwhile, if one was done


def main(times: Annotated[int, typer.Option(help="How often each is sent.")] = 5) -> None:
    """Send all, and write the table."""
    with served() as (url, process), httpx2.Client(timeout=30) as client:
        usual = statistics.median(_ask(client, url, INNOCENT)[1] for _ in range(50))
        found = [
            *(_tried(client, url, process, vector, times) for vector in VECTORS),
            *(_tried(client, url, process, wire, 1) for wire in WIRES),
        ]
    text = table(found, usual, times)
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


@contextmanager
def served() -> Iterator[tuple[str, psutil.Process]]:
    """A server of the toy schema."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "tests.transport.serving", str(port)]
    with (
        Path(os.devnull).open("w") as log,
        subprocess.Popen(command, stdout=log, stderr=log) as server,
    ):
        url = f"http://127.0.0.1:{port}/graphql"
        try:
            while True:
                try:
                    httpx2.post(url, json={"query": "{ __typename }"}, timeout=5)
                    break
                except httpx2.TransportError:
                    time.sleep(0.1)
            yield url, psutil.Process(server.pid)
        finally:
            server.terminate()


def _tried(
    client: httpx2.Client, url: str, process: psutil.Process, vector: Vector | Wire, times: int
) -> Found:
    before, spent = process.memory_info().rss, sum(process.cpu_times()[:2])
    peak, others = [before], list[float]()
    done = threading.Event()

    def watch() -> None:
        with httpx2.Client(timeout=30) as innocent:
            while not done.is_set():
                peak.append(process.memory_info().rss)
                others.append(_ask(innocent, url, INNOCENT)[1])
                time.sleep(0.005)

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        sent = [_sent(client, url, vector, number) for number in range(times)]
    finally:
        done.set()
        watching.join()
    took = [seconds for _, seconds in sent]
    growth = (max(peak) - before) / MIB
    innocent = statistics.median(others) if others else None
    cpu = (sum(process.cpu_times()[:2]) - spent) * 1000 / times
    return Found(vector.name, sent[0][0], statistics.median(took), max(took), cpu, growth, innocent)


def _sent(client: httpx2.Client, url: str, vector: Vector | Wire, number: int) -> tuple[str, float]:
    if isinstance(vector, Vector):
        return _ask(client, url, vector.body(number))
    began = time.perf_counter()
    told = vector.send(url, number)
    return told, (time.perf_counter() - began) * 1000


def _ask(client: httpx2.Client, url: str, body: Any) -> tuple[str, float]:
    """What was told, and after how many milliseconds."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    began = time.perf_counter()
    try:
        answer = client.post(url, content=content, headers={"content-type": "application/json"})
    except httpx2.TransportError:
        return "hung up", (time.perf_counter() - began) * 1000
    took = (time.perf_counter() - began) * 1000
    told = answer.json() if answer.content else {}
    errors = told.get("errors", []) if isinstance(told, dict) else []
    codes = dict.fromkeys(str(error.get("extensions", {}).get("code")) for error in errors)
    return f"{answer.status_code} {', '.join(codes) or 'answered'}", took


def table(found: list[Found], usual: float, times: int) -> str:
    """The results as Markdown."""
    worst = sorted(each.worst for each in found if each.name not in SLOW)
    p99 = worst[min(len(worst) - 1, int(len(worst) * 0.99))]
    lines = [
        "# Hostile requests",
        "",
        f"`make bench-hostile`: each vector sent {times} times, each time another text, to the",
        "toy schema's server, which has the product's transport and guards. An innocent query runs",
        f"beside it and takes {usual:.1f} ms alone. Goals (R12): {GOALS}.",
        "What is below HTTP is sent once; bodies that never end are given up after ten seconds,",
        "and a socket is read for three more: neither is counted as a refusal's time.",
        "Other programs shared the machine (its load stands below): CPU is the server's own work.",
        f"Load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores."
        f" Worst of all: {max(worst):.0f} ms, p99 {p99:.0f} ms.",
        "",
        "| vector | answer | median ms | worst ms | CPU ms | memory MiB | innocent ms |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {each.name} | {each.told} | {each.median:.1f} | {each.worst:.1f} |"
        f" {each.cpu:.0f} | {each.growth:.1f} | {_or_none(each.innocent)} |"
        for each in found
    ]
    return "\n".join(lines) + "\n"


def _or_none(value: float | None) -> str:
    return "-" if value is None else f"{value:.1f}"


if __name__ == "__main__":
    typer.run(main)
