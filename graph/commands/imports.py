"""Starting a load, and stopping a job; kept beside the graph and not in its log."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from graph import desk, policy
from graph.commands import texts
from graph.commands.asked_jobs import ask_for
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.writing import Held, Writing
from graph.jobs.claimed import loader_word
from graph.load import CONTENTS
from graph.load.rows import Source
from graph.queries import query
from graph.records import Written
from graph.session import Graph
from graph.terms import FileFormat, ImportContent, JobKind, JobState, Permission, UserErrorCode

SEND_WITHIN = timedelta(hours=1)
MISSING = "There is no job with this id that you may see. Take an id from 'viewer.jobs'."
OVER = "The job is over: it is {}. Nothing needs to be stopped."


@dataclass(frozen=True, slots=True)
class ImportGiven:
    """A load as a caller asks for it."""

    format: FileFormat
    content: ImportContent
    source: Source | None
    dry_run: bool


async def start(graph: Graph, header: Header, given: ImportGiven) -> Written:
    """Ask for a load: a job that waits for its file."""
    policy.require(header.viewer, Permission.IMPORT)
    key = f"Job:J-{uuid4().hex[:16]}"

    async def plan(writing: Writing) -> Written:
        return await _start(writing, given, key)

    return await run(graph, header, plan)


async def cancel(graph: Graph, header: Header, id: str) -> Written:
    """Stop a job of one's own."""
    policy.keeping(header.viewer)

    async def plan(writing: Writing) -> Written:
        return await _cancel(writing, id)

    return await run(graph, header, plan)


async def _start(writing: Writing, given: ImportGiven, key: str) -> Written:
    writing.expect(0)
    formats = [f for f in FileFormat if loader_word(f) in CONTENTS[loader_word(given.content)]]
    if given.format not in formats:
        named = " or ".join(f.value for f in formats)
        told = f"{given.content.value} cannot be read from {given.format.value}. Give {named}."
        writing.refuse(UserErrorCode.INVALID_FORMAT, told, "format")
    source = texts.source(writing, given.source, "source")
    said = {
        "kind": JobKind.IMPORT.value,
        "state": JobState.AWAITING_UPLOAD.value,
        "format": given.format.value,
        "content": given.content.value,
        **_source(source),
        "dryRun": given.dry_run,
        "actor": writing.by.actor,
        "uploadUntil": writing.at + SEND_WITHIN,
    }
    return await ask_for(writing, key, said)


def _source(source: Source | None) -> dict[str, object]:
    if source is None:
        return {}  # it was noted
    return {
        "source": source.name,
        "sourceReference": source.reference,
        "sourceUrl": source.url,
        "retrievedAt": source.retrieved_at,
    }


async def _cancel(writing: Writing, id: str) -> Written:
    job = await _held(writing, id)
    if job is not None:
        writing.expect(job.version)
        if job.get("finishedAt") is not None:
            told = OVER.format(str(job.get("state")).lower())
            writing.refuse(UserErrorCode.INVALID_STATE, told, "id")
    writing.check()
    assert job
    await writing.ask(query("command/cancel_job"), key=job.key, at=writing.at)
    return Written(things=(job.key,))


async def _held(writing: Writing, id: str) -> Held | None:
    """A job that the caller may stop, locked; noted if there is none."""
    key = writing.key(id, ("Job",), "id")
    if key is None:
        return None
    viewer = writing.header.viewer
    given = {"owner": viewer.id, "every": desk.every_job(viewer)}
    rows = await writing.ask(query("command/job"), key=key, **given)
    if not rows:
        writing.refuse(UserErrorCode.NOT_FOUND, MISSING, "id")
        return None
    return Held(rows[0]["key"], frozenset(rows[0]["labels"]), rows[0]["properties"])
