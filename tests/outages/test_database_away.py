"""The database killed, stopped, silent or out of reach: told at once, and back when it is back.

A run has a cycle of each; OUTAGE_CYCLES says how many, `make night` makes 50 and holds them to the
limits themselves, a run beside other tests to twice as much.
"""

import asyncio
import os
import signal
import sys

import pytest

from graph.health import alive, migrated
from graph.session import PATIENT, connect
from tests.outages.conftest import Serving

CYCLES = int(os.environ.get("OUTAGE_CYCLES", "0"))
SLACK = 1 if CYCLES else 2
NOT_READY, REFUSED, BACK = 2.0 * SLACK, 1.0 * SLACK, 2.0 * SLACK  # seconds
OPENS = 4.0 * SLACK  # three failures of a second each: what waits meanwhile waits no longer


class Fault:
    """What is done to the database of a server, and undone."""

    def __init__(self, serving: Serving) -> None:
        self.proxy, self.database = serving.proxy, serving.database

    async def begin(self, name: str) -> None:
        """Take it away."""
        match name:
            case "killed":
                os.kill(self.database.pid or 0, signal.SIGKILL)
            case "stopped":
                os.kill(self.database.pid or 0, signal.SIGSTOP)
            case "silent":
                self.proxy.hush()
            case "reset":
                self.proxy.break_all()

    async def end(self, name: str) -> None:
        """Bring it back, and wait until it could answer."""
        if name == "killed":
            self.database.launch()
            await asyncio.to_thread(self.database.wait)
            async with connect(self.database.address, PATIENT) as other:
                await alive(other)  # planned: a cold database may take seconds
                await migrated(other)
        if name == "stopped":
            os.kill(self.database.pid or 0, signal.SIGCONT)
        self.proxy.go_on()


@pytest.mark.parametrize("name", ["reset", "silent", "stopped", "killed"])
async def test_a_database_that_is_away_is_told_at_once_and_used_when_it_is_back(
    serving: Serving, name: str
) -> None:
    fault = Fault(serving)
    for _ in range(CYCLES or 1):
        before = await asyncio.gather(*(serving.ask() for _ in range(8)))
        await fault.begin(name)
        await asyncio.sleep(0.1)  # connections that rest are broken before they are used
        waiting = [asyncio.create_task(serving.ask()) for _ in range(8)]
        try:
            gone = await serving.until("not ready", NOT_READY)
            waited = await asyncio.gather(*waiting)
            refused = await asyncio.gather(*(serving.ask() for _ in range(8)))
        finally:
            await fault.end(name)
        back = await serving.until("ready", BACK)
        after = await asyncio.gather(*(serving.ask() for _ in range(8)))

        slowest = [max(seconds for _, seconds in told) for told in (waited, refused)]
        sys.stdout.write(
            f"{name}: not ready after {gone:.2f} s; who waited was told after {slowest[0]:.2f} s,"
            f" who came after {slowest[1]:.2f} s; back after {back:.2f} s\n"
        )
        assert {code for code, _ in before} == {"OK"}
        assert {code for code, _ in (*waited, *refused)} == {"UNAVAILABLE"}
        assert slowest[0] <= OPENS
        assert slowest[1] <= REFUSED
        assert {code for code, _ in after} == {"OK"}
        assert serving.process.returncode is None
