"""What the product keeps for its callers: saved views, jobs, webhooks."""

from datetime import datetime

import strawberry

from graph import records
from resolvers import desk
from schema.change import Change
from schema.entity import Node
from schema.fields import made_of, resolved_by
from schema.scalars import Json, Url
from schema.terms import FileFormat, JobKind, JobState, UserErrorCode
from schema.traversal import Completeness, Moment


@strawberry.type(
    description="A saved view: a query with its variables, and how to draw the answer."
)
class SavedView(Node):
    id: strawberry.ID = strawberry.field(description="Global id; part of its permanent link.")
    title: str = strawberry.field(description="Title.")
    document: str = strawberry.field(description="A GraphQL document.")
    variables: Json = strawberry.field(description="Its variables.")
    layout: Json | None = strawberry.field(
        description="Positions by global id, filters and styles: whatever the client keeps."
    )
    notes: str | None = strawberry.field(description="Notes.")
    shared: bool = strawberry.field(description="Whether others may read it.")
    owner: str = strawberry.field(description="Who saved it.")
    updated_at: datetime = strawberry.field(description="When it was last changed.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.SavedView)


@strawberry.type(description="A refused row.")
class JobError:
    row: int = strawberry.field(description="Row of the file, from 1.")
    code: UserErrorCode = strawberry.field(description="What is wrong.")
    message: str = strawberry.field(description="The same in one sentence, with the remedy.")
    column: str | None = strawberry.field(
        description="Column or property; null if the whole row is meant."
    )


@strawberry.type(description="A load or an export, in the background.")
class Job(Node):
    id: strawberry.ID = strawberry.field(description="Global id.")
    kind: JobKind = strawberry.field(description="Load or export.")
    state: JobState = strawberry.field(description="Where it stands.")
    format: FileFormat = strawberry.field(description="Format of the file.")
    created_at: datetime = strawberry.field(description="When it was asked for.")
    started_at: datetime | None = strawberry.field(description="When it began.")
    finished_at: datetime | None = strawberry.field(description="When it ended.")
    owner: str = strawberry.field(description="Who asked for it.")
    done: int = strawberry.field(description="Rows or things done.")
    total: int | None = strawberry.field(description="Rows or things in all; null while not known.")
    changed: int = strawberry.field(description="Rows that changed something.")
    refused: int = strawberry.field(description="Rows refused.")
    errors: list[JobError] = resolved_by(desk.errors, "Refused rows, in order.")
    upload_url: Url | None = resolved_by(
        desk.upload_url, "Where to send the file, by PUT; null once it is there, or for an export."
    )
    download_url: Url | None = resolved_by(
        desk.download_url,
        "Where to get the file: the export, or the refused rows of a load with their errors.",
    )
    expires_at: datetime | None = strawberry.field(description="When `downloadUrl` stops working.")
    cursor: str | None = resolved_by(
        desk.job_cursor,
        (
            "Position in the change log: of the export's state, or after the load's last "
            "change. Tail from here."
        ),
    )
    moment: Moment | None = strawberry.field(description="Export: the moment it holds at.")
    completeness: Completeness | None = strawberry.field(
        description="Export: whether everything asked for is in it."
    )

    is_type_of = made_of(records.Job)


@strawberry.type(description="An attempt to deliver a change.")
class WebhookDelivery(Node):
    id: strawberry.ID = strawberry.field(description="Global id; give it to `redeliverWebhook`.")
    change: Change | None = resolved_by(desk.change, "The change; null for a test event.")
    sent_at: datetime = strawberry.field(description="When it was sent.")
    attempt: int = strawberry.field(description="Which attempt, from 1.")
    delivered: bool = strawberry.field(description="Whether it was acknowledged with a 2xx status.")
    http_status: int | None = strawberry.field(
        description="HTTP status of the answer; null without one."
    )
    error: str | None = strawberry.field(description="What went wrong; null if nothing did.")
    next_attempt_at: datetime | None = strawberry.field(
        description="When it is tried again; null if it is not."
    )

    is_type_of = made_of(records.WebhookDelivery)


@strawberry.type(
    description=(
        "An address that is sent every change that matches, as CloudEvents 1.0, signed as "
        "Standard Webhooks ask."
    )
)
class Webhook(Node):
    id: strawberry.ID = strawberry.field(description="Global id.")
    url: Url = strawberry.field(description="Where to; https, no private network.")
    filter: Json = strawberry.field(description="Which changes: a `ChangeFilter`, as JSON.")
    active: bool = strawberry.field(description="Whether it is sent to.")
    paused_reason: str | None = strawberry.field(
        description="Why it was switched off by the server; null if it was not."
    )
    secret_hint: str = strawberry.field(description="First characters of the secret.")
    cursor: str | None = resolved_by(desk.webhook_cursor, "Cursor of the last change acknowledged.")
    deliveries: list[WebhookDelivery] = resolved_by(
        desk.deliveries, "Deliveries, newest first; kept for 7 days."
    )
    created_at: datetime = strawberry.field(description="When it was registered.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.Webhook)
