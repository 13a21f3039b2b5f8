"""Files on their way into a job: streamed to disk, looked at, and counted."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import BinaryIO, Literal

from graph import policy
from graph.errors import GraphError, Unsent
from graph.jobs.content import START, fault, media_fits
from graph.jobs.folder import WHOLE, Folder, private, synced
from graph.policy import Viewer
from graph.queries import query
from graph.records import Job
from graph.room import FULL
from graph.session import Graph
from graph.terms import JobState, Permission

BLOCK = 1 << 20  # bytes
Why = Literal["absent", "there", "over", "large", "type", "content", "full"]
OVER = "The time for this file is over. Start another job."
THERE = "The file of this job is there already, or the job is over. Follow the job."
EMPTY = "The file is empty. Send it again, with its content."
NO_ROOM = "There is no room for this file now. Try again later, or send a smaller one."


class NotTaken(GraphError):
    """Why a file was not taken; the job stays as it is."""

    def __init__(self, why: Why, message: str) -> None:
        """Tell it to who sends the file."""
        super().__init__(message)
        self.why = why


class Upload:
    """One attempt to send the file of a job."""

    def __init__(self, graph: Graph, folder: Folder, job: Job, most: int) -> None:
        """Begin; at most so many bytes are taken."""
        self._graph = graph
        self._folder = folder
        self._job = job
        self._most = most
        self._file: BinaryIO | None = None
        with full_told():
            self._draft = folder.draft(job.stored_key)
        self._block = bytearray()
        self._looked = False
        self._size = 0

    @staticmethod
    def admit(viewer: Viewer | None, job: Job, media: str, size: int | None, most: int) -> None:
        """Raises NotTaken for what need not be read to be refused, and Forbidden."""
        policy.require(viewer, Permission.IMPORT)
        if job.state is not JobState.AWAITING_UPLOAD:
            raise NotTaken("there", THERE)
        if job.upload_until is None or job.upload_until <= datetime.now(UTC):
            raise NotTaken("over", OVER)
        if not media_fits(media, job.format):
            told = (
                f"This Content-Type is not one of {job.format.value}. Correct it, or leave it out."
            )
            raise NotTaken("type", told)
        if size is not None and size > most:
            raise NotTaken("large", too_large(most))

    async def take(self, chunk: bytes) -> None:
        """Keep the next part. Raises NotTaken."""
        self._size += len(chunk)
        if self._size > self._most:
            raise NotTaken("large", too_large(self._most))
        self._block += chunk
        if not self._looked and len(self._block) >= START:
            self._look()
        if len(self._block) >= BLOCK:
            await self._put()

    async def whole(self, now: datetime) -> None:
        """Put the file in the queue. Raises NotTaken if another was first.

        A command that was surely not sent leaves no file behind, one in doubt does.
        """
        if not self._size:
            raise NotTaken("content", EMPTY)
        self._look()
        await self._put()
        assert self._file
        with full_told():
            await asyncio.to_thread(synced, self._file)
        roomy(self._graph)  # for the command; nothing is waited for between here and there
        name = f"{WHOLE}-{self._draft.name}.{self._job.format.value.lower()}"
        try:
            self._draft = self._folder.keep(self._draft, name)
        except FileNotFoundError:  # another was first, and the end of its job took all drafts
            raise NotTaken("there", THERE) from None
        given = {"key": self._job.stored_key, "folder": self._folder.id, "file": name, "at": now}
        self._file = None  # kept from here on: a commit that is not confirmed may have queued it
        try:
            queued = await self._graph.write(
                lambda tx: self._graph.run(tx, query("job/queue"), **given), name="job/queue"
            )
        except Unsent:
            self._draft.unlink()
            raise
        if not queued:
            self._draft.unlink()
            raise NotTaken("there", THERE)

    def drop(self) -> None:
        """Delete what is not in the queue; after `whole` there is nothing to delete."""
        if self._file:
            with suppress(OSError):  # what was not yet on a disk that is full; it is closed
                self._file.close()
            self._draft.unlink(missing_ok=True)

    def _look(self) -> None:
        if self._looked:
            return
        self._looked = True
        if wrong := fault(bytes(self._block[:START]), self._job.format):
            raise NotTaken("content", wrong)

    async def _put(self) -> None:
        roomy(self._graph, len(self._block))
        with full_told():
            if self._file is None:
                self._folder.begin(self._draft)
                self._file = private(self._draft, exclusive=True)
            await asyncio.to_thread(self._file.write, bytes(self._block))
        self._block.clear()


@contextmanager
def full_told() -> Iterator[None]:
    """Raises NotTaken where the disk says that it is full."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise NotTaken("full", NO_ROOM) from None
        raise


def roomy(graph: Graph, more: int = 0) -> None:
    """Raises NotTaken where so many bytes would take from what must stay free."""
    try:
        graph.room(more)
    except Unsent:
        raise NotTaken("full", NO_ROOM) from None


def too_large(most: int) -> str:
    """Why a file is too large."""
    return (
        f"A file may have {most} bytes at most. Split it, and send the parts in jobs of their own."
    )
