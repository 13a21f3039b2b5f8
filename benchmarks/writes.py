"""Writes, loads and streams, measured: `make bench-writes`; writes results/writes.md.

A server of ours on a database of its own in a temporary folder; beside each figure that of a peer
without rules and log in the same run, and what else the machine did.

Usage: python -m benchmarks.writes [--relationships 10000] [--seconds 10] [--subscribers 100]
"""

import asyncio
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import httpx2
import psutil
import typer

from benchmarks import writes_bare
from benchmarks.build import KEY
from benchmarks.servers import Side, ready
from benchmarks.servers import ours as served
from benchmarks.writes_streams import Latency, bare, ours
from benchmarks.writes_table import Loaded, Results, Written, table
from benchmarks.writes_world import commands, files, world
from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.load import load
from graph.load.write import write
from graph.local import start_local
from graph.migrate import migrate
from graph.session import PATIENT, connect

RESULTS = Path(__file__).parent / "results" / "writes.md"
WRITERS, SUBSCRIBERS = (1, 8, 32), (1, 100, 1000)
PORT = 8141
TURNS: Counter[int] = Counter()  # of each writer, over all series: no manager comes twice running


def main(
    seconds: Annotated[float, typer.Option(help="How long each number of writers writes.")] = 10.0,
    relationships: Annotated[list[int] | None, typer.Option(help="Loads of so many.")] = None,
    subscribers: Annotated[list[int] | None, typer.Option(help="Streams at once.")] = None,
    port: Annotated[int, typer.Option(help="Where our server listens.")] = PORT,
) -> None:
    """Measure, and write the table."""
    _many_files()
    os.environ |= {"STREAMS": "5000", "STREAMS_PER_CALLER": "5000"}
    found = Results(seconds)
    with tempfile.TemporaryDirectory() as folder:
        for number in relationships or [10_000, 1_000_000]:
            found.loaded.append(_loaded(Path(folder) / str(number), number))
        with serving(Path(folder) / "writes", port) as (side, address):
            for writers in WRITERS:
                found.written.append(asyncio.run(_written(side, address, writers, seconds)))
            for number in subscribers or SUBSCRIBERS:
                found.latencies.append(_latency(side, number))
        for number in subscribers or SUBSCRIBERS:
            with writes_bare.sockets(port) as (url, process):
                found.sockets.append(asyncio.run(bare(url, number, _memory(process))))
    text = table(found)
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _many_files() -> None:
    """A thousand sockets, here and in the server, which inherits the bound."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))


@contextmanager
def serving(folder: Path, port: int) -> Iterator[tuple[Side, Address]]:
    """A server of ours on a database that holds accounts and managers."""
    folder.mkdir()
    key = IdentifierKey.at(folder / KEY)
    with start_local(folder / "graph") as database:

        async def begun() -> None:
            async with connect(database.address, PATIENT) as graph:
                await migrate(graph)
                outcome = await write(graph, world(key), at=datetime.now(UTC))
                assert outcome.refused == []

        asyncio.run(begun())
        store = psutil.Process(database.pid)
        with served("account-graph", port, folder, database.address, store) as side:
            ready(side.url)
            yield side, database.address


async def _written(side: Side, address: Address, writers: int, seconds: float) -> Written:
    """Writes a second over HTTP, and transactions of as many statements through the bare driver."""
    await _counted(writers, 1.0, _over_http(side, "warm"))
    before, cpu = await _statements(side), _cpu(side)
    number, took = await _counted(writers, seconds, _over_http(side, f"w{writers}"))
    each = (await _statements(side) - before) / number
    spent = (_cpu(side) - cpu) / number * 1000
    async with writes_bare.driver(address) as driver:
        bare = await _rate(writers, seconds, writes_bare.rows(driver))
        many = await _rate(writers, seconds, writes_bare.statements(driver, round(each)))
    return Written(writers, number / took, bare, each, many, spent, os.getloadavg()[0])


async def _rate(writers: int, seconds: float, once: writes_bare.Once) -> float:
    """How many a second, once warm."""
    await _counted(writers, 1.0, once)
    number, took = await _counted(writers, seconds, once)
    return number / took


def _over_http(side: Side, name: str) -> writes_bare.Once:
    client = httpx2.AsyncClient(timeout=60, headers=side.headers)

    async def once(writer: int, _: int) -> None:
        TURNS[writer] += 1
        body = commands(name, writer, TURNS[writer])
        answer = (await client.post(side.url, json=body)).json()
        [payload] = answer["data"].values()
        assert payload["userErrors"] == [], payload

    return once


async def _counted(writers: int, seconds: float, once: writes_bare.Once) -> tuple[int, float]:
    """How many were done, and in how many seconds."""
    began = time.perf_counter()

    async def writer(number: int) -> int:
        turn = 0
        while time.perf_counter() - began < seconds:
            await once(number, turn)
            turn += 1
        return turn

    done = await asyncio.gather(*(writer(number) for number in range(writers)))
    return sum(done), time.perf_counter() - began


async def _statements(side: Side) -> int:
    """How many statements the server has run."""
    async with httpx2.AsyncClient() as client:
        text = (await client.get(side.url.replace("/graphql", "/metrics"))).text
    lines = [line for line in text.splitlines() if "graph_statements_total" in line]
    return int(float(next(line for line in lines if not line.startswith("#")).split()[-1]))


def _cpu(side: Side) -> float:
    """CPU seconds of the server so far."""
    return float(sum(side.server.cpu_times()[:2]))


def _loaded(folder: Path, number: int) -> Loaded:
    """Rows a second of so many relationships among a quarter as many parties."""
    folder.mkdir()
    key = IdentifierKey.at(folder / KEY)
    parties, claims = files(folder, number)
    with start_local(folder / "graph") as database:

        async def run() -> tuple[float, float, float, float]:
            async with connect(database.address, PATIENT) as graph:
                await migrate(graph)
                at = datetime.now(UTC)
                first = await load(graph, "parties", [parties], at=at, key=key)
                second = await load(graph, "relationships", [claims], at=at, key=key)
                assert (first.refused, second.refused) == ([], [])
                again = await load(graph, "relationships", [claims], at=at, key=key)
                assert again.total("created") == 0
            bare = await writes_bare.loaded(database.address, parties, claims)
            return first.seconds, second.seconds, bare, again.seconds

        first, second, bare, again = asyncio.run(run())
    rates = (number // 4 / first, number / second, number / bare, number / again)
    return Loaded(number, *rates, os.getloadavg()[0])


def _latency(side: Side, number: int) -> Latency:
    before, memory = side.server.memory_info().rss, _memory(side.server)
    return asyncio.run(ours(side.url, side.headers, number, lambda: memory() - before))


def _memory(process: psutil.Process) -> Callable[[], int]:
    return lambda: int(process.memory_info().rss)


if __name__ == "__main__":
    typer.run(main)
