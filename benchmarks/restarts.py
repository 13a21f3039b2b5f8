"""How soon the product answers again, and how long a backup and its restore take.

`make bench-restart`; writes results/restart.md. The world is written by the product's own writer.

Usage: python -m benchmarks.restarts [--accounts 100000]
"""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import httpx2
import psutil
import typer

from benchmarks.build import KEY, fill
from config import environment
from graph import backup
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.local import start_local
from graph.session import PATIENT, connect

RESULTS = Path(__file__).parent / "results" / "restart.md"
PORT = 8143
PATIENCE = 1800.0
SCRIPT = str(Path(sys.executable).parent / "account-graph")
ANSWERS = ("database", "migrations", "identity")
Rows = list[tuple[str, float, float, str]]  # what, seconds on the clock and of CPU, goal
TITLE = """# Restarts, backup and restore

`make bench-restart` on {accounts:,} accounts, {nodes:,} nodes and {claims:,} relationships, on
{cores} cores. {day}; load of the machine {load} before and {after} after: more than 2 means that
others had a part of it, and seconds on the clock are upper bounds.

| what | seconds | of CPU | goal |
|---|--:|--:|---|
{rows}

*Answers* is when `/health/ready` says that database, migrations and keys are ready; *ready* when
all statements are planned and ownership and risk are read, and answers are as fast as they get. A
server counts from the start of its process. The backup is {bytes:,} bytes.
"""


def main(
    accounts: Annotated[int, typer.Option(help="Size of the world.")] = 100_000,
    planned: Annotated[bool, typer.Option(help="Wait until all statements are planned.")] = True,
    port: Annotated[int, typer.Option(help="Where our server listens.")] = PORT,
) -> None:
    """Measure, and write the table."""
    before, rows = _load(), Rows()
    with tempfile.TemporaryDirectory() as folder:
        home, key = Path(folder) / "graph", IdentifierKey.at(Path(folder) / KEY)
        with start_local(home) as database:
            asyncio.run(_fill(accounts, key, database.address))
            beside = environment(database.address)
            rows += _served("server, its Neo4j runs", home, port, "2", planned, beside)
        rows += _served("server and its Neo4j, stopped before", home, port, "15", planned)
        rows += _served("the same, killed with -9 before", home, port, "30 (1 M nodes)", planned)
        manifest, size = _saved(home, Path(folder), key, rows)
    text = _table(accounts, manifest, size, rows, before)
    RESULTS.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


async def _fill(accounts: int, key: IdentifierKey, address: object) -> None:
    async with connect(address, PATIENT) as graph:  # type: ignore[arg-type]
        await fill(graph, accounts, key, lambda text: print(text, file=sys.stderr))  # noqa: T201


def _served(
    name: str, home: Path, port: int, goal: str, planned: bool, more: dict[str, str] | None = None
) -> Rows:
    """Start a server, and see when it answers; then kill it and its database, if it has one."""
    begun = time.monotonic()
    with _server(home, port, more or {}) as process:
        answers = _waited(port, process, lambda said: all(said[n] == "ready" for n in ANSWERS))
        found = [(f"{name}: answers", answers - begun, _cpu(process.pid), goal)]
        if not planned:
            return found
        ready = _waited(port, process, lambda said: set(said.values()) == {"ready"})
        return [*found, (f"{name}: ready", ready - begun, _cpu(process.pid), "")]


@contextmanager
def _server(home: Path, port: int, more: dict[str, str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A server on a folder; killed with all its children on the way out."""
    ours = {
        "DATA": str(home),
        "IDENTIFIER_KEY_FILE": str(home.with_name(KEY)),
        "DISK_FLOOR": "0",
        **more,
    }
    with ExitStack() as undo:
        log = undo.enter_context(home.with_name("server.log").open("ab"))
        process = subprocess.Popen(
            [SCRIPT, "serve", "--port", str(port)],
            env={**os.environ, **ours},
            stdout=log,
            stderr=log,
        )
        try:
            yield process
        finally:
            children = psutil.Process(process.pid).children(recursive=True)
            for each in [process, *children]:
                with suppress(psutil.NoSuchProcess):
                    each.kill()
            process.wait()
            psutil.wait_procs(children)


def _waited(
    port: int, process: "subprocess.Popen[bytes]", enough: Callable[[dict[str, str]], bool]
) -> float:
    """When the server has said enough."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SetupError(f"The server ended with {process.returncode}.")
        with suppress(httpx2.TransportError):
            if enough(httpx2.get(f"http://127.0.0.1:{port}/health/ready").json()["checks"]):
                return time.monotonic()
        time.sleep(0.1)  # what asks whether it is ready takes from it
    raise SetupError("The server did not become ready.")


def _saved(home: Path, folder: Path, key: IdentifierKey, rows: Rows) -> tuple[backup.Manifest, int]:
    """Save the graph and restore it elsewhere; what was saved, and in how many bytes."""
    begun, cpu = time.monotonic(), _spent()
    file = backup.target(home, folder / "a.backup", datetime.now(UTC))
    made = backup.back_up(home, file, key, datetime.now(UTC), product="", progress=_told)
    rows.append(("backup", time.monotonic() - begun, _spent() - cpu, ""))
    begun, cpu = time.monotonic(), _spent()
    saved = backup.examined(file, folder / KEY, _told)
    rows.append(("backup, read and verified", time.monotonic() - begun, _spent() - cpu, ""))
    backup.restore(saved, folder / "restored", progress=_told)
    taken = time.monotonic() - begun
    rows.append(("restore, all checks", taken, _spent() - cpu, "300 (1 M nodes)"))
    return made.manifest, file.stat().st_size


def _cpu(pid: int) -> float:
    """CPU seconds of a process and of its children so far."""
    process = psutil.Process(pid)
    every = [process, *process.children(recursive=True)]
    return float(sum(sum(each.cpu_times()[:2]) for each in every))


def _spent() -> float:
    """CPU seconds of this process and of its children that have ended."""
    return float(sum(os.times()[:4]))


def _told(label: str, done: int, _: int) -> None:
    if not done:
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {label}\n")


def _load() -> str:
    return f"{os.getloadavg()[0]:.1f}"


def _table(accounts: int, manifest: backup.Manifest, size: int, rows: Rows, before: str) -> str:
    figures = manifest.figures
    lines = [
        f"| {what} | {seconds:.1f} | {cpu:.1f} | {goal} |" for what, seconds, cpu, goal in rows
    ]
    return TITLE.format(
        accounts=accounts,
        nodes=figures.nodes,
        claims=sum(figures.types.values()),
        cores=os.cpu_count(),
        day=manifest.at.date(),
        load=before,
        after=_load(),
        rows="\n".join(lines),
        bytes=size,
    )


if __name__ == "__main__":
    typer.run(main)
