"""Connections that rest in the pool and are broken there, as a restart of the database does.

On the server's own event loop: it answers a write to a closed connection as no other does.
"""

import asyncio

import uvloop
from neo4j import Query

from graph.address import Address
from graph.session import PATIENT, connect
from tests.outages.proxy import proxied

ONE = Query("RETURN 1 AS one")
KEEP = Query("CREATE (:Rested)")
KEPT = Query("MATCH (rested:Rested) RETURN count(rested) AS number")
TIMES, AT_ONCE = 12, 8  # more connections than the pool has


async def broken_while_they_rest(address: Address) -> list[object]:
    """What comes of questions after each break, and of one in the end."""
    told: list[object] = []
    async with proxied(address) as (proxy, place), connect(place, PATIENT) as graph:
        for _ in range(TIMES):
            await asyncio.gather(*(graph.read(ONE) for _ in range(AT_ONCE)))
            proxy.break_all()
            proxy.go_on()
            await asyncio.sleep(0.02)
            asked = (graph.read(ONE) for _ in range(AT_ONCE))
            await graph.write(lambda tx: graph.run(tx, KEEP), name="test/keep")
            told += await asyncio.gather(*asked, return_exceptions=True)
        told.append(await graph.read(KEPT))
    return told


def test_a_connection_that_broke_while_it_rested_is_not_noticed(address: Address) -> None:
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        told = runner.run(broken_while_they_rest(address))

    assert told == [*[[{"one": 1}]] * (TIMES * AT_ONCE), [{"number": TIMES}]]
