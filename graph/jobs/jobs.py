"""What a server knows of jobs: where their files are, how they are reached, who follows them."""

import asyncio
import hashlib
import hmac
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from graph import desk, ids, policy
from graph.address import Address
from graph.errors import Forbidden
from graph.export.bounds import USUAL as BOUNDS
from graph.export.bounds import Bounds
from graph.export.told import SHRUNK
from graph.identifiers import IdentifierKey
from graph.jobs.exported import Exported
from graph.jobs.folder import REFUSED, Folder
from graph.jobs.followers import Followers
from graph.jobs.runner import Runner
from graph.jobs.uploads import NO_ROOM, NotTaken, Upload, roomy
from graph.load.limits import USUAL, Limits
from graph.policy import Viewer
from graph.reach import reach
from graph.records import Job
from graph.session import Graph
from graph.terms import JobKind, JobState, Permission

EXPIRED = "The file is no longer kept here. Start the export again."
Use = Literal["file", "refused", "export"]
ABSENT = "There is nothing here. Take the address from the job."
GONE = "The file is no longer kept. Run the load again to see its refused rows."


class Jobs:
    """The jobs of one server; `most` is how many bytes a file may have."""

    def __init__(
        self,
        graph: Graph,
        key: IdentifierKey,
        path: Path,
        most: int,
        limits: Limits = USUAL,
        bounds: Bounds = BOUNDS,
    ) -> None:
        """Files are kept in the folder `path`; `bounds` are those of exports."""
        self._limits = limits
        self._bounds = bounds
        self._graph = graph
        self._key = key
        self._secret = key.derive(b"jobs")
        self._folder = Folder(path)
        self._followers = Followers(graph)
        self._runner: Runner | None = None
        self.most = most

    @asynccontextmanager
    async def running(self, address: Address) -> AsyncIterator[None]:
        """Run them as long as the block lasts."""
        self._runner = Runner(
            self._graph,
            address,
            self._key,
            self._folder,
            self._followers,
            self._limits,
            self._bounds,
        )
        task = asyncio.create_task(self._runner.run())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await self._followers.close()
            self._folder.release()

    def path(self, job: Job, use: Use) -> str | None:
        """Where the file of a job is sent or fetched, below the server's address; None if not."""
        if use == "file" and job.state is not JobState.AWAITING_UPLOAD:
            return None
        if use != "file" and not (_kept(job) and (use == "export") is (job.kind is JobKind.EXPORT)):
            return None
        id_ = job.stored_key.partition(":")[2]
        return f"/jobs/{id_}/{use}/{self._token(job.stored_key, use)}"

    async def reached(self, viewer: Viewer | None, id_: str, use: Use, token: str) -> Job:
        """The job that an address leads to. Raises NotTaken, Unauthenticated or Forbidden."""
        asking = policy.keeping(viewer)
        key = f"Job:{id_}"
        if not hmac.compare_digest(self._token(key, use).encode(), token.encode()):
            raise NotTaken("absent", ABSENT)
        job = await desk.job(self._graph, asking, key)
        if job is None:
            raise NotTaken("absent", ABSENT)
        return job

    def upload(self, viewer: Viewer | None, job: Job, media: str, size: int | None) -> Upload:
        """An attempt to send the file of a job. Raises NotTaken or Forbidden."""
        Upload.admit(viewer, job, media, size, self.most)
        roomy(self._graph, size or 0)
        if size is not None and size > self._folder.room():  # of a database elsewhere
            raise NotTaken("full", NO_ROOM)
        return Upload(self._graph, self._folder, job, self.most)

    def refused(self, job: Job) -> Path:
        """The file of a job's refused rows. Raises NotTaken."""
        path = self._folder.file(job.stored_key, REFUSED)
        if not _kept(job) or not path.is_file():
            raise NotTaken("over", GONE)
        return path

    @property
    def place(self) -> str:
        """The folder whose server runs a job that has no file yet."""
        return self._folder.id

    async def exported(self, viewer: Viewer | None, job: Job) -> Exported:
        """The file of an export, for who asked for it and may still see all that it tells.

        Raises NotTaken and Forbidden.
        """
        asking = policy.reaching(viewer, Permission.EXPORT)
        if job.kind is not JobKind.EXPORT or job.owner != asking.id:
            raise NotTaken("absent", ABSENT)
        if not _kept(job):
            raise NotTaken("over", EXPIRED)
        found = await asyncio.to_thread(Exported.read, self._folder, job)
        if found is None:
            raise NotTaken("over", EXPIRED)
        seen = await reach(self._graph, asking, Permission.EXPORT, anew=True)
        if not found.told.visible(seen):
            raise Forbidden(SHRUNK)
        return found

    def wake(self) -> None:
        """A file has come, or a job was stopped."""
        if self._runner:
            self._runner.wake()

    def steps(self, job: Job) -> AsyncGenerator[Job, None]:
        """A job at each step, until it is over."""
        return self._followers.steps(job)

    def _token(self, key: str, use: Use) -> str:
        """256 bits that nobody can guess, and that need not be kept anywhere."""
        return ids.encode_bytes(hmac.digest(self._secret, f"{use} {key}".encode(), hashlib.sha256))


def _kept(job: Job) -> bool:
    return job.expires_at is not None and job.expires_at > datetime.now(UTC)
