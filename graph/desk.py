"""Questions about what the product keeps for its callers: each sees their own, and shared views."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import orjson

from graph import records
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.roles import Role
from graph.rows import instant
from graph.session import Graph, Row
from graph.terms import CompletenessState, FileFormat, JobKind, JobState, UserErrorCode

MOST_WEBHOOKS = 100
KINDS = ("SavedView", "Job", "Webhook", "WebhookDelivery")
Own = records.SavedView | records.Job | records.Webhook | records.WebhookDelivery


async def views(graph: Graph, viewer: Viewer, limit: int) -> list[records.SavedView]:
    """The viewer's saved views and those shared with all, last changed first."""
    await reach(graph, viewer)
    found = await graph.read(query("desk/views"), owner=viewer.id, limit=limit)
    return [_view(row) for row in found[0]["rows"]]


async def jobs(
    graph: Graph, viewer: Viewer, states: Sequence[JobState] | None, limit: int
) -> list[records.Job]:
    """The viewer's jobs, newest first."""
    await reach(graph, viewer)
    wanted = None if states is None else [state.value for state in states]
    found = await graph.read(query("desk/jobs"), owner=viewer.id, states=wanted, limit=limit)
    return [job_of(row) for row in found[0]["rows"]]


async def webhooks(graph: Graph, viewer: Viewer) -> list[records.Webhook]:
    """The viewer's webhooks, oldest first."""
    await reach(graph, viewer)
    found = await graph.read(query("desk/webhooks"), owner=viewer.id, limit=MOST_WEBHOOKS)
    return [_webhook(row) for row in found[0]["rows"]]


async def deliveries(
    graph: Graph, viewer: Viewer, delivered: bool | None, limit: int, keys: Sequence[str]
) -> list[list[records.WebhookDelivery]]:
    """What was sent to each webhook, newest first."""
    await reach(graph, viewer)
    found = await graph.read(
        query("desk/deliveries"), keys=list(keys), delivered=delivered, limit=limit
    )
    known = {row["key"]: [_delivery(each) for each in row["rows"]] for row in found}
    return [known.get(key, []) for key in keys]


async def own(graph: Graph, viewer: Viewer, keys: Sequence[str]) -> list[Own | None]:
    """The view, job, webhook or delivery with each key, or None where the viewer has none.

    A job belongs to who started it: whoever else may start some sees nothing of it.
    """
    await reach(graph, viewer)
    given = {"owner": viewer.id, "every": every_job(viewer)}
    found = await graph.read(query("desk/own"), keys=list(dict.fromkeys(keys)), **given)
    known = {row["key"]: MAKERS[row["kind"]](row["thing"]) for row in found}
    return [known.get(key) for key in keys]


async def job(graph: Graph, viewer: Viewer, key: str) -> records.Job | None:
    """The job with this key, or None where the viewer may see none."""
    await reach(graph, viewer)
    found = (await own(graph, viewer, [key]))[0]
    return found if isinstance(found, records.Job) else None


def every_job(viewer: Viewer) -> bool:
    """Whether the viewer may see and stop the jobs of others: only on a developer's own machine."""
    return Role.DEVELOPMENT in viewer.roles


def _view(row: Row) -> records.SavedView:
    return records.SavedView(
        stored_key=row["key"],
        title=row["title"],
        document=row["document"],
        variables=_json(row.get("variables")) or {},
        layout=_json(row.get("layout")),
        notes=row.get("notes"),
        shared=row["shared"],
        owner=row["owner"],
        updated_at=instant(row["updatedAt"]),  # type: ignore[arg-type]
        version=row["version"],
    )


def job_of(row: Row) -> records.Job:
    """A job as its node says."""
    return records.Job(
        stored_key=row["key"],
        kind=JobKind(row["kind"]),
        state=JobState(row["state"]),
        format=FileFormat(row["format"]),
        created_at=instant(row["createdAt"]),  # type: ignore[arg-type]
        started_at=instant(row.get("startedAt")),
        finished_at=instant(row.get("finishedAt")),
        owner=row["owner"],
        done=row["done"],
        total=row.get("total"),
        changed=row["changed"],
        refused=row["refused"],
        refusals=tuple(map(_refusal, row.get("errors", ()))),
        upload_until=instant(row.get("uploadUntil")),
        expires_at=instant(row.get("expiresAt")),
        sequence=row.get("sequence"),
        log=row.get("log"),
        moment=_moment(row.get("asOf"), row.get("knownAt")),
        completeness=_completeness(row.get("completeness")),
    )


def _moment(as_of: str | None, known_at: str | None) -> records.Moment | None:
    known = instant(known_at)
    return records.Moment(date.fromisoformat(as_of), known) if as_of and known else None


def _completeness(text: str | None) -> records.Completeness | None:
    if text is None:
        return None
    state, nodes, edges, reason, hint = orjson.loads(text)
    return records.Completeness(CompletenessState(state), nodes, edges, reason, hint)


def _refusal(text: str) -> records.JobError:
    row, code, message, column = orjson.loads(text)
    return records.JobError(row, UserErrorCode(code), message, column)


def _webhook(row: Row) -> records.Webhook:
    return records.Webhook(
        stored_key=row["key"],
        url=row["url"],
        filter=_json(row.get("filter")) or {},
        active=row["active"],
        paused_reason=row.get("pausedReason"),
        secret_hint=row["secretHint"],
        acknowledged=row.get("acknowledged"),
        log=row.get("log"),
        created_at=instant(row["createdAt"]),  # type: ignore[arg-type]
        version=row["version"],
    )


def _delivery(row: Row) -> records.WebhookDelivery:
    return records.WebhookDelivery(
        stored_key=row["key"],
        sequence=row.get("sequence"),
        sent_at=instant(row["sentAt"]),  # type: ignore[arg-type]
        attempt=max(1, row["attempt"]),  # 0 until the first one ends
        delivered=row["delivered"],
        http_status=row.get("httpStatus"),
        error=row.get("error"),
        next_attempt_at=instant(row.get("nextAttemptAt")),
    )


def _json(text: str | None) -> Any:
    return None if text is None else orjson.loads(text)


MAKERS: dict[str, Callable[[Row], Own]] = {
    "SavedView": _view,
    "Job": job_of,
    "Webhook": _webhook,
    "WebhookDelivery": _delivery,
}
