"""A server that is killed and started again, and what its database begins with."""

import asyncio
from contextlib import suppress
from pathlib import Path

import httpx2

from graph.load.write import write
from graph.local import LocalDatabase
from graph.migrate import migrate
from graph.session import PATIENT, connect
from tests.kills import writers
from tests.processes import COMMAND, surroundings


async def founded(database: LocalDatabase) -> None:
    """Write the world that writers change."""
    async with connect(database.address, PATIENT) as graph:
        await migrate(graph)
        assert (await write(graph, writers.world(), at=writers.now())).refused == []


class Server:
    """A server that is killed and started again on one port."""

    def __init__(self, database: LocalDatabase, secret: Path, port: int) -> None:
        """Not started yet; its key is the file `secret`."""
        self.url = f"http://127.0.0.1:{port}"
        self.log = secret.with_name("server.log")
        self.words = [*COMMAND, "serve", "--port", str(port)]
        self.environment = surroundings(database.address, secret)
        self.process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        """Start it, and wait until it answers."""
        with self.log.open("ab") as log:
            self.process = await asyncio.create_subprocess_exec(
                *self.words, env=self.environment, stdout=log, stderr=log
            )
        await self.ready()

    async def ready(self) -> None:
        """Wait until it can answer."""
        async with httpx2.AsyncClient() as client, asyncio.timeout(300):
            while True:
                with suppress(httpx2.TransportError, ValueError):
                    said = (await client.get(f"{self.url}/health/ready", timeout=20)).json()
                    if {said["checks"][name] for name in ("database", "migrations")} == {"ready"}:
                        return  # what is still planned and read may be killed too
                await asyncio.sleep(0.1)

    async def kill(self) -> None:
        """End it at once, if it runs."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.kill()
            await self.process.wait()
