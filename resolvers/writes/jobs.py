"""Writes of jobs."""

from typing import Annotated

import strawberry

from graph import desk, records
from graph.commands import imports as commands
from graph.commands.imports import ImportGiven
from graph.errors import BadInput
from graph.jobs import Jobs
from graph.terms import FileFormat, ImportContent
from resolvers.context import Info
from resolvers.writes.command import Command, answered, header
from resolvers.writes.inputs import SourceInput, source
from resolvers.writes.views import TargetInput

NO_SERVER = "Jobs are run by a server: start `account-graph serve`, or use `account-graph load`."


@strawberry.input(description="Load a file.")
class StartImportInput(Command):
    """A load."""

    format: FileFormat = strawberry.field(
        description="Format: CSV, JSON_LINES, PARQUET, BODS or GLEIF."
    )
    content: ImportContent = strawberry.field(description="What a row is.")
    source: SourceInput = strawberry.field(
        description=("Where the file comes from; given to every claim without a source of its own.")
    )
    dry_run: bool = strawberry.field(default=False, description="Only check; write nothing.")


async def start_import(
    info: Info,
    input: Annotated[StartImportInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Start a load."""
    here(info)
    wanted = ImportGiven(input.format, input.content, source(input.source), input.dry_run)
    return await answered(info, commands.start(info.context.graph, header(info, input), wanted))


async def cancel(
    info: Info,
    input: Annotated[TargetInput, strawberry.argument(description="What to write.")],
) -> records.Written:
    """Stop a job."""
    command = commands.cancel(info.context.graph, header(info, input), input.id)
    written = await answered(info, command)
    if info.context.jobs:
        info.context.jobs.wake()
    return written


async def job(written: strawberry.Parent[records.Written], info: Info) -> records.Job | None:
    """The job."""
    if not written.things:
        return None
    context = info.context
    return await desk.job(context.graph, context.asking, written.things[0])


def here(info: Info) -> Jobs:
    """The jobs of the server. Raises BadInput where there is none."""
    if info.context.jobs is None:
        raise BadInput(NO_SERVER)
    return info.context.jobs
