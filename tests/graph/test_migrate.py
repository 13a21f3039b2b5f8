"""Migrations: once each, in order, by one starter at a time, whatever is cut off."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from neo4j import AsyncManagedTransaction, Query
from neo4j.exceptions import TransientError

from graph import migrate as module
from graph import migration_lock
from graph.errors import SetupError
from graph.migrate import check, migrate
from graph.session import Graph, Row

FILES = {
    "0001_trial_name": "CREATE CONSTRAINT trial_name IF NOT EXISTS\n"
    "  FOR (trial:Trial) REQUIRE trial.name IS UNIQUE;\nCALL db.awaitIndexes(300);\n",
    "0002_first_trial": "// Two trials; not three.\nCREATE (:Trial {name: 'a;b'});\n"
    "CREATE (:Trial {name: 'c'});\n",
    "0003_trial_day": "CREATE INDEX trial_day IF NOT EXISTS FOR (trial:Trial) ON (trial.day);\n",
}
NAMES = list(FILES)
CALLS = 12  # lock: 2 constraints, ask; files: 3 schema, 2 data, 3 records; give back
COUNT = Query("MATCH (trial:Trial) RETURN count(trial) AS trials")


class Killed(BaseException):
    """Nothing catches it, as nothing catches SIGKILL."""


class Dying(Graph):
    """A starter killed at one of its statements: nothing it does later arrives."""

    def __init__(self, graph: Graph, at: int) -> None:
        super().__init__(graph._driver)
        self.left = at

    def count(self) -> None:
        self.left -= 1
        if self.left < 0:
            raise Killed

    async def schema(self, statement: str) -> list[Row]:
        self.count()
        return await super().schema(statement)

    async def run(
        self, tx: AsyncManagedTransaction, query: Query, **parameters: object
    ) -> list[Row]:
        self.count()
        return await super().run(tx, query, **parameters)


class Slow(Graph):
    """A starter whose schema statements take longer than its lease."""

    async def schema(self, statement: str) -> list[Row]:
        await asyncio.sleep(0.8)
        return await super().schema(statement)


async def forget(graph: Graph) -> None:
    """No migration, nothing of a trial."""
    await graph.schema("DROP CONSTRAINT trial_name IF EXISTS")
    await graph.schema("DROP INDEX trial_name IF EXISTS")
    await graph.schema("DROP INDEX trial_day IF EXISTS")
    await graph.schema(
        "MATCH (node) WHERE node:Migration OR node:MigrationLock OR node:Trial DELETE node"
    )


@pytest.fixture
async def bare(server: Graph) -> AsyncIterator[Graph]:
    """A graph that has no migration on record; the real ones are back afterwards."""
    await forget(server)
    yield server
    await forget(server)
    await migrate(server)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        (tmp_path / f"{name}.cypher").write_text(text)
    return tmp_path


async def test_five_starters_at_once_apply_each_file_once(bare: Graph, folder: Path) -> None:
    answers = await asyncio.gather(*(migrate(Graph(bare._driver), folder) for _ in range(5)))

    assert sorted(answers) == [[], [], [], [], NAMES]
    assert await bare.read(COUNT) == [{"trials": 2}]
    assert await check(bare, folder) == []


async def test_a_second_run_asks_one_question(bare: Graph, folder: Path) -> None:
    await migrate(bare, folder)
    await bare.schema("CALL db.awaitIndexes(60)")  # else the question may be sent a second time
    bare.statements = 0

    assert await migrate(bare, folder) == []
    assert bare.statements == 1


@pytest.mark.parametrize("at", range(CALLS))
async def test_a_starter_killed_at_any_statement_is_completed_by_the_next(
    bare: Graph, folder: Path, at: int
) -> None:
    dying = Dying(bare, at)
    with pytest.raises(Killed):
        await migrate(dying, folder, lease=0.2)

    await migrate(bare, folder, lease=0.2)

    assert await check(bare, folder) == []
    assert await bare.read(COUNT) == [{"trials": 2}]


async def test_a_constraint_cut_off_half_way_is_made_again(bare: Graph, folder: Path) -> None:
    await bare.schema("CREATE INDEX trial_name FOR (trial:Trial) ON (trial.name)")

    await migrate(bare, folder)

    names = [row["name"] for row in await bare.schema("SHOW CONSTRAINTS YIELD name")]
    assert "trial_name" in names


async def test_a_slow_starter_keeps_the_lock(bare: Graph, folder: Path) -> None:
    slow = asyncio.create_task(migrate(Slow(bare._driver), folder, lease=0.6))
    async with asyncio.timeout(60):
        while not await bare.read(Query("MATCH (lock:MigrationLock) RETURN lock.holder AS by")):  # noqa: ASYNC110
            await asyncio.sleep(0.05)

    assert await migrate(bare, folder, lease=0.6) == []
    assert await slow == NAMES


async def test_a_starter_that_lost_the_lock_records_nothing(bare: Graph, folder: Path) -> None:
    class Robbed(Graph):
        async def schema(self, statement: str) -> list[Row]:
            await super().schema("MATCH (lock:MigrationLock) SET lock.holder = 'another'")
            return await super().schema(statement)

    with pytest.raises(SetupError, match="0001_trial_name is not applied: another starter"):
        await migrate(Robbed(bare._driver), folder)

    assert await bare.read(Query("MATCH (m:Migration) RETURN m.name AS name")) == []


async def test_waiting_for_another_starter_ends(
    bare: Graph, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration_lock, "PATIENCE", 0.3)
    await bare.schema(
        "CREATE (:MigrationLock {id: 1, holder: 'another',"
        " until: datetime.realtime() + duration({minutes: 1})})"
    )

    with pytest.raises(SetupError, match="Another starter has been migrating"):
        await migrate(bare, folder)


async def test_an_edited_file_is_named(bare: Graph, folder: Path) -> None:
    await migrate(bare, folder)
    (folder / "0002_first_trial.cypher").write_text("CREATE (:Trial {name: 'd'});")
    (folder / "0004_more.cypher").write_text("CREATE (:Trial {name: 'e'});")

    problem = "0002_first_trial was edited after it was applied: restore it and write a new file."
    assert await check(bare, folder) == [problem, "0004_more is not applied: run `migrate`."]
    with pytest.raises(SetupError, match="0002_first_trial was edited"):
        await migrate(bare, folder)
    assert await bare.read(COUNT) == [{"trials": 2}]


async def test_a_graph_behind_tells_what_is_missing(bare: Graph, folder: Path) -> None:
    assert await check(bare, folder) == [f"{name} is not applied: run `migrate`." for name in NAMES]


async def test_an_older_version_leaves_a_newer_graph_alone(bare: Graph, folder: Path) -> None:
    await migrate(bare, folder)
    (folder / "0003_trial_day.cypher").unlink()

    assert await check(bare, folder) == ["0003_trial_day is not known to this version: upgrade it."]
    assert await migrate(bare, folder) == []


async def test_files_missing_on_both_sides_are_refused(bare: Graph, folder: Path) -> None:
    await migrate(bare, folder)
    (folder / "0003_trial_day.cypher").rename(folder / "0004_trial_day.cypher")

    with pytest.raises(SetupError, match="0003_trial_day is not known to this version"):
        await migrate(bare, folder)


async def test_a_failing_statement_names_its_file_and_gives_the_lock_back(
    bare: Graph, folder: Path
) -> None:
    (folder / "0002_first_trial.cypher").write_text("CREATE (:Trial {name: 1 / 0});")

    with pytest.raises(SetupError, match="0002_first_trial is not applied"):
        await migrate(bare, folder)

    assert await check(bare, folder) == [
        f"{name} is not applied: run `migrate`." for name in NAMES[1:]
    ]
    lock = await bare.read(Query("MATCH (lock:MigrationLock) RETURN lock.holder AS holder"))
    assert lock == [{"holder": None}]


async def test_a_failing_schema_statement_is_not_repeated(bare: Graph, folder: Path) -> None:
    (folder / "0003_trial_day.cypher").write_text("CREATE INDEX trial_day ON nonsense;")

    with pytest.raises(SetupError, match="0003_trial_day is not applied"):
        await migrate(bare, folder)


async def test_a_deadlocked_statement_is_repeated(bare: Graph, folder: Path) -> None:
    class Unlucky(Graph):
        tried: set[str] = set()

        async def schema(self, statement: str) -> list[Row]:
            if statement not in self.tried:
                self.tried.add(statement)
                raise TransientError("deadlock")
            return await super().schema(statement)

    assert await migrate(Unlucky(bare._driver), folder) == NAMES


async def test_a_statement_that_never_gets_through_fails_in_the_end(
    bare: Graph, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Deadlocked(Graph):
        async def schema(self, statement: str) -> list[Row]:
            assert statement
            raise TransientError("deadlock")

    monkeypatch.setattr(module, "PAUSES", (0.0,))
    with pytest.raises(TransientError):
        await migrate(Deadlocked(bare._driver), folder)
