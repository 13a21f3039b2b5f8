"""Bring the graph up to date: each file of migrations/ in order, once, by one starter at a time.

Schema statements say IF NOT EXISTS, so that a file can run again after a crash half way; a data
file is one transaction with its own record, so it has happened whole or not at all.
"""

import asyncio
import random
import re
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from neo4j import AsyncManagedTransaction, Query
from neo4j.exceptions import DriverError, Neo4jError

from graph import migration_files
from graph.errors import GraphError, SetupError
from graph.migration_files import MIGRATIONS, Migration
from graph.migration_lock import LEASE, held
from graph.queries import query
from graph.session import Graph

LOCK = MIGRATIONS / "0001_migration_lock.cypher"

DATA_SECONDS = 300.0  # how long one data file may take
PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2)  # before a statement is repeated
CONSTRAINT = re.compile(r"CREATE\s+CONSTRAINT\s+(\w+)")


async def check(graph: Graph, folder: Path = MIGRATIONS) -> list[str]:
    """What is wrong between the files and the graph, a sentence each; none if they agree."""
    files, known = migration_files.migrations(folder), await applied(graph)
    return [
        *_edited(files, known),
        *(f"{name} is not known to this version: upgrade it." for name in _newer(files, known)),
        *(f"{file.name} is not applied: run `migrate`." for file in _behind(files, known)),
    ]


async def applied(graph: Graph) -> dict[str, str]:
    """The names of the files that are applied, each with its checksum."""
    return {row["name"]: row["checksum"] for row in await graph.read(query("migrate/applied"))}


def unknown(applied: Mapping[str, str], folder: Path = MIGRATIONS) -> list[str]:
    """Which of these are not among the files, or are other ones there."""
    files = {file.name: file.checksum for file in migration_files.migrations(folder)}
    return sorted(name for name, checksum in applied.items() if files.get(name) != checksum)


async def migrate(graph: Graph, folder: Path = MIGRATIONS, lease: float = LEASE) -> list[str]:
    """Apply what is not yet applied; answers the names. A second starter waits for the first.

    A graph that a newer version has migrated is left as it is. Raises SetupError when an applied
    file was edited, a statement fails, or files are missing on both sides.
    """
    files = migration_files.migrations(folder)
    if not await _pending(graph, files):
        return []
    await _ensure_lock(graph)
    holder = uuid4().hex
    async with held(graph, holder, lease):
        pending = await _pending(graph, files)
        for file in pending:
            await _apply(graph, file, holder)
    return [file.name for file in pending]


async def pending(graph: Graph) -> list[str]:
    """The files that `migrate` would apply."""
    return [file.name for file in await _pending(graph, migration_files.migrations(MIGRATIONS))]


async def _pending(graph: Graph, files: list[Migration]) -> list[Migration]:
    known = await applied(graph)
    behind, faults = _behind(files, known), _edited(files, known)
    if behind and (newer := _newer(files, known)):
        faults.append(f"{newer[0]} is not known to this version, which would apply older files.")
    if faults:
        raise SetupError("The graph cannot be migrated. " + " ".join(faults))
    return behind


def _edited(files: list[Migration], applied: dict[str, str]) -> list[str]:
    return [
        f"{file.name} was edited after it was applied: restore it and write a new file."
        for file in files
        if applied.get(file.name, file.checksum) != file.checksum
    ]


def _newer(files: list[Migration], applied: dict[str, str]) -> list[str]:
    return sorted(applied.keys() - {file.name for file in files})


def _behind(files: list[Migration], applied: dict[str, str]) -> list[Migration]:
    return [file for file in files if file.name not in applied]


async def _apply(graph: Graph, file: Migration, holder: str) -> None:
    async def record(tx: AsyncManagedTransaction) -> None:
        for statement in () if file.schema else file.statements:
            await graph.run(tx, Query(statement))
        recorded = await graph.run(
            tx, query("migrate/record"), holder=holder, name=file.name, checksum=file.checksum
        )
        if not recorded:
            raise SetupError("another starter took over; start again.")

    try:
        for statement in file.statements if file.schema else ():
            await _schema(graph, statement)
        await graph.write(record, name=file.name, seconds=DATA_SECONDS)
    except (Neo4jError, DriverError, GraphError) as error:
        raise SetupError(f"{file.name} is not applied: {error}") from error


async def _ensure_lock(graph: Graph) -> None:
    """Without its constraint two starters could make a lock each."""
    for statement in migration_files.migration(LOCK).statements:
        await _schema(graph, statement)


async def _schema(graph: Graph, statement: str) -> None:
    """One schema statement, repeated when another starter with the same one comes between.

    IF NOT EXISTS looks before it locks: of two at once, one may deadlock or find the other's.
    """
    for seconds in PAUSES:
        try:
            await graph.schema(statement)
            return
        except Neo4jError as error:
            if not (error.is_retryable() or "AlreadyExists" in (error.code or "")):
                raise
        await asyncio.sleep(seconds * (0.5 + random.random()))
        await _drop_orphan(graph, statement)
    await graph.schema(statement)


async def _drop_orphan(graph: Graph, statement: str) -> None:
    """Drop the index that a constraint whose making was cut off has left under its name.

    Neo4j makes the index first, in a transaction of its own, and never finishes such a half.
    """
    if not (name := CONSTRAINT.match(statement)):
        return
    with suppress(Neo4jError):  # it got its constraint meanwhile
        for index in await graph.schema("SHOW INDEXES YIELD name, owningConstraint"):
            if index["name"] == name[1] and index["owningConstraint"] is None:
                await graph.schema(f"DROP INDEX {name[1]} IF EXISTS")
