"""Whoever follows a job is told of its steps: at once if it runs here, else by looking."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from graph import desk
from graph.errors import GraphError
from graph.queries import query
from graph.records import Job
from graph.session import Graph, Row
from graph.terms import JobState

EVERY = 1.0  # seconds between two looks, which are one question for all jobs that are followed
STATES = list(JobState)
OVER = (JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED)


@dataclass(slots=True)
class Topic:
    """A job that is followed, as it was last told; `news` is set when it is told again."""

    job: Job
    followers: int = 0
    news: asyncio.Event = field(default_factory=asyncio.Event)


class Followers:
    """The jobs that are followed on this server."""

    def __init__(self, graph: Graph) -> None:
        """Nobody follows yet, and nothing is asked."""
        self._graph = graph
        self._topics: dict[str, Topic] = {}
        self._looking: asyncio.Task[None] | None = None

    async def steps(self, job: Job) -> AsyncGenerator[Job, None]:
        """The job as it is, then at each step, until it is over; the newest to who is slow."""
        if job.state in OVER:
            yield job
            return
        topic = self._topics.setdefault(job.stored_key, Topic(job))
        topic.followers += 1
        _tell(topic, job)  # it was read just now, the topic perhaps a second ago
        if self._looking is None:
            self._looking = asyncio.create_task(self._look())
        try:
            job = topic.job
            yield job
            while job.state not in OVER:
                while topic.job == job:
                    await topic.news.wait()
                job = topic.job
                yield job
        finally:
            topic.followers -= 1
            if not topic.followers:
                del self._topics[job.stored_key]

    def told(self, said: Row) -> None:
        """A job says this now."""
        topic = self._topics.get(said["key"])
        if topic:
            _tell(topic, desk.job_of(said))

    async def close(self) -> None:
        """Look no more."""
        if self._looking:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking

    async def look(self, keys: Sequence[str]) -> list[Row]:
        """Read jobs, all in one question, and tell who follows them."""
        if not keys:
            return []
        rows = await self._graph.read(query("desk/following"), keys=list(keys))
        said: list[Row] = [row["job"] for row in rows]
        for each in said:
            self.told(each)
        return said

    async def _look(self) -> None:
        while self._topics:
            await asyncio.sleep(EVERY)
            with suppress(GraphError):  # it is asked again
                await self.look(sorted(self._topics))
        self._looking = None


def _tell(topic: Topic, job: Job) -> None:
    """Tell what is news: what was read before something else was told may be older than that."""
    if job != topic.job and _place(job) >= _place(topic.job):
        topic.job, news = job, topic.news
        topic.news = asyncio.Event()
        news.set()


def _place(job: Job) -> tuple[int, int, int]:
    """How far a job has come; no job goes back."""
    return STATES.index(job.state), job.done, job.changed
