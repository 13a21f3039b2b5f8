"""Five starters of a new release migrate while eight write as the one before it did.

Part of `make night`: `.venv/bin/pytest -s tests/migrations/under_load.py`. There is no release yet:
the files before the newest ones stand for one.
"""

import asyncio
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest
from neo4j import Query

from graph.load.write import write
from graph.local import start_local
from graph.migrate import check, migrate
from graph.migration_files import MIGRATIONS
from graph.session import PATIENT, Graph, connect
from tests import worlds

STARTERS, WRITERS, NEWEST = 5, 8, 5
FILES = sorted(MIGRATIONS.glob("*.cypher"))
BEFORE, NEW = FILES[:-NEWEST], [file.stem for file in FILES[-NEWEST:]]
WRITTEN = Query("MATCH (account:Account) RETURN account.key AS key ORDER BY key")


@pytest.fixture
async def graphs(tmp_path: Path) -> AsyncIterator[list[Graph]]:
    """Connections to one database that the release before has migrated."""
    older = tmp_path / "older"
    older.mkdir()
    for file in BEFORE:
        shutil.copy(file, older)
    with start_local(tmp_path / "graph", quick=True) as database:
        async with AsyncExitStack() as stack:
            found = [
                await stack.enter_async_context(connect(database.address, PATIENT))
                for _ in range(STARTERS + WRITERS)
            ]
            await migrate(found[0], older)
            yield found


class Writer:
    """Who writes one account after the other, and fails at the first refusal."""

    def __init__(self, number: int, graph: Graph) -> None:
        self.number = number
        self.graph = graph
        self.told: list[str] = []

    async def write(self, over: asyncio.Event) -> None:
        """Write until it is over."""
        while not over.is_set():
            key = f"W-{self.number}-{len(self.told)}"
            made = await write(self.graph, [worlds.account(key, key)], at=datetime.now(UTC))
            assert made.refused == []
            self.told.append(key)


async def test_five_starters_migrate_once_while_eight_write(graphs: list[Graph]) -> None:
    over = asyncio.Event()
    crew = [Writer(number, graph) for number, graph in enumerate(graphs[STARTERS:])]
    writing = [asyncio.create_task(each.write(over)) for each in crew]
    while not all(each.told for each in crew):  # noqa: ASYNC110
        await asyncio.sleep(0.05)
    before = sum(len(each.told) for each in crew)

    answers = await asyncio.gather(*map(migrate, graphs[:STARTERS]))

    during = sum(len(each.told) for each in crew) - before
    over.set()
    await asyncio.gather(*writing)
    assert sorted(answers) == [*[[]] * (STARTERS - 1), NEW]
    assert await check(graphs[0]) == []
    assert await migrate(graphs[0]) == []
    told = sorted(key for each in crew for key in each.told)
    assert [row["key"] for row in await graphs[0].read(WRITTEN)] == [f"Account:{k}" for k in told]
    assert during > 0
    sys.stdout.write(f"\n{len(told)} accounts written, {during} of them during the migration\n")
