"""The heartbeat of the database, over a connection of its own: those of callers may all be busy."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from neo4j import AsyncGraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.address import Address
from graph.circuit import PATIENCE
from graph.failures import BROKEN
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
    async with apart(address) as own:
        await graph.circuit.watch(own.beat)


@asynccontextmanager
async def apart(address: Address) -> AsyncIterator[Graph]:
    """The database over a connection of its own, whether it answers or not."""
    auth = (address.user, address.password)
    async with AsyncGraphDatabase.driver(address.uri, auth=auth, **ONLY) as driver:
        yield Graph(driver, address.database)


async def answers(own: Graph) -> bool:
    """Whether the database answers, whatever else it may say."""
    with suppress(Neo4jError, DriverError, OSError, RuntimeError):
        async with asyncio.timeout(PATIENCE):
            await own.beat()
            return True
    return False


async def broken(own: Graph) -> bool:
    """Whether the database says that only a new start mends it; then it answers nothing else."""
    try:
        async with asyncio.timeout(PATIENCE):
            await own.beat()
    except Neo4jError as error:
        return error.code in BROKEN
    except (DriverError, OSError, RuntimeError):  # it is away, or a connection broke
        return False
    return False
