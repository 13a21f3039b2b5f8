"""Messages of graphql-transport-ws: their shape is looked at before they are believed."""

from collections.abc import Mapping
from typing import Any

from transport.reading import SHAPES


def fault_of(message: object) -> str | None:
    """What is wrong with the shape of a message."""
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return "A message must be an object with a type"
    kind, payload = message["type"], message.get("payload")
    if kind in ("subscribe", "complete") and not _is_id(message.get("id")):
        return "A message of this type needs an id"
    if kind == "subscribe":
        return _subscribe_fault(payload)
    if payload is not None and not isinstance(payload, dict):
        return "A payload must be an object"
    return None


def _is_id(value: object) -> bool:
    return isinstance(value, str) and value != ""


def _subscribe_fault(payload: object) -> str | None:
    if not isinstance(payload, dict) or not _names_document(payload):
        return "The payload must be an object with a query"
    for name, (shape, words) in SHAPES.items():
        if not isinstance(payload.get(name), shape | None):
            return f"'{name}' must be {words}"
    return None


def _names_document(payload: Mapping[str, Any]) -> bool:
    extensions = payload.get("extensions")
    persisted = isinstance(extensions, dict) and "persistedQuery" in extensions
    return persisted or any(isinstance(payload.get(name), str) for name in ("query", "documentId"))
