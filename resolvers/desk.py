"""What the product keeps for who is asking: saved views, jobs, webhooks."""

from typing import Annotated

import strawberry

from graph import desk, policy, records
from graph.jobs.jobs import Use
from graph.policy import Viewer
from graph.terms import JobKind, JobState, Permission
from resolvers.arguments import Limit, limited
from resolvers.change import SCOPE
from resolvers.context import Info
from resolvers.scalars import Url


async def staff(
    viewer: strawberry.Parent[Viewer], info: Info
) -> records.AccountManager | records.Specialist | None:
    """Their place in CBP."""
    keys = [(f"{kind}:{viewer.id}", info.context.now) for kind in ("AccountManager", "Specialist")]
    found = await info.context.entities.load_many(keys)
    member = next((one for one in found if one), None)
    assert member is None or isinstance(member, records.AccountManager | records.Specialist)
    return member


async def saved_views(
    viewer: strawberry.Parent[Viewer], info: Info, limit: Limit = 20
) -> list[records.SavedView]:
    """Their own and those shared with all."""
    return await desk.views(info.context.graph, viewer, limited(limit))


async def jobs(
    viewer: strawberry.Parent[Viewer],
    info: Info,
    states: Annotated[
        list[JobState] | None, strawberry.argument(description="Only these states.")
    ] = None,
    limit: Limit = 20,
) -> list[records.Job]:
    """Their jobs, newest first."""
    return await desk.jobs(info.context.graph, viewer, states, limited(limit))


async def webhooks(viewer: strawberry.Parent[Viewer], info: Info) -> list[records.Webhook] | None:
    """Their webhooks, oldest first."""
    policy.reaching(viewer, Permission.MANAGE_WEBHOOKS)
    return await desk.webhooks(info.context.graph, viewer)


async def deliveries(
    webhook: strawberry.Parent[records.Webhook],
    info: Info,
    delivered: Annotated[
        bool | None,
        strawberry.argument(description="Only those delivered, or only those not."),
    ] = None,
    limit: Limit = 20,
) -> list[records.WebhookDelivery]:
    """What was sent there, newest first."""
    wanted = (delivered, limited(limit))
    return await info.context.deliveries.load((webhook.stored_key, wanted))


async def change(
    delivery: strawberry.Parent[records.WebhookDelivery], info: Info
) -> records.Change | None:
    """The change delivered."""
    if delivery.sequence is None:
        return None
    return await info.context.changes.load(delivery.sequence)


def errors(job: strawberry.Parent[records.Job], limit: Limit = 20) -> list[records.JobError]:
    """Refused rows, in order."""
    return list(job.refusals[: limited(limit)])


def upload_url(job: strawberry.Parent[records.Job], info: Info) -> Url | None:
    """Where to send the file."""
    return _url(info, job, "file")


def download_url(job: strawberry.Parent[records.Job], info: Info) -> Url | None:
    """Where to get the export, or the refused rows."""
    return _url(info, job, "export" if job.kind is JobKind.EXPORT else "refused")


def _url(info: Info, job: records.Job, use: Use) -> Url | None:
    here = info.context.jobs
    path = here.path(job, use) if here else None  # without a server there is nowhere to send to
    return Url(info.context.base + path) if path else None


def job_cursor(job: strawberry.Parent[records.Job], info: Info) -> str | None:
    """Position in the change log of the export's state, or after the load's last change."""
    return _cursor(info, job.sequence, job.log)


def webhook_cursor(webhook: strawberry.Parent[records.Webhook], info: Info) -> str | None:
    """Cursor of the last change acknowledged."""
    if webhook.acknowledged is None:
        return None
    return info.context.seal.closing(SCOPE)((webhook.acknowledged, webhook.log))


def _cursor(info: Info, sequence: int | None, log: str | None = None) -> str | None:
    if sequence is None:
        return None
    return info.context.seal.closing(SCOPE)((sequence, log) if log else (sequence,))
