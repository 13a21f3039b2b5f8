"""One load on its way: the loader does the work, the job's node tells how far it has come."""

import asyncio
import csv
import logging
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.clock import CLOCK
from graph.errors import GraphError, SetupError
from graph.identifiers import IdentifierKey
from graph.jobs.claimed import Claimed
from graph.jobs.folder import KEPT, REFUSED, Folder
from graph.jobs.refusals import Refusals, told
from graph.jobs.telling import MOST_TRIES, Lost, Tell, Telling
from graph.load import Report, load
from graph.load.journal import By
from graph.load.limits import USUAL, Limits
from graph.load.loading import count
from graph.load.look import Ask
from graph.load.outcome import Outcome
from graph.load.units import Refused
from graph.outlived import fault
from graph.queries import query
from graph.session import Graph
from graph.terms import JobState, UserErrorCode

SOME = 1000  # rows that are counted without a pause
UNREADABLE = "The file cannot be read in its encoding or as CSV. Save it anew, in UTF-8."
GONE = "The file of this job is gone. Start another job."
GIVEN_UP = f"This load was begun {MOST_TRIES} times and never ended. Start another job, in parts."
FAULT = "The load met a fault of ours, which is in the log. Start another job once it is mended."
log = logging.getLogger(__name__)


class Importing:
    """Runs one load that was claimed; takes part in it as graph.load.loading.Beside."""

    def __init__(
        self,
        graph: Graph,
        job: Claimed,
        folder: Folder,
        key: IdentifierKey,
        tell: Tell,
        limits: Limits = USUAL,
    ) -> None:
        """`tell` is given the job's node after each step."""
        self._limits = limits
        self._graph = graph
        self._job = job
        self._folder = folder
        self._key = key
        self._telling = Telling(graph, job.key, job.run, tell)
        self._refusals = Refusals(folder, job.key)
        self._at = CLOCK.now()

    async def carried_out(self) -> None:
        """Load the file, and say how it ended.

        Raises Lost, and what a database raises that does not answer: then it is taken up again.
        """
        try:
            with self._refusals:
                await self._load()
        except (SetupError, UnicodeError, csv.Error) as error:
            whole = str(error) if isinstance(error, SetupError) else UNREADABLE
            await self._failed(whole.replace(self._job.file, "The file"))
        except GraphError:
            raise
        except Exception as error:
            log.error("A load met a fault.", extra=fault(error))
            await self._failed(FAULT)

    async def _load(self) -> None:
        job, file = self._job, self._folder.file(self._job.key, self._job.file)
        if job.tries > MOST_TRIES:
            raise SetupError(GIVEN_UP)
        if not file.is_file():
            raise SetupError(GONE)
        total = await self._counted()
        await self._say({"total": total})
        report = await load(
            self._graph,
            job.content,
            [file],
            format=job.format,
            source=job.source,
            dry_run=job.dry_run,
            key=self._key,
            by=By(job.actor, job.reason, loads=True),
            beside=self,
            limits=self._limits,
        )
        await self._ended(JobState.SUCCEEDED, self._progress(report))

    async def _counted(self) -> int:
        """How many rows there are: nothing is written of a file that cannot be read to its end."""
        job, total = self._job, 0
        file = self._folder.file(job.key, job.file)
        read = (job.content, file, job.format, job.source, self._at, self._key, self._limits)
        for total in count(*read):
            if total % SOME == 0:
                await asyncio.sleep(0)  # it may be stopped here
        return total

    def refused(self, some: list[Refused]) -> None:
        """Keep them in the file of refused rows."""
        self._refusals.add(some, self._job.file)

    async def wrote(self, ask: Ask, outcome: Outcome, entries: range) -> None:
        """Count what changes. Raises Lost: then the batch is not written."""
        rows = await ask(
            query("job/wrote"),
            key=self._job.key,
            run=self._job.run,
            changed=outcome.changing,
            sequence=entries[-1] if entries else None,
        )
        if not rows:
            raise Lost("The job was stopped.")

    async def took(self, report: Report) -> None:
        """Tell the progress, which never goes back. Raises Lost."""
        await self._say(self._progress(report) if report.rows >= self._job.done else {})

    def _progress(self, report: Report) -> dict[str, Any]:
        said = {
            "done": report.rows,
            "refused": report.refused_rows,
            "errors": self._refusals.first,
        }
        # What a load changes is counted with each batch; a trial changes nothing.
        return said | ({"changed": report.changing} if self._job.dry_run else {})

    async def _failed(self, why: str) -> None:
        error = told(1, UserErrorCode.INVALID_FORMAT.value, why, None)
        await self._ended(JobState.FAILED, {"errors": [*self._refusals.first[:99], error]})

    async def _ended(self, state: JobState, said: dict[str, Any]) -> None:
        until = None
        if self._refusals.whole():
            until = datetime.now(UTC) + timedelta(seconds=KEPT)
        now = datetime.now(UTC)
        await self._say({**said, "state": state.value, "finishedAt": now, "expiresAt": until})
        self._folder.forget(self._job.key, REFUSED)

    async def _say(self, said: dict[str, Any]) -> None:
        await self._telling.say(said)
