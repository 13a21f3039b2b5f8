"""The product, served with its demo world."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from scripts.bearer import bearer

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server of this run's own."""
    return tmp_path_factory.mktemp("product")


@pytest.fixture
def token(folder: Path) -> str:
    """A token for that server."""
    return bearer(folder / "graph").removeprefix("Bearer ")


@pytest.fixture(scope="session")
def site(folder: Path) -> Iterator[str]:
    """The address of that server."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    own = {"DATA": str(folder / "graph"), "IDENTIFIER_KEY_FILE": str(folder / "keys" / "key")}
    own["DISK_FLOOR"] = "0"  # however full this machine is
    script = str(ROOT / ".venv" / "bin" / "account-graph")
    command = [script, "serve", "--demo", "--port", str(port)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=log)
    try:
        end = time.monotonic() + 240
        while not ready(address):
            assert server.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < end, (folder / "log").read_text()
            time.sleep(0.3)
        yield address
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def ready(address: str) -> bool:
    """Whether it answers that it is."""
    with suppress(OSError), urllib.request.urlopen(f"{address}/health/ready") as answer:
        return bool(answer.status == 200)
    return False
