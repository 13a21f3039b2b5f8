"""A job followed to its end."""

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Annotated

import strawberry

from graph import desk, moments, records
from graph.errors import BadInput
from resolvers.context import Info
from resolvers.writes.jobs import here

MISSING = "Argument 'id' names no job that you may see. Take an id from 'viewer.jobs'."


async def job_progress(
    info: Info,
    id: Annotated[strawberry.ID, strawberry.argument(description="Global id of the job.")],
) -> AsyncGenerator[records.Job, None]:
    """The job as it is, then at each step of its progress; ends with it."""
    context = info.context
    jobs, viewer = here(info), context.asking
    found = moments.parse(id, context.now)
    key = found[0] if found else ""
    job = await desk.job(context.graph, viewer, key) if key.startswith("Job:") else None
    if job is None:
        raise BadInput(MISSING)
    async with aclosing(jobs.steps(job)) as steps:
        async for each in steps:
            yield each
