"""What the product keeps for its callers: saved views, jobs, webhooks and deliveries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from graph import ids
from graph.records.moment import Moment
from graph.records.traversal import Completeness
from graph.terms import FileFormat, JobKind, JobState, UserErrorCode


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What all of them have: a key of the form `Kind:id`."""

    stored_key: str

    @property
    def id(self) -> str:
        """Global id."""
        return ids.encode(self.stored_key)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedView(Own):
    """A query with its variables, and how to draw the answer: `(:SavedView)`."""

    title: str
    document: str
    variables: Any
    layout: Any
    notes: str | None
    shared: bool
    owner: str
    updated_at: datetime
    version: int


@dataclass(frozen=True, slots=True)
class JobError:
    """A refused row: `row` from 1; `column` is None if the whole row is meant."""

    row: int
    code: UserErrorCode
    message: str
    column: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Job(Own):
    """A load or an export: `(:Job)`; `sequence` is its place in the change `log`.

    `upload_until` is when its file must have begun to come, `expires_at` until when the file that
    it offers is kept; None without one. `moment` and `completeness` are of exports.
    """

    kind: JobKind
    state: JobState
    format: FileFormat
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    owner: str
    done: int
    total: int | None
    changed: int
    refused: int
    refusals: tuple[JobError, ...]
    upload_until: datetime | None
    expires_at: datetime | None
    sequence: int | None
    log: str | None = None
    moment: Moment | None = None
    completeness: Completeness | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook(Own):
    """An address that is sent every change that matches: `(:Webhook)`.

    `acknowledged` is the sequence of the last change the address acknowledged, in the log `log`.
    """

    url: str
    filter: Any
    active: bool
    paused_reason: str | None
    secret_hint: str
    acknowledged: int | None
    log: str | None
    created_at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookDelivery(Own):
    """An attempt to deliver a change: `(:WebhookDelivery)`; no sequence for a test event."""

    sequence: int | None
    sent_at: datetime
    attempt: int
    delivered: bool
    http_status: int | None
    error: str | None
    next_attempt_at: datetime | None
