"""The console script, run as a user runs it."""

import subprocess
from pathlib import Path
from typing import Any

import httpx2

from scripts.bearer import bearer
from tests.processes import COMMAND, free_port, served


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
                env={**environment, "DISK_FLOOR": "0"},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def wait(self, seconds: float = 240) -> None:
        served(self.process, f"{self.url}/health/ready", self.log, seconds)

    def ask(self, document: str) -> Any:
        return self.answer(document, **self.headers).json()

    def answer(self, document: str, **headers: str) -> httpx2.Response:
        return httpx2.post(
            f"{self.url}/graphql", json={"query": document}, headers=headers, timeout=20
        )
