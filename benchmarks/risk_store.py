"""The nearest thing to a chain of risk that a Neo4j user has without our code: a bounded walk.

The network is written as it is walked: a node for each thing with its own risk, a relationship for
each arc with what it leaves of a risk. Cypher has no search by a product, so it lists all paths of
at most so many steps to an account and keeps the strongest of each source.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np
from neo4j import AsyncManagedTransaction, Query

from benchmarks.risk_world import FLOOR, K
from graph.algorithms.backward import chains
from graph.algorithms.claims import Floats
from graph.algorithms.risk_arcs import RiskArcs
from graph.errors import TimedOut
from graph.local import start_local
from graph.session import PATIENT, Graph, connect

HEAP, PAGES = "2g", "1g"
BATCH = 20_000
STEPS = 4
LIMIT = 10.0  # seconds that Cypher may take
INDEX = "CREATE CONSTRAINT thing IF NOT EXISTS FOR (thing:Thing) REQUIRE thing.place IS UNIQUE"
THINGS = Query("UNWIND $rows AS row CREATE (:Thing {place: row[0], own: row[1]})")
ARCS = Query(
    """UNWIND $rows AS row
    MATCH (start:Thing {place: row[0]}) MATCH (end:Thing {place: row[1]})
    CREATE (start)-[:ARC {left: row[2]}]->(end)"""
)
WALK = Query(
    f"""MATCH path = (source:Thing)-[:ARC*1..{STEPS}]->(account:Thing {{place: $place}})
    WHERE source.own > 0 AND source <> account
    WITH source,
      max(source.own * reduce(left = 1.0, arc IN relationships(path) | left * arc.left)) AS strength
    WHERE strength >= $floor
    RETURN strength ORDER BY strength DESC, source.place LIMIT $most""",
    metadata={"query": "benchmark/risk"},
    timeout=LIMIT,
)


def stored(arcs: RiskArcs, own: Floats, places: Sequence[int]) -> dict[str, Any]:
    """What asking costs, ours and Cypher's, of a database that is gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="risk-")))
        database = stack.enter_context(start_local(folder, heap=HEAP, page_cache=PAGES))

        async def measured() -> dict[str, Any]:
            async with connect(database.address, PATIENT) as store:
                await fill(store, arcs, own)
                return await measure(store, arcs, own, places)

        return asyncio.run(measured())


async def fill(store: Graph, arcs: RiskArcs, own: Floats) -> None:
    """Write things and arcs."""
    await store.schema(INDEX)
    things = [list(row) for row in enumerate(own.tolist())]
    ends = zip(arcs.start.tolist(), arcs.end.tolist(), arcs.left.tolist(), strict=True)
    for statement, rows in ((THINGS, things), (ARCS, [list(row) for row in ends])):
        for first in range(0, len(rows), BATCH):
            send = partial(_sent, store, statement, rows[first : first + BATCH])
            await store.write(send, name="fill", seconds=300)
    await store.schema("CALL db.awaitIndexes(600)")


async def _sent(
    store: Graph, statement: Query, rows: list[list[Any]], tx: AsyncManagedTransaction
) -> None:
    await store.run(tx, statement, rows=rows)


async def measure(
    store: Graph, arcs: RiskArcs, own: Floats, places: Sequence[int]
) -> dict[str, Any]:
    """Seconds of each question, both ways; how many Cypher did not finish, or answered short."""
    ours, cypher, late, short = list[float](), list[float](), 0, 0
    for place in places:
        started = perf_counter()
        found = chains(arcs, own, place, K, FLOOR)
        ours.append(perf_counter() - started)
        started = perf_counter()
        try:
            rows = await store.read(WALK, place=place, floor=FLOOR, most=K)
        except TimedOut:
            late += 1
        else:
            wanted = sorted((chain.strength for chain in found), reverse=True)
            told = [row["strength"] for row in rows]
            short += len(told) != len(wanted) or not np.allclose(told, wanted)
        cypher.append(perf_counter() - started)
    return {"ours": ours, "cypher": cypher, "late": late, "short": short, "asked": len(places)}
