"""The jobs of this server: one after the other, each in a thread with a loop of its own.

A load reads and judges thousands of rows at a time; on the server's own loop it would keep every
answer waiting.
"""

import asyncio
import logging
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from graph.address import Address
from graph.errors import GraphError
from graph.export.bounds import Bounds
from graph.export.middle import middle
from graph.export.order import Order
from graph.identifiers import IdentifierKey
from graph.jobs.claimed import Claimed
from graph.jobs.exporting import Exporting, Taken
from graph.jobs.folder import Folder
from graph.jobs.followers import Followers
from graph.jobs.importing import Importing
from graph.jobs.refusals import told
from graph.jobs.telling import Lost, Telling
from graph.load.limits import Limits
from graph.outlived import outlived
from graph.queries import query
from graph.session import PATIENT, Graph, Row, connect
from graph.terms import JobKind

EVERY = 5.0  # seconds between two looks, and between two signs of life of a job that runs
LEASE = timedelta(minutes=10)  # without a sign of life
SWEEP = 600.0  # seconds between two looks at the files
PATIENCE = 10.0  # seconds for a batch to end when the server stops
UNSENT = "The file was not sent in time. Start another job."
FORGOTTEN = "The server that held the file has gone. Start another job, and send the file again."
log = logging.getLogger(__name__)


class Runner:
    """Runs the jobs whose files are in a folder, if no other process does."""

    def __init__(
        self,
        graph: Graph,
        address: Address,
        key: IdentifierKey,
        folder: Folder,
        tell: Followers,
        limits: Limits,
        bounds: Bounds,
    ) -> None:
        """`address` is that of the graph: each job has a connection of its own.

        `limits` are those of loads, `bounds` those of exports.
        """
        self._limits = limits
        self._bounds = bounds
        self._graph = graph
        self._address = address
        self._key = key
        self._folder = folder
        self._followers = tell
        self._news = asyncio.Event()
        self._swept = float("-inf")
        self._inside: tuple[asyncio.AbstractEventLoop, asyncio.Task[None]] | None = None

    def wake(self) -> None:
        """Look now: a file has come, or a job was stopped."""
        self._news.set()

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            with outlived(log, "Jobs are not run now."):  # they stay where they are
                await self._look()
            await self._pause()

    async def _pause(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(EVERY):
                await self._news.wait()
        self._news.clear()

    async def _look(self) -> None:
        if not self._folder.held():
            return
        now = datetime.now(UTC)
        due = await self._graph.read(query("desk/due"), folder=self._folder.id, at=now)
        waiting = [row for row in due if row["here"] and row["state"] != "AWAITING_UPLOAD"]
        self._sweep([row["key"] for row in waiting])  # it makes room, others may need some
        if len(waiting) < len(due):
            await self._expire(now)
        for _ in waiting:
            if said := await self._claimed():
                export = said["kind"] == JobKind.EXPORT
                await self._carry_out(Taken.of(said) if export else Claimed.of(said))

    async def _expire(self, now: datetime) -> None:
        """End what is overdue; this folder's own jobs are taken up, however late."""
        given = {
            "folder": self._folder.id,
            "at": now,
            "lost": now - LEASE,
            "unsent": told(1, "REQUIRED", UNSENT, None),
            "forgotten": told(1, "NOT_FOUND", FORGOTTEN, None),
        }
        await self._graph.write(
            lambda tx: self._graph.run(tx, query("job/expire"), **given), name="job/expire"
        )

    def _sweep(self, unfinished: list[str]) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._swept > SWEEP:
            self._folder.sweep(unfinished)
            self._swept = now

    async def _claimed(self) -> Row | None:
        given = {"folder": self._folder.id, "run": uuid4().hex, "at": datetime.now(UTC)}
        rows = await self._graph.write(
            lambda tx: self._graph.run(tx, query("job/claim"), **given), name="job/claim"
        )
        return rows[0]["job"] if rows else None

    async def _carry_out(self, job: Claimed | Taken) -> None:
        """Run it, with a sign of life now and then; stops it when it is no longer ours."""
        thread = asyncio.create_task(
            asyncio.to_thread(self._in_thread, job, asyncio.get_running_loop())
        )
        try:
            while not thread.done():
                tick = asyncio.create_task(self._pause())
                await asyncio.wait([thread, tick], return_when=asyncio.FIRST_COMPLETED)
                tick.cancel()
                if not thread.done() and not await self._ours(job):
                    self._stop()
        finally:
            if not thread.done():
                self._stop()
                await asyncio.wait([thread], timeout=PATIENCE)
        await thread
        for row in await self._followers.look([job.key]):
            if row["state"] == "CANCELLED":
                self._folder.forget(job.key)

    async def _ours(self, job: Claimed | Taken) -> bool:
        given = {"folder": self._folder.id, "at": datetime.now(UTC)}
        try:
            rows: list[Row] = await self._graph.write(
                lambda tx: self._graph.run(tx, query("job/beat"), **given), name="job/beat"
            )
        except GraphError:
            return True  # it is not known; the load finds out by itself
        self._sweep([row["key"] for row in rows])  # a load may take longer than files are kept
        return any(row["key"] == job.key and row["run"] == job.run for row in rows)

    def _stop(self) -> None:
        """End the load that runs: a batch that is on its way is not written."""
        if self._inside:
            loop, task = self._inside
            with suppress(RuntimeError):  # it has ended by itself
                loop.call_soon_threadsafe(task.cancel)

    def _in_thread(self, job: Claimed | Taken, outside: asyncio.AbstractEventLoop) -> None:
        def tell(said: Row) -> None:
            outside.call_soon_threadsafe(self._followers.told, said)

        async def find(order: Order) -> Sequence[str]:
            """What is in the middle, asked on the server's own loop, where its networks are."""
            asking = middle(self._graph, order.viewer, order, self._bounds.things)
            found = asyncio.run_coroutine_threadsafe(asking, outside)
            return await asyncio.wrap_future(found)

        async def carry_out() -> None:
            task = asyncio.current_task()
            assert task
            self._inside = asyncio.get_running_loop(), task
            async with connect(self._address, PATIENT) as graph:
                graph.room = self._graph.room
                work: Importing | Exporting
                if isinstance(job, Taken):
                    telling = Telling(graph, job.key, job.run, tell)
                    work = Exporting(graph, job, self._folder, telling, self._bounds, find)
                else:
                    work = Importing(graph, job, self._folder, self._key, tell, self._limits)
                await work.carried_out()

        try:
            asyncio.run(carry_out())
        except (Lost, asyncio.CancelledError):
            pass  # it waits for the next server, or was stopped: its files go with the sweep
        finally:
            self._inside = None
