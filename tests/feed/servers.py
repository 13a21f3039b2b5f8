"""Servers of their own process one after the other on a port, and how much memory they take."""

import asyncio
import signal
from contextlib import suppress
from pathlib import Path

import httpx2
import psutil

from graph.address import Address
from tests.processes import COMMAND, free_port, surroundings


class Servers:
    """One server at a time; what each has of memory is looked at as long as it lives."""

    def __init__(self, address: Address, secret: Path) -> None:
        """Know the graph; start nothing."""
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.first = self.most = 0  # bytes: of the first once it was ready, and of any at most
        self._environment = surroundings(address, secret)
        self._log = secret.with_name("server.log")
        self._process: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None

    async def start(self, *, whole: bool) -> None:
        """Start one and wait until it can answer; if `whole`, until nothing is prepared."""
        words = [*COMMAND, "serve", "--port", str(self.port)]
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *words, env=self._environment, stdout=log, stderr=log
            )
        await self._ready(whole)
        process = psutil.Process(self._process.pid)
        self.first = self.first or process.memory_info().rss
        self._watching = asyncio.create_task(self._watch(process))

    async def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """End it, if it runs."""
        if self._watching:
            self._watching.cancel()
        if self._process:
            with suppress(ProcessLookupError):
                self._process.send_signal(how)
            await self._process.wait()

    async def _ready(self, whole: bool) -> None:
        async with httpx2.AsyncClient() as client, asyncio.timeout(600):
            while True:
                with suppress(httpx2.TransportError, ValueError):
                    said = (await client.get(f"{self.url}/health/ready", timeout=20)).json()
                    told = said["checks"]
                    wanted = told if whole else ("database", "migrations")
                    if {told[name] for name in wanted} == {"ready"}:
                        return
                await asyncio.sleep(0.1)

    async def _watch(self, process: psutil.Process) -> None:
        with suppress(psutil.NoSuchProcess):
            while True:
                self.most = max(self.most, process.memory_info().rss)
                await asyncio.sleep(0.2)
