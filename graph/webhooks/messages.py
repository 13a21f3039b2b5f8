"""What is sent: CloudEvents with ids, kind and cursor, signed; no value, no name, no number."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import orjson

from graph import ids
from graph.records.changes import Change
from graph.visible import Reached
from graph.webhooks import secrets

SOURCE = "/account-graph"
TYPES = {
    "CHANGE": "account-graph.change",
    "GAP": "account-graph.gap",
    "PING": "account-graph.ping",
}
CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
AGENT = "account-graph-webhooks/1"
Close = Callable[[tuple[int, str | None]], str]
"""Makes the cursor of a place of the log."""


def message_id(webhook: str, log: str | None, what: str) -> str:
    """The `webhook-id` of what is sent there: the same whenever it is computed again."""
    told = f"{webhook}\n{log}\n{what}".encode()
    return f"msg_{hashlib.sha256(told).hexdigest()[:32]}"


def shown(key: str | None, seen: Reached) -> str | None:
    """The id of a thing that its receiver may see now."""
    return ids.encode(key) if key and seen.sees(key) else None


def change(id: str, entry: Change, log: str | None, close: Close, seen: Reached) -> bytes:
    """The event of a change; of things out of reach by now not even the ids."""
    told = {
        "change": entry.id,
        "kind": entry.kind.value,
        "subject": shown(entry.subject_key, seen),
        "account": shown(entry.account_key, seen),
        "cursor": close((entry.sequence, log)),
    }
    return _event("CHANGE", id, entry.recorded_at, told)


def gap(id: str, at: datetime, sequence: int, log: str | None, close: Close) -> bytes:
    """The event that says: changes before `earliest` are lost, read anew what you keep."""
    told = {"earliest": close((sequence + 1, log)), "cursor": close((sequence, log))}
    return _event("GAP", id, at, told)


def ping(id: str, at: datetime, webhook: str) -> bytes:
    """The event of a test."""
    return _event("PING", id, at, {"webhook": ids.encode(webhook)})


def headers(id: str, keys: Sequence[str], at: datetime, body: bytes) -> dict[str, str]:
    """What is sent beside the body of one attempt."""
    return {
        "content-type": CONTENT_TYPE,
        "user-agent": AGENT,
        "accept": "*/*",
        "webhook-id": id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": secrets.signature(keys, id, at, body),
    }


def _event(kind: str, id: str, at: datetime, told: dict[str, Any]) -> bytes:
    event = {
        "specversion": "1.0",
        "id": id,
        "source": SOURCE,
        "type": TYPES[kind],
        "time": at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": told,
    }
    return orjson.dumps(event)
