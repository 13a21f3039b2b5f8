"""Saving and deleting views: the caller's own, kept beside the graph and not in its log."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import orjson

from graph import policy
from graph.commands import texts
from graph.commands.header import KEEP, Given, Header
from graph.commands.run import run
from graph.commands.writing import Held, Writing
from graph.queries import query
from graph.records import Written
from graph.session import Graph
from graph.terms import UserErrorCode

DOCUMENT = 20_000  # characters
JSON = 100_000  # bytes
MISSING = "You have no such view. Take an id from 'viewer.savedViews'."


@dataclass(frozen=True, slots=True)
class ViewGiven:
    """A view as a caller gives it; without an id it is a new one.

    `fault` is what is wrong with the document as GraphQL.
    """

    id: str | None = None
    title: Given[str] = KEEP
    document: Given[str] = KEEP
    variables: Given[Any] = KEEP
    layout: Given[Any] = KEEP
    notes: Given[str] = KEEP
    shared: Given[bool] = KEEP
    fault: str | None = None


async def save(graph: Graph, header: Header, given: ViewGiven) -> Written:
    """Save a view, or change one."""
    policy.keeping(header.viewer)
    id_ = f"V-{uuid4().hex[:16]}"

    async def plan(writing: Writing) -> Written:
        return await _save(writing, given, id_)

    return await run(graph, header, plan)


async def delete(graph: Graph, header: Header, id: str) -> Written:
    """Delete a view of one's own."""
    policy.keeping(header.viewer)

    async def plan(writing: Writing) -> Written:
        view = await _held(writing, id)
        writing.expect(view.version if view else 0)
        writing.check()
        assert view is not None
        await writing.ask(query("command/delete_view"), key=view.key)
        return Written()

    return await run(graph, header, plan)


async def _held(writing: Writing, id: str) -> Held | None:
    """A view of the caller's own, locked; noted if there is none."""
    key = writing.key(id, ("SavedView",), "id")
    if key is None:
        return None
    owner = writing.header.viewer.id
    rows = await writing.ask(query("command/view"), key=key, owner=owner)
    if not rows:
        writing.refuse(UserErrorCode.NOT_FOUND, MISSING, "id")
        return None
    view = Held(rows[0]["key"], frozenset(rows[0]["labels"]), rows[0]["properties"])
    if view.get("owner") != owner:
        told = "This view is somebody else's. Save a new one of your own."
        writing.refuse(UserErrorCode.NOT_PERMITTED, told, "id")
    return view


async def _save(writing: Writing, given: ViewGiven, id_: str) -> Written:
    view = await _held(writing, given.id) if given.id is not None else None
    writing.expect(view.version if view else 0)
    new = given.id is None
    said: dict[str, object] = {}
    for name, value, most in (
        ("title", given.title, texts.NAME),
        ("document", given.document, DOCUMENT),
    ):
        if value is not KEEP or new:
            text = value if value is not KEEP else None
            said[name] = texts.text(writing, text, most, name, required=True)
    if given.fault is not None:
        writing.refuse(UserErrorCode.INVALID_FORMAT, given.fault, "document")
    if given.notes is not KEEP:
        said["notes"] = texts.text(writing, given.notes, texts.LONG, "notes")
    said |= _json(writing, given)
    if given.shared is None:
        told = "A view is shared or not. Give true or false, or leave it out."
        writing.refuse(UserErrorCode.REQUIRED, told, "shared")
    elif given.shared is not KEEP or new:
        said["shared"] = given.shared is True
    writing.check()
    said |= {"updatedAt": writing.at, "version": view.version + 1 if view else 1}
    said |= {"owner": writing.header.viewer.id}
    key = view.key if view else f"SavedView:{id_}"
    await writing.ask(query("command/save_view"), key=key, properties=said)
    return Written(things=(key,))


def _json(writing: Writing, given: ViewGiven) -> dict[str, object]:
    """What is kept as JSON; noted if it is too much, or tells a number."""
    found: dict[str, object] = {}
    for name, value in (("variables", given.variables), ("layout", given.layout)):
        if value is KEEP:
            continue
        told = orjson.dumps(value).decode()
        if name == "variables" and not isinstance(value, dict | None):
            wrong = "Variables are an object with a value for each name. Give one."
            writing.refuse(UserErrorCode.INVALID_FORMAT, wrong, name)
        elif len(told) > JSON:
            wrong = f"This has more than {JSON} bytes. Keep less."
            writing.refuse(UserErrorCode.OUT_OF_RANGE, wrong, name)
        elif secret := texts.ssn_told(told):
            writing.refuse(UserErrorCode.INVALID_FORMAT, secret, name)
        found[name] = None if value is None else told
    return found
