"""Registering webhooks, changing, testing and deleting them: kept beside the graph, not in its log.

A secret is told with the answer that makes it and never again: a repeat with the same idempotency
key tells none, so that what is stored of answers holds no secret.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from graph import policy
from graph.commands.header import Header
from graph.commands.run import run
from graph.commands.webhook_parts import (
    Place,
    WebhookGiven,
    delivery_of,
    held_of,
    room,
    said_of,
)
from graph.commands.writing import Held, Writing
from graph.queries import query
from graph.records import Written
from graph.session import Graph
from graph.terms import Permission, UserErrorCode
from graph.webhooks import Webhooks, secrets
from graph.webhooks.filling import opened
from graph.webhooks.lines import PING
from graph.webhooks.owners import signs_by_key

AT_ONCE = 10  # tests and deliveries sent again that wait, of one webhook
BUSY = f"{AT_ONCE} tests and repeats of this webhook wait. Wait for one to be sent."
OFF = "The webhook is switched off. Give 'active: true' with saveWebhook first."
MOVED = "Not sent: the webhook was given another place of the change log to go on from."


async def save(graph: Graph, header: Header, given: WebhookGiven, webhooks: Webhooks) -> Written:
    """Register a webhook, or change one."""
    policy.reaching(header.viewer, Permission.MANAGE_WEBHOOKS)
    new, secret = f"Webhook:W-{uuid4().hex[:16]}", secrets.make()
    sealed = webhooks.locks.seal(new, secret)

    async def plan(writing: Writing) -> Written:
        held = await held_of(writing, given.id) if given.id is not None else None
        writing.expect(held.version if held else 0)
        said = said_of(writing, given, webhooks, new=given.id is None)
        if given.id is None:
            place = await room(writing)
            said |= {**_begun(writing, secret, sealed), **_placed(given.after or place)}
        elif given.after is not None:
            said |= _placed(given.after)
        writing.check()
        return await _kept(writing, held, said, new, moved=given.id and given.after)

    done = await run(graph, header, plan)
    return done if given.id is not None else _told(done, secret)


async def rotate(graph: Graph, header: Header, id: str, webhooks: Webhooks) -> Written:
    """Give a webhook a new secret; the one before signs too for 24 hours."""
    policy.reaching(header.viewer, Permission.MANAGE_WEBHOOKS)
    secret = secrets.make()

    async def plan(writing: Writing) -> Written:
        held = await held_of(writing, id)
        writing.expect(held.version if held else 0)
        writing.check()
        assert held
        said = {
            "secret": webhooks.locks.seal(held.key, secret),
            "secretHint": secrets.hint(secret),
            "secretBefore": held.get("secret"),
            "secretBeforeUntil": writing.at + secrets.BOTH,
            "byKey": signs_by_key(writing.header.viewer),
        }
        return await _kept(writing, held, said, held.key)

    return _told(await run(graph, header, plan), secret)


async def ping(graph: Graph, header: Header, id: str) -> Written:
    """Send a test event."""
    policy.reaching(header.viewer, Permission.MANAGE_WEBHOOKS)
    message = f"msg_{uuid4().hex}"

    async def plan(writing: Writing) -> Written:
        held = await held_of(writing, id)
        writing.expect(held.version if held else 0)
        writing.check()
        assert held
        said = {**opened(held.key, message, writing.at), "kind": PING, "alone": True}
        return await _opened(writing, held.key, f"WebhookDelivery:{message}", said)

    return await run(graph, header, plan)


async def redeliver(graph: Graph, header: Header, id: str) -> Written:
    """Send a delivery again, or at once if it waits."""
    policy.reaching(header.viewer, Permission.MANAGE_WEBHOOKS)

    async def plan(writing: Writing) -> Written:
        found = await delivery_of(writing, id)
        writing.expect(found[0].version if found else 0)
        if found and not (found[0].get("active") or found[1].get("kind") == PING):
            writing.refuse(UserErrorCode.INVALID_STATE, OFF, "id")
        writing.check()
        assert found
        webhook, delivery = found
        said: dict[str, Any] = {"nextAttemptAt": writing.at}
        if not delivery.get("open"):
            said |= {"open": True, "alone": True, "attempt": 0, "delivered": False}
        return await _opened(writing, webhook.key, delivery["key"], said)

    return await run(graph, header, plan)


async def delete(graph: Graph, header: Header, id: str) -> Written:
    """Delete a webhook and its deliveries."""
    policy.reaching(header.viewer, Permission.MANAGE_WEBHOOKS)

    async def plan(writing: Writing) -> Written:
        held = await held_of(writing, id)
        writing.expect(held.version if held else 0)
        writing.check()
        assert held
        await writing.ask(query("command/delete_webhook"), key=held.key)
        return Written()

    return await run(graph, header, plan)


def _told(done: Written, secret: str) -> Written:
    """The answer with the secret, if it is the first one."""
    return replace(done, secret=secret) if done.things and not done.replayed else done


def _begun(writing: Writing, secret: str, sealed: str) -> dict[str, object]:
    return {
        "owner": writing.header.viewer.id,
        "byKey": signs_by_key(writing.header.viewer),
        "createdAt": writing.at,
        "secret": sealed,
        "secretHint": secrets.hint(secret),
    }


def _placed(place: Place) -> dict[str, object]:
    return {"read": place[0], "log": place[1]}


async def _kept(
    writing: Writing,
    held: Held | None,
    said: dict[str, object],
    new: str,
    *,
    moved: object = None,
) -> Written:
    """Keep what is said; what waits goes on at once where the webhook is switched on."""
    switched = "active" in said and (held is None or held.get("active") != said["active"])
    if switched:
        said |= {"pausedReason": None, "failingSince": None}
    key, version = (held.key, held.version + 1) if held else (new, 1)
    given: dict[str, Any] = {"moved": MOVED if moved else None, "switched": switched}
    said["version"] = version
    at: datetime = writing.at
    await writing.ask(query("command/save_webhook"), key=key, properties=said, at=at, **given)
    return Written(things=(key,))


async def _opened(writing: Writing, webhook: str, key: str, said: dict[str, Any]) -> Written:
    given = {"webhook": webhook, "key": key, "properties": said, "most": AT_ONCE}
    if not await writing.ask(query("command/open_delivery"), **given):
        writing.refuse(UserErrorCode.INVALID_STATE, BUSY, "id")
        writing.check()
    return Written(things=(webhook, key))
