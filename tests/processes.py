"""What tests share that start the product as a process of its own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx2

from config import environment
from graph.address import Address
from graph.identifiers import IdentifierKey

ROOT = Path(__file__).parents[1]
COMMAND = [sys.executable, "-c", "import start; start.main()"]  # the console script, of this tree


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def secret_in(folder: Path, key: IdentifierKey) -> Path:
    """The key of the run as a file, for servers that seal cursors with it."""
    file = folder / "identifier.key"
    file.write_text(key.secret.hex())
    file.chmod(0o600)
    return file


def surroundings(address: Address, secret: Path) -> dict[str, str]:
    """The environment of a server on a graph; its data lie beside the secret."""
    return {
        **os.environ,
        **environment(address),
        "PYTHONPATH": str(ROOT),
        "IDENTIFIER_KEY_FILE": str(secret),
        "DISK_FLOOR": "0",
        "DATA": str(secret.parent / "data"),
    }


def served(process: subprocess.Popen[bytes], url: str, log: Path, seconds: float) -> None:
    """Wait until the process answers at this address, as long as it lives."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        with suppress(httpx2.TransportError):
            if httpx2.get(url).status_code == 200:
                return
        time.sleep(0.1)
    raise AssertionError(log.read_text())
