"""One export on its way: the job's node tells how far it has come."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from graph.errors import BadInput, Forbidden, GraphError, LimitExceeded
from graph.export.bounds import Bounds
from graph.export.order import Order
from graph.export.told import SHRUNK
from graph.export.writing import Made, Places, written
from graph.jobs.folder import KEPT, Folder
from graph.jobs.refusals import told
from graph.jobs.telling import MOST_TRIES, Telling
from graph.outlived import fault
from graph.reach import reach
from graph.room import FULL
from graph.session import Graph, Row
from graph.terms import JobState, Permission, UserErrorCode

DATA, MANIFEST, TOLD = "export", "manifest.json", "told"
EACH = 4  # batches between two signs of progress
NO_ROOM = "There is no room for the file now. Start another export later, or a smaller one."
GIVEN_UP = f"This export was begun {MOST_TRIES} times and never ended. Start a smaller one."
FAULT = "The export met a fault of ours, which is in the log. Start another once it is mended."
Code = UserErrorCode
Find = Callable[[Order], Awaitable[Sequence[str]]]
"""Finds what is in the middle, on the server's own networks."""
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Taken:
    """An export that this server may run; `run` names it on the node, `tries` counts from 1."""

    key: str
    run: str
    tries: int
    order: Order

    @classmethod
    def of(cls, said: Row) -> "Taken":
        """From what the node says."""
        return cls(said["key"], said["run"], said["tries"], Order.read(said["order"]))


class Exporting:
    """Runs one export that was taken."""

    def __init__(
        self, graph: Graph, job: Taken, folder: Folder, telling: Telling, bounds: Bounds, find: Find
    ) -> None:
        """Write into the folder's files of the job."""
        self._graph, self._job, self._folder = graph, job, folder
        self._telling, self._bounds, self._find = telling, bounds, find
        self._batches = 0

    async def carried_out(self) -> None:
        """Write the file, and say how it ended.

        Raises Lost, and what a database raises that does not answer: then it is taken up again.
        """
        try:
            await self._export()
        except Forbidden as error:
            await self._failed(Code.NOT_PERMITTED, str(error))
        except (BadInput, LimitExceeded) as error:
            await self._failed(Code.NOT_FOUND, str(error))
        except OSError as error:
            full = error.errno in FULL
            await (self._failed(Code.INVALID_STATE, NO_ROOM) if full else self._faulty(error))
        except GraphError:
            raise
        except Exception as error:
            await self._faulty(error)

    async def _export(self) -> None:
        job, viewer = self._job, self._job.order.viewer
        if job.tries > MOST_TRIES:
            await self._failed(Code.INVALID_STATE, GIVEN_UP)
            return
        seen = await reach(self._graph, viewer, Permission.EXPORT, anew=True)
        middle = await self._find(job.order)
        if job.order.accounts is not None:
            middle = [key for key in middle if seen.sees(key)]
        made = await written(
            self._graph, seen, job.order, middle, self._places(), self._bounds, self._progress
        )
        if not made.told.visible(await reach(self._graph, viewer, Permission.EXPORT, anew=True)):
            raise Forbidden(SHRUNK)
        self._folder.keep(self._draft, DATA)
        await self._ended(made)

    def _places(self) -> Places:
        """Drafts until it is whole; the manifest counts only beside a file."""
        key, folder = self._job.key, self._folder
        self._draft = folder.draft(key)
        beside = folder.file(key, MANIFEST), folder.file(key, TOLD)
        return Places(folder.draft(key), folder.draft(key), self._draft, *beside)

    async def _progress(self, done: int, total: int) -> None:
        """Tell now and then; every statement between is a chance to be stopped."""
        self._batches += 1
        if self._batches % EACH == 1 or done == total:
            await self._telling.say({"done": done, "total": total})
        await asyncio.sleep(0)

    async def _ended(self, made: Made) -> None:
        found, now = made.completeness, datetime.now(UTC)
        complete = [found.state, found.explored_nodes, found.explored_edges]
        await self._telling.say(
            {
                "done": made.told.count,
                "total": made.told.count,
                "state": JobState.SUCCEEDED.value,
                "finishedAt": now,
                "expiresAt": now + timedelta(seconds=KEPT),
                "completeness": orjson.dumps([*complete, found.reason, found.hint]).decode(),
                "sha256": made.sha256,
            }
        )
        self._folder.forget(self._job.key, DATA, MANIFEST, TOLD)

    async def _faulty(self, error: Exception) -> None:
        log.error("An export met a fault.", extra=fault(error))
        await self._failed(Code.INVALID_STATE, FAULT)

    async def _failed(self, code: UserErrorCode, why: str) -> None:
        error = told(1, code.value, why, None)
        said: dict[str, Any] = {"state": JobState.FAILED.value, "errors": [error]}
        await self._telling.say({**said, "finishedAt": datetime.now(UTC)})
        self._folder.forget(self._job.key)
