"""The servers of a run: one database for all of them, each server a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2
import psutil

from benchmarks.build import HEAP, KEY, PAGES, TRANSACTION
from config import environment
from graph.address import Address
from graph.errors import SetupError
from graph.local import start_local
from scripts.bearer import bearer

PEER = Path(__file__).parent / "peer"
PATIENCE = 120.0  # seconds until a server answers
READY = 600.0  # seconds until it has planned its statements


@dataclass(frozen=True, slots=True)
class Side:
    """One server under test: where it answers, and the processes whose work counts as its own."""

    name: str
    url: str
    server: psutil.Process
    database: psutil.Process
    data: Path | None = None  # of ours: where the key of its tokens is

    @property
    def headers(self) -> dict[str, str]:
        """What it wants to be sent; the token is made anew, for it lives for an hour."""
        return {"authorization": bearer(self.data)} if self.data else {}


@contextmanager
def database(folder: Path) -> Iterator[tuple[Address, psutil.Process]]:
    """The database of a folder, and its process."""
    with start_local(folder, heap=HEAP, page_cache=PAGES, transaction=TRANSACTION) as found:
        yield found.address, psutil.Process(found.pid)


@contextmanager
def ours(
    name: str, port: int, folder: Path, address: Address, store: psutil.Process
) -> Iterator[Side]:
    """Our server, as anybody would start it on a Neo4j of their own."""
    given = {
        **environment(address),
        "IDENTIFIER_KEY_FILE": str(folder / KEY),
        "DATA": str(folder),
        "DISK_FLOOR": "0",
    }
    script = str(Path(sys.executable).parent / "account-graph")
    with server(name, [script, "serve", "--port", str(port)], port, given) as url:
        yield Side(name, url[0], url[1], store, folder)


@contextmanager
def peer(name: str, port: int, address: Address, store: psutil.Process) -> Iterator[Side]:
    """The peer behind `apollo` or `yoga`."""
    environment = {
        "NEO4J_URI": address.uri,
        "NEO4J_USER": address.user,
        "NEO4J_PASSWORD": address.password,
        "NODE_ENV": "production",
        "HTTP": name,
        "PORT": str(port),
    }
    command = ["node", str(PEER / "server.mjs")]
    with server(name, command, port, environment) as url:
        yield Side(name, url[0], url[1], store)


@contextmanager
def server(
    name: str, command: list[str], port: int, environment: dict[str, str]
) -> Iterator[tuple[str, psutil.Process]]:
    """Where a server answers, and its process; ended with the block."""
    with ExitStack() as undo:
        log = undo.enter_context(Path(os.devnull).open("w"))
        process = subprocess.Popen(
            command, env={**os.environ, **environment}, stdout=log, stderr=log
        )
        undo.callback(_stop, process)
        url = f"http://127.0.0.1:{port}/graphql"
        _wait(name, url, process)
        yield url, psutil.Process(process.pid)


def _wait(name: str, url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise SetupError(f"{name} ended with {process.returncode} before it answered.")
        try:
            if httpx2.post(url, json={"query": "{ __typename }"}, timeout=5).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.3)
    raise SetupError(f"{name} did not answer within {PATIENCE:.0f} s.")


def ready(url: str) -> None:
    """Wait until all statements are planned, where a server answers at this address."""
    health, end = f"{url.removesuffix('/graphql')}/health/ready", time.monotonic() + READY
    while httpx2.get(health, timeout=30).status_code != 200:
        if time.monotonic() > end:
            raise SetupError("The server did not become ready.")
        time.sleep(0.5)


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
