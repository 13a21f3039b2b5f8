"""A new key for look-ups: what can be told in full is hashed anew, the rest when presented."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from neo4j import AsyncManagedTransaction

from graph.identifier_key import IdentifierKey
from graph.load.look import Ask, Rows
from graph.load.rows import NodeRow
from graph.queries import query
from graph.session import Graph

PAGE = 1000
FIRST = "ImporterNumber:"  # no key of a number comes before it


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many numbers have the new key, and how many the one before until they are presented."""

    moved: int
    left: int


async def rekey(ask: Ask, rows: Iterable[NodeRow]) -> None:
    """Give numbers that are presented the key of now, where they still have the one before."""
    moved = [
        {"before": row.lookup_before, **{n: row.properties[n] for n in ("lookup", "keyId")}}
        for row in rows
        if row.lookup_before
    ]
    if moved:
        await _put(ask, moved)


async def rekeyed(graph: Graph, key: IdentifierKey) -> Rotated:
    """Give this key to all numbers but social security numbers, which nobody can compute."""
    moved, after = 0, FIRST
    page = {"keyId": key.key_id, "limit": PAGE}
    while rows := await graph.read(query("load/rekeyable"), **page, after=after):
        given = [
            {"before": row["before"], "lookup": key.lookup(row["display"]), "keyId": key.key_id}
            for row in rows
        ]

        async def work(tx: AsyncManagedTransaction, given: Rows = given) -> Rows:
            return await _put(partial(graph.run, tx), given)

        moved += len(await graph.write(work, name="load/rekey"))
        after = rows[-1]["key"]
    return Rotated(moved, await _left(graph, key))


async def rotated(graph: Graph, key: IdentifierKey, *, forget: bool) -> IdentifierKey | None:
    """The key that follows; None while some numbers could not be found with it any more.

    With `forget` these are given up.
    """
    if key.before and (await rekeyed(graph, key)).left and not forget:
        return None
    return key.alone().followed()


async def _left(graph: Graph, key: IdentifierKey) -> int:
    """How many numbers have the key before."""
    if key.id_before is None:
        return 0
    [row] = await graph.read(query("load/keyed"), keyId=key.id_before)
    number: int = row["number"]
    return number


async def _put(ask: Ask, rows: Rows) -> Rows:
    return await ask(query("load/rekey"), rows=rows)
