"""The heartbeat of the database, over a connection of its own: those of callers may all be busy."""

from neo4j import AsyncGraphDatabase

from graph.address import Address
from graph.circuit import PATIENCE
from graph.session import POOL, Graph

BRIEF = 0.9 * PATIENCE  # so that the driver closes itself what does not open
ONLY = {
    **POOL,
    "max_connection_pool_size": 1,
    "connection_timeout": BRIEF,
    "connection_acquisition_timeout": BRIEF,
}


async def beating(graph: Graph, address: Address) -> None:
    """Tell the graph's circuit whether the database answers, until cancelled."""
    auth = (address.user, address.password)
    async with AsyncGraphDatabase.driver(address.uri, auth=auth, **ONLY) as driver:
        await graph.circuit.watch(Graph(driver, address.database).beat)
