"""A server lends its database to a backup, has it back once that has ended, and loses nothing."""

import asyncio
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import backup
from graph.errors import SetupError, Unavailable
from graph.lending import Borrowed
from graph.local import LocalDatabase, start_local
from graph.local_lock import LENT, FolderLock, FolderTaken, LendingLock
from graph.session import PATIENT, connect
from tests.backup.conftest import Drill
from tests.outages.test_broken import Disk, kept, supervised, written
from tests.processes import COMMAND, ROOT

SAVING = "Reading what there is to save"


@pytest.fixture
def database(drill: Drill, tmp_path: Path) -> Iterator[LocalDatabase]:
    """That of the drill, in a folder of its own."""
    shutil.copytree(drill.data, tmp_path / "graph")
    with start_local(tmp_path / "graph", quick=True) as found:
        yield found


async def saving(drill: Drill, home: Path, file: Path) -> asyncio.subprocess.Process:
    """`account-graph backup` of a folder on which a server runs."""
    others = {name: value for name, value in os.environ.items() if "GRAPH_" not in name}
    ours = {"DATA": str(home), "IDENTIFIER_KEY_FILE": str(drill.key_file), "PYTHONPATH": str(ROOT)}
    return await asyncio.create_subprocess_exec(
        *(*COMMAND, "backup", str(file)), env={**others, **ours}, stderr=asyncio.subprocess.PIPE
    )


async def told(process: asyncio.subprocess.Process, step: str) -> None:
    """Wait until it says that it is at this step."""
    assert process.stderr
    while line := (await process.stderr.readline()).decode():
        if line.strip() == step:
            return
    raise AssertionError(f"It ended before: {step}")


async def test_a_database_that_a_server_runs_is_saved_and_runs_again(
    database: LocalDatabase, drill: Drill, tmp_path: Path
) -> None:
    async with connect(database.address, PATIENT) as graph, supervised(database, Disk(free=True)):
        before, refused = await written(graph, 0, 20)
        assert refused is None
        process = await saving(drill, database.home, tmp_path / "a.backup")
        await told(process, SAVING)
        with pytest.raises(Unavailable):
            await graph.read(backup.figures.RULES["the change log is without a gap"])
        with pytest.raises(FolderTaken):
            FolderLock(database.home)
        _, said = await process.communicate()
        assert process.returncode == 0, said.decode()
        found = await kept(graph)
        more, refused = await written(graph, 100, 5)

    manifest = backup.examined(tmp_path / "a.backup", drill.key_file).manifest
    assert (found, refused, len(more)) == (before, None, 5)
    assert manifest.figures.nodes == drill.made.manifest.figures.nodes + 20
    assert not (database.home / LENT).exists()


async def test_a_backup_that_is_killed_gives_the_database_back(
    database: LocalDatabase, drill: Drill, tmp_path: Path
) -> None:
    async with connect(database.address, PATIENT) as graph, supervised(database, Disk(free=True)):
        before, _ = await written(graph, 0, 20)
        process = await saving(drill, database.home, tmp_path / "a.backup")
        await told(process, SAVING)
        process.send_signal(signal.SIGKILL)
        await process.wait()
        assert await kept(graph) == before

    assert not (tmp_path / "a.backup").exists()


async def test_two_backups_at_once_are_one(database: LocalDatabase) -> None:
    async with connect(database.address, PATIENT) as graph, supervised(database, Disk(free=True)):
        first = await asyncio.to_thread(Borrowed, database.home)
        with pytest.raises(SetupError, match=r"Another backup of .* is being made"):
            await asyncio.to_thread(Borrowed, database.home)
        first.release()
        assert await kept(graph) == []


def test_a_server_that_does_not_stop_its_database_is_not_waited_for_longer(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"has not stopped its database in 0 seconds"):
        Borrowed(tmp_path, 0.2)

    lock = LendingLock.at(tmp_path)
    assert lock
    lock.release()


def test_no_server_starts_on_what_another_has_lent(tmp_path: Path) -> None:
    """Its server ended meanwhile; what it left is taken away once the backup is over."""
    (tmp_path / LENT).touch()
    borrowed = Borrowed(tmp_path)

    with pytest.raises(FolderTaken, match="is being saved"):
        FolderLock(tmp_path)
    borrowed.release()
    FolderLock(tmp_path).release()

    assert not (tmp_path / LENT).exists()
