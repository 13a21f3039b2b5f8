"""A database that a full disk has broken: ended, started when there is room, nothing told is lost.

A limit on the size of the child's files stands for the disk, as it does for Neo4j: what is appended
to the log of transactions is refused. `tests/outages/full_disk.py` fills a real one.
"""

import asyncio
import resource
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest
from neo4j import AsyncManagedTransaction, Query

from graph.errors import GraphError, Unavailable
from graph.health import supervise
from graph.local import LocalDatabase, start_local
from graph.session import PATIENT, Graph, connect

KEEP = Query("CREATE (:Kept {number: $number, text: $text})")
KEPT = Query("MATCH (kept:Kept) RETURN collect(kept.number) AS numbers")
FULL = 4096  # bytes beyond which no file may be written
MOST = 400


class Disk:
    """Whether there is room, as the supervisor asks; and whether it has."""

    def __init__(self, *, free: bool = False) -> None:
        self.free = free
        self.asked = asyncio.Event()

    def startable(self, _: Path) -> bool:
        self.asked.set()
        return self.free


@pytest.fixture
def database(tmp_path: Path) -> Iterator[LocalDatabase]:
    with start_local(tmp_path / "graph", quick=True) as found:
        yield found


@asynccontextmanager
async def supervised(database: LocalDatabase, disk: Disk) -> AsyncIterator[None]:
    task = asyncio.create_task(supervise(database, disk.startable))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def written(
    graph: Graph, first: int, most: int = MOST, size: int = 500
) -> tuple[list[int], GraphError | None]:
    """Write until it is refused: what was acknowledged, and the refusal."""
    told: list[int] = []
    for number in range(first, first + most):

        async def work(tx: AsyncManagedTransaction, number: int = number) -> None:
            await graph.run(tx, KEEP, number=number, text="x" * size)

        try:
            await graph.write(work, name="test/keep")
        except GraphError as error:
            return told, error
        told.append(number)
    return told, None


async def kept(graph: Graph) -> list[int]:
    """What is there, once the database is back."""
    while True:
        with suppress(Unavailable):
            [found] = await graph.read(KEPT)
            numbers: list[int] = found["numbers"]
            return numbers
        await asyncio.sleep(0.2)


async def test_a_broken_database_waits_for_room_and_has_all_that_was_told(
    database: LocalDatabase,
) -> None:
    disk, child = Disk(), database.pid
    assert child
    async with connect(database.address, PATIENT) as graph:
        before, _ = await written(graph, 0)
        resource.prlimit(child, resource.RLIMIT_FSIZE, (FULL, FULL))
        more, refused = await written(graph, MOST)
        assert isinstance(refused, Unavailable)
        with pytest.raises(Unavailable):
            await graph.read(KEPT)
        async with supervised(database, disk), asyncio.timeout(300):
            await disk.asked.wait()  # it has ended, and there is no room
            assert not database.alive()
            disk.free = True
            found = await kept(graph)

    assert database.pid != child
    assert len(before) == MOST
    assert set(before + more) <= set(found) <= {*before, *more, MOST + len(more)}
