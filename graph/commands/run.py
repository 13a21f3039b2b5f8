"""How a command is carried out: once, whole, and remembered."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from uuid import uuid4

import orjson
from neo4j import AsyncManagedTransaction
from neo4j.exceptions import ConstraintError

from graph.bounds import Bounds, bounds
from graph.commands import identity, sessions, texts
from graph.commands.header import Header
from graph.commands.writing import Refused, Writing
from graph.errors import GraphError, TimedOut, Unavailable, Unconfirmed
from graph.load.look import Ask
from graph.outlived import outlived
from graph.queries import query
from graph.reach import renew
from graph.records import Written
from graph.roles import Part
from graph.rows import instant
from graph.session import Graph
from graph.sessions import Limits
from graph.terms import Permission, UserErrorCode

SECONDS = 20.0
EVERY = 3600.0  # seconds between two times that what is over is forgotten
TRIES = 5  # when another writer creates the same thing at the same time
TOLD = 100  # errors of a command: whoever has more begins with these
REMEMBERED = timedelta(hours=24)
KEY = 64  # characters
REASON = 500
OTHER_INPUT = (
    "This idempotencyKey was used with another input within 24 hours. Give a new key for a new"
    " write, or the same input again."
)
log = logging.getLogger(__name__)

Plan = Callable[[Writing], Awaitable[Written]]
"""Checks, refuses or writes one command; may be called again for a new unit of work."""


async def run(graph: Graph, header: Header, plan: Plan, *rights: Permission | Part) -> Written:
    """What came of a command that takes these rights: all of it is written, or none.

    Raises Unconfirmed, Unavailable or TimedOut if it is not known whether it was written: given
    again with its idempotency key, it is not written twice.
    """
    within = await bounds(graph, header.viewer, *rights)
    attempt = uuid4().hex
    memory = f"{header.viewer.id}:{header.memory}" if header.memory else f":{attempt}"

    async def work(tx: AsyncManagedTransaction) -> Written:
        return await _once(partial(graph.run, tx), header, within, plan, memory, attempt)

    for again in reversed(range(TRIES)):
        try:
            done = await graph.write(work, name=f"command/{header.name}", seconds=SECONDS)
            renew(graph, header.viewer)
            return done
        except Refused as refused:
            return Written(user_errors=refused.errors[:TOLD])
        except ConstraintError:
            if not again:
                raise
        except (Unconfirmed, Unavailable, TimedOut):
            found = await _look(graph, memory, attempt)
            if found is None:
                raise
            return found
    raise AssertionError("unreachable")


async def forget(graph: Graph) -> None:
    """Forget the keys of commands given more than a day ago."""

    async def work(tx: AsyncManagedTransaction) -> None:
        await graph.run(tx, query("command/forget"), since=datetime.now(UTC) - REMEMBERED)

    await graph.write(work, name="command/forget", seconds=SECONDS)


async def forgetting(graph: Graph, limits: Limits) -> None:
    """Forget once an hour what is over, until cancelled; a database that is away is tried again."""
    while True:
        with outlived(log, "What is over is not forgotten."):
            await forget(graph)
            await identity.forget(graph)
            await sessions.forget(graph, limits)
        await asyncio.sleep(EVERY)


async def _once(
    ask: Ask, header: Header, within: Bounds, plan: Plan, memory: str, attempt: str
) -> Written:
    writing = Writing(ask, header, within)
    _header(writing)
    since = datetime.now(UTC) - REMEMBERED
    [known] = await ask(query("command/begin"), key=memory, since=since)
    if not known["old"]:
        if known["digest"] != header.digest:
            writing.refuse(UserErrorCode.IDEMPOTENCY_KEY_REUSED, OTHER_INPUT, "idempotencyKey")
            writing.check()
        return _answer(known["answer"], replayed=known["attempt"] != attempt)
    writing.begin(instant(known["last"]))
    done = await plan(writing)
    writing.check()
    entries = writing.entries
    if entries:
        done = replace(done, first=entries[0], last=entries[-1], log=known["log"])
    done = replace(done, at=writing.at)
    await ask(
        query("command/answer"),
        key=memory,
        digest=header.digest,
        attempt=attempt,
        answer=orjson.dumps(done).decode(),
        at=writing.at,
    )
    return done


def _header(writing: Writing) -> None:
    """Note what is wrong with what every command is given."""
    key, reason = writing.header.key, writing.header.reason
    if key is not None and not 1 <= len(key) <= KEY:
        told = f"A key has 1 to {KEY} characters. Give a shorter one, or none."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, "idempotencyKey")
    if reason is not None and len(reason) > REASON:
        told = f"A reason has at most {REASON} characters. Shorten it."
        writing.refuse(UserErrorCode.OUT_OF_RANGE, told, "reason")
    if reason is not None and (wrong := texts.ssn_told(reason)):
        writing.refuse(UserErrorCode.INVALID_FORMAT, wrong, "reason")


async def _look(graph: Graph, memory: str, attempt: str) -> Written | None:
    """What came of a command whose commit was not confirmed; None if it is still not known."""
    try:
        rows = await graph.read(query("command/remembered"), key=memory)
    except GraphError:
        return None
    if not rows or rows[0]["attempt"] != attempt:
        return None
    return _answer(rows[0]["answer"], replayed=False)


def _answer(text: str, *, replayed: bool) -> Written:
    """A stored answer."""
    said = orjson.loads(text)
    return Written(
        things=tuple(said["things"]),
        claims=tuple(said["claims"]),
        first=said["first"],
        last=said["last"],
        log=said.get("log"),
        at=datetime.fromisoformat(said["at"]),
        more=said["more"],
        replayed=replayed,
    )
