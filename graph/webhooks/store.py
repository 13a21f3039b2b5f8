"""What the store holds of webhooks and deliveries, written in batches under the lease."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from neo4j import AsyncManagedTransaction

from graph import changes
from graph.queries import query
from graph.rows import native
from graph.session import Graph, Row
from graph.webhooks.lines import CHANGE, PING, Line, Waiting

LEASE = 30.0  # seconds for which a server sends


@dataclass(frozen=True, slots=True)
class Beat:
    """Who holds the lease, if anybody does, and all that is sent to."""

    holder: str | None
    held: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What an attempt came to: `before` is how many there had been."""

    webhook: str
    key: str
    before: int
    properties: dict[str, Any]
    delivered: bool = False
    failed: bool = False
    paused: str | None = None


async def beat(graph: Graph, at: datetime) -> Beat:
    """How it stands. Raises TimedOut or Unavailable."""
    [row] = await graph.read(query("webhook/beat"), at=at)
    return Beat(row["holder"], row["held"], tuple(map(_line, row["webhooks"])))


async def lease(graph: Graph, holder: str, *, alone: bool, seconds: float = LEASE) -> bool:
    """Whether this server may send for so long from now on."""
    given = {"holder": holder, "alone": alone, "seconds": seconds}

    async def work(tx: AsyncManagedTransaction) -> bool:
        return bool(await graph.run(tx, query("webhook/lease"), **given))

    return await graph.write(work, name="webhook/lease")


async def put(graph: Graph, holder: str, rows: Sequence[Row]) -> set[str]:
    """Keep what is to be sent; the webhooks of which it was kept."""

    async def work(tx: AsyncManagedTransaction) -> set[str]:
        found = await graph.run(tx, query("webhook/put"), holder=holder, rows=list(rows))
        return {row["key"] for row in found}

    return await graph.write(work, name="webhook/put")


async def results(graph: Graph, holder: str, found: Sequence[Result], at: datetime) -> None:
    """Keep what came of attempts, and what follows for their webhooks, under the lease."""
    rows = [{"key": r.key, "before": r.before, "properties": r.properties} for r in found]
    webhooks = [_settled(key, found, at) for key in sorted({r.webhook for r in found})]

    async def work(tx: AsyncManagedTransaction) -> None:
        if await graph.run(tx, query("webhook/results"), holder=holder, rows=rows):
            await graph.run(tx, query("webhook/settle"), rows=webhooks)

    await graph.write(work, name="webhook/results")


def _settled(key: str, found: Sequence[Result], at: datetime) -> Row:
    mine = [each for each in found if each.webhook == key]
    return {
        "key": key,
        "at": at,
        "acknowledged": any(each.delivered for each in mine),
        "failed": any(each.failed for each in mine),
        "paused": next((each.paused for each in mine if each.paused), None),
    }


def _line(said: Row) -> Line:
    waiting = sorted(map(_waiting, said["waiting"]), key=_order)
    return Line(
        key=said["key"],
        owner=said["owner"],
        by_key=bool(said.get("byKey")),
        url=said["url"],
        active=said["active"],
        wanted=said.get("wanted") or "{}",
        read=said.get("read") or 0,
        log=said.get("log"),
        sealed=said.get("secret") or "",
        sealed_before=said.get("secretBefore"),
        before_until=_instant(said.get("secretBeforeUntil")),
        failing_since=_instant(said.get("failingSince")),
        version=said["version"],
        waiting=tuple(waiting),
    )


def _order(each: Waiting) -> tuple[int, int, str]:
    """In the order of the log, a gap behind what came before it; what has no place comes first."""
    return (each.sequence or 0, each.kind == CHANGE, each.key)


def _waiting(said: Row) -> Waiting:
    kind, found = said.get("kind") or CHANGE, said.get("change")
    at = _instant(said["sentAt"])
    assert at is not None
    return Waiting(
        key=said["key"],
        id=said.get("message") or said["key"],
        kind=kind,
        sequence=said.get("sequence"),
        log=said.get("log"),
        lost=bool(said.get("lost")),
        lane=said.get("lane") or "",
        alone=bool(said.get("alone")) or kind == PING,
        attempt=said.get("attempt") or 0,
        at=at,
        due=_instant(said.get("nextAttemptAt")),
        parting=said.get("parting"),
        change=changes.change(found) if found else None,
    )


def _instant(value: Any) -> datetime | None:
    found = native(value)
    assert found is None or isinstance(found, datetime)
    return found
