"""Ownership out of a database: the snapshot read, and the same question as Cypher's own walk.

The graph is written at once rather than through the writer: what is measured is reading.
"""

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from neo4j import AsyncManagedTransaction, Query

from benchmarks.ownership_world import Drawn
from benchmarks.world import RECORDED
from graph.algorithms.integrated import ultimate
from graph.algorithms.upstream import upstream
from graph.errors import TimedOut
from graph.local import start_local
from graph.migrate import migrate
from graph.queries import query
from graph.records.moment import Moment
from graph.rows import OPEN_DAY, OPEN_INSTANT
from graph.session import PATIENT, Graph, connect
from graph.snapshot import snapshot
from graph.surroundings import around

HEAP, PAGES = "2g", "1g"
BATCH = 20_000
LIMIT = 10.0  # seconds that Cypher may take
SINCE = date(2020, 1, 1)
PAST = date(2025, 6, 1)
PARTIES = Query(
    """UNWIND $rows AS row
    CREATE (:Entity:Party:Organization {key: 'Party:' + row, id: row, name: row, searchName: row,
      recordedAt: $at, version: 1})"""
)
OWNS = Query(
    """UNWIND $rows AS row
    MATCH (owner:Entity {key: 'Party:' + row[1]}) MATCH (owned:Entity {key: 'Party:' + row[2]})
    CREATE (owner)-[:OWNS {id: row[0], minShare: row[3], maxShare: row[3], disclosed: true,
      interest: 'SHAREHOLDING', source: 'R', validFrom: $since, validTo: $openDay,
      recordedAt: $at, recordedTo: $openInstant}]->(owned)"""
)
WALK = Query(
    """MATCH path = (:Entity {key: $key})<-[:OWNS*1..20]-(owner:Party)
    WHERE NOT EXISTS { (owner)<-[:OWNS]-() }
    RETURN owner.key AS key,
      sum(reduce(share = 1.0, claim IN relationships(path) | share * claim.minShare / 1e9)) AS share
    ORDER BY key""",
    metadata={"query": "benchmark/walk"},
    timeout=LIMIT,
)


def stored(graph: Drawn, places: Sequence[int]) -> dict[str, Any]:
    """What reading and asking cost of a database with this graph, which is gone afterwards."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ownership-")))
        database = stack.enter_context(start_local(folder, heap=HEAP, page_cache=PAGES))

        async def measured() -> dict[str, Any]:
            async with connect(database.address, PATIENT) as store:
                await fill(store, graph)
                return await measure(store, places)

        return asyncio.run(measured())


async def fill(store: Graph, graph: Drawn) -> None:
    """Write the graph, all at once and as of one instant."""
    await migrate(store)
    claims = graph.claims
    names = [_name(one) for one in range(claims.parties)]
    ends = zip(claims.start.tolist(), claims.end.tolist(), claims.low.tolist(), strict=True)
    rows = [[f"R-{at:08}", _name(a), _name(b), low] for at, (a, b, low) in enumerate(ends)]
    given = {"at": RECORDED, "since": SINCE, "openDay": OPEN_DAY, "openInstant": OPEN_INSTANT}
    for statement, all_ in ((PARTIES, names), (OWNS, rows)):
        for first in range(0, len(all_), BATCH):
            some = {**given, "rows": all_[first : first + BATCH]}
            await store.write(partial(_sent, store, statement, some), name="fill", seconds=300)
    await store.schema("CALL db.awaitIndexes(600)")


async def _sent(
    store: Graph, statement: Query, given: dict[str, Any], tx: AsyncManagedTransaction
) -> None:
    await store.run(tx, statement, **given)


def _name(one: int) -> str:
    return f"O-{one:08}"


async def measure(store: Graph, places: Sequence[int]) -> dict[str, Any]:
    """Read the snapshot, then ask of each party whose it is in the end, both ways."""
    await store.read(query("change/place"))
    started, worked = perf_counter(), process_time()
    held = await snapshot(store, Moment.now())
    read, worked = perf_counter() - started, process_time() - worked
    ours: list[float] = []
    past: list[float] = []
    cypher: list[float] = []
    late = short = 0
    for one in places:
        started = perf_counter()
        again = await snapshot(store, Moment.now())
        place = again.recorded.place(f"Party:{_name(one)}")
        up = None if place is None else upstream(again.recorded.holdings, place)
        found = None if up is None else ultimate(up)
        ours.append(perf_counter() - started)
        past.append(await _past(store, one))
        started = perf_counter()
        try:
            rows = await store.read(WALK, key=f"Party:{_name(one)}")
        except TimedOut:
            late += 1
            continue
        cypher.append(perf_counter() - started)
        if up is not None and found is not None and not (found.ownerless | found.nearly).any():
            told = {
                again.recorded.key(int(up.nodes[at])): float(found.low[at])
                for at in range(up.size)
                if found.ends[at] and at != up.target
            }
            walked = {row["key"] for row in rows}
            assert walked <= told.keys(), one
            short += walked != told.keys()  # somebody is further away than Cypher is let walk
    return {
        "parties": len(held.recorded.keys),
        "claims": len(held.recorded.id),
        "read_s": read,
        "read_cpu_s": worked,
        "bytes_per_party": held.nbytes / len(held.recorded.keys),
        "ours": ours,
        "past": past,
        "cypher": cypher,
        "cypher_late": late,
        "cypher_short": short,
        "cypher_limit_s": LIMIT,
    }


async def _past(store: Graph, one: int) -> float:
    """The same at a past day, of a graph that is not read again for it."""
    key = f"Party:{_name(one)}"
    started = perf_counter()
    part = await around(store, Moment.given(PAST, None, Moment.now()), above=[key])
    place = part.recorded.place(key)
    if place is not None:
        ultimate(upstream(part.recorded.holdings, place))
    return perf_counter() - started
