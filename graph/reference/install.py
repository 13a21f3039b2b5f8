"""Install what is shipped: once, and again only when it has changed."""

import hashlib
from datetime import datetime
from uuid import uuid4

from graph.errors import SetupError
from graph.load.rows import Refusal
from graph.load.write import write
from graph.migration_lock import LEASE, held
from graph.queries import query
from graph.reference.rows import Item, read
from graph.reference.tables import shipped
from graph.session import Graph


async def install(graph: Graph, at: datetime) -> bool:
    """Write what is shipped unless just that is there; answers whether it wrote.

    `at` is when it is recorded. One question when nothing is to do; starters wait for each other.
    """
    items = list(read(shipped()))
    digest = hashlib.sha256(repr(items).encode()).hexdigest()
    if await _installed(graph, digest):
        return False
    async with held(graph, uuid4().hex, LEASE):
        if await _installed(graph, digest):
            return False
        await _write(graph, items, at)
        await graph.write(
            lambda tx: graph.run(tx, query("reference/record"), digest=digest, at=at),
            name="reference/record",
        )
    return True


async def _installed(graph: Graph, digest: str) -> bool:
    return bool(await graph.read(query("reference/installed"), digest=digest))


async def _write(graph: Graph, items: list[Item], at: datetime) -> None:
    rows = [item for item in items if not isinstance(item, Refusal)]
    outcome = await write(graph, rows, at=at)
    if outcome.refusals:
        raise SetupError(f"The reference data was refused: {outcome.refusals[0].reason}")
