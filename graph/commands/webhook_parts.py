"""Webhooks as callers name and describe them: found, read, or refused with the remedy."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from neo4j import Query

from graph.commands import texts
from graph.commands.header import KEEP, Given
from graph.commands.writing import Held, Writing
from graph.queries import query
from graph.terms import UserErrorCode
from graph.webhooks import Webhooks
from graph.webhooks.addresses import LONGEST, NotSent, target

MOST = 20  # webhooks of one owner
MISSING = "You have no such webhook. Take an id from 'viewer.webhooks'."
NO_DELIVERY = "You have no such delivery. Take an id from 'deliveries' of a webhook."
MANY = f"You have {MOST} webhooks. Delete one, or change one of them."
Place = tuple[int, str | None]


@dataclass(frozen=True, slots=True)
class WebhookGiven:
    """A webhook as a caller gives it; without an id it is a new one.

    `filter` is as the caller wrote it and `wanted` as it is asked with, both JSON. `faults` are
    what is wrong with filter or cursor: a message, and the path.
    """

    id: str | None = None
    url: Given[str] = KEEP
    filter: Given[str] = KEEP
    wanted: str = "{}"
    active: Given[bool] = KEEP
    after: Place | None = None
    faults: tuple[tuple[str, tuple[str, ...]], ...] = ()


async def held_of(writing: Writing, id: str) -> Held | None:
    """A webhook of the caller's own, locked; noted if there is none."""
    row = await _own(writing, id, "Webhook", query("command/webhook"), MISSING)
    return None if row is None else _held(row)


async def delivery_of(writing: Writing, id: str) -> tuple[Held, dict[str, Any]] | None:
    """A delivery of a webhook of the caller's own; noted if there is none."""
    row = await _own(writing, id, "WebhookDelivery", query("command/delivery"), NO_DELIVERY)
    return None if row is None else (_held(row), row["delivery"])


async def _own(
    writing: Writing, id: str, kind: str, question: Query, missing: str
) -> dict[str, Any] | None:
    """What is found of a thing of the caller's own; noted if there is none."""
    key = writing.key(id, (kind,), "id")
    if key is None:
        return None
    rows = await writing.ask(question, key=key, owner=writing.header.viewer.id)
    if not rows:
        writing.refuse(UserErrorCode.NOT_FOUND, missing, "id")
        return None
    return rows[0]


def _held(row: dict[str, Any]) -> Held:
    return Held(row["key"], frozenset(row["labels"]), row["properties"])


def said_of(
    writing: Writing, given: WebhookGiven, webhooks: Webhooks, *, new: bool
) -> dict[str, object]:
    """What the caller gives, of what is kept; noted where it is wrong."""
    said: dict[str, object] = {}
    if given.url is not KEEP or new:
        said["url"] = _url(writing, None if given.url is KEEP else given.url, webhooks)
    if given.filter is not KEEP or new:
        text = None if given.filter is KEEP else given.filter
        said |= {"filter": text or "{}", "wanted": given.wanted}
    if given.active is None:
        told = "A webhook is sent to or not. Give true or false, or leave it out."
        writing.refuse(UserErrorCode.REQUIRED, told, "active")
    elif given.active is not KEEP or new:
        said["active"] = given.active is not False
    for told, path in given.faults:
        writing.refuse(UserErrorCode.INVALID_FORMAT, told, *path)
    return said


def _url(writing: Writing, given: str | None, webhooks: Webhooks) -> str | None:
    """Where to, as it is kept; noted if nothing is sent there."""
    found = texts.text(writing, given, LONGEST, "url", required=True)
    if found is None:
        return None
    try:
        target(found, webhooks.receivers)
    except NotSent as wrong:
        writing.refuse(UserErrorCode.INVALID_FORMAT, str(wrong), "url")
    if secret := texts.ssn_told(unquote(found)):
        writing.refuse(UserErrorCode.INVALID_FORMAT, secret, "url")
    return found


async def room(writing: Writing) -> Place:
    """Where the log stands; noted if the caller has as many webhooks as one may have."""
    [row] = await writing.ask(query("command/webhooks"), owner=writing.header.viewer.id)
    if row["number"] >= MOST:
        writing.refuse(UserErrorCode.INVALID_STATE, MANY)
    return row["sequence"], row["incarnation"]
