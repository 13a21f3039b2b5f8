"""The console script, run as a user runs it."""

import subprocess
import time
from pathlib import Path
from typing import Any

import httpx2

from scripts.bearer import bearer
from tests.processes import COMMAND, free_port


def run(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *words], env=environment, capture_output=True, text=True, timeout=120
    )


class Serving:
    """A server that answers at `url`."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        port = free_port()
        self.headers = {"authorization": bearer(Path(environment["DATA"]))}
        self.url = f"http://127.0.0.1:{port}"
        self.log = log
        with log.open("w") as output:
            self.process = subprocess.Popen(
                [*COMMAND, "serve", "--port", str(port)],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait(self, seconds: float = 240) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            assert self.process.poll() is None, self.log.read_text()
            try:
                if httpx2.get(f"{self.url}/health/ready").status_code == 200:
                    return
            except httpx2.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def ask(self, document: str) -> Any:
        return self.answer(document, **self.headers).json()

    def answer(self, document: str, **headers: str) -> httpx2.Response:
        return httpx2.post(
            f"{self.url}/graphql", json={"query": document}, headers=headers, timeout=20
        )
