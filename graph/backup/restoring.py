"""Make a graph of a backup, in a folder where there is none."""

import asyncio
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Unpack
from uuid import uuid4

from neo4j import AsyncManagedTransaction

from graph import jars, local_admin, local_conf, migrate
from graph.address import Address
from graph.backup import archive, figures
from graph.backup.making import stepping
from graph.backup.manifest import Manifest
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.lending import REST_SECONDS
from graph.local import LocalDatabase, Options, at_rest
from graph.private_files import write_private
from graph.queries import query
from graph.session import Graph, connect

KEPT = ("data", "password", "jobs")  # what a folder has once it is somebody's
MADE = ("data", "conf", "password", "connection.json")  # of these a restore makes anew
MARGIN = 1.3  # of the room the database took: what is loaded is written a second time by a start
NOT_FRESH = (
    "{} is not empty: a restore is into a folder without a graph, so that nothing is lost. Name"
    " another by --data, and let the server use that, or move this one away."
)
NO_ROOM = "The database needs {} MiB, and the disk of {} has {} MiB left. Make room."
NEWER = (
    "The backup is of a graph that this version does not know ({}). Restore it with the version"
    " that made it, {}, or a newer one."
)
NO_KEY = (
    "There is no key in {}: without it none of the {} importer numbers of the backup would be"
    " found. Put the key of that time there, from where you keep it; it is in no backup. If it is"
    " elsewhere, say so by IDENTIFIER_KEY_FILE."
)
OTHER_KEY = (
    "The key in {} is another one: {} of the importer numbers of the backup would not be found. Put"
    " the key of that time in its place, or say by IDENTIFIER_KEY_FILE where it is."
)
OTHER = (
    "What was restored is not what was saved: {} differ. The folder cannot be used; run the command"
    " again, and if that fails too, take another backup."
)


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that can be restored: it is whole, and the key fits."""

    file: Path
    manifest: Manifest
    key: IdentifierKey | None


@dataclass(frozen=True, slots=True)
class Restored:
    """A graph that was made of a backup."""

    manifest: Manifest
    looked_up: tuple[int, int]  # so many of so many numbers are found with the key
    behind: Sequence[str]  # migrations that the server will apply


def examined(file: Path, key_file: Path, progress: jars.Progress = jars.silent) -> Saved:
    """Look at a backup and at the key, which changes nothing. Raises SetupError."""
    progress("Reading the backup", 0, 1)
    manifest = archive.verified(file)
    if newer := migrate.unknown(manifest.figures.migrations):
        raise SetupError(NEWER.format(newer[0], manifest.product))
    key = _key(key_file, manifest)
    progress("Reading the backup", 1, 1)
    return Saved(file, manifest, key)


def restore(saved: Saved, data: Path, **options: Unpack[Options]) -> Restored:
    """Make the graph of a backup in a fresh folder; on the main thread. Raises SetupError.

    One that was cut off is begun again from the start.
    """
    step, manifest = stepping(options.get("progress", jars.silent)), saved.manifest
    with at_rest(data, lambda home: _begun(home, manifest), **options) as made:
        step("Loading the database")
        _load(made, saved)
        step("Checking what was stored")
        local_admin.check(made)
        step("Starting the database")
        made.begin()
        step("Comparing it with what was saved")
        found = asyncio.run(_whole(made.address, saved))
        made.rest(REST_SECONDS)
        local_conf.unfinished(made.home).unlink()
        archive.synced(made.home)
    return found


def _key(path: Path, manifest: Manifest) -> IdentifierKey | None:
    """The key, which fits. None where none is needed; it is never made here."""
    numbers = sum(manifest.figures.keys.values())
    if not path.exists():
        if numbers:
            raise SetupError(NO_KEY.format(path, numbers))
        return None
    key = IdentifierKey.at(path)
    if lost := figures.lacking(manifest.figures, key):
        raise SetupError(OTHER_KEY.format(path, lost))
    if numbers and manifest.root not in (None, key.root_id):
        raise SetupError(OTHER_KEY.format(path, numbers))
    return key


def _begun(home: Path, manifest: Manifest) -> None:
    """See that the folder is fresh, or was left by a restore, and say that one has begun."""
    mark = local_conf.unfinished(home)
    if not mark.exists() and any(_there(home / name) for name in KEPT):
        raise SetupError(NOT_FRESH.format(home))
    write_private(mark, f"{manifest.at:%Y-%m-%dT%H:%M:%SZ}\n")
    archive.synced(home)
    for name in MADE:
        path = home / name
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    needed, left = int(manifest.store * MARGIN), archive.room(home)
    if left < needed:
        mark.unlink()
        raise SetupError(NO_ROOM.format(needed >> 20, home, left >> 20))


def _there(path: Path) -> bool:
    return any(path.iterdir()) if path.is_dir() else path.exists()


def _load(database: LocalDatabase, saved: Saved) -> None:
    with archive.dump_of(saved.file) as dump, local_admin.loading(database) as tool:
        read = archive.copied(dump, tool)
    if read != (saved.manifest.dump, saved.manifest.sha256):  # changed since it was examined
        raise SetupError(OTHER.format("its bytes"))


async def compared(address: Address, saved: Saved) -> None:
    """Raises SetupError for a graph that is not the one that was saved."""
    found, _ = await figures.read(address)
    if others := figures.differences(saved.manifest.figures, found):
        raise SetupError(OTHER.format(", ".join(others)))


async def _whole(address: Address, saved: Saved) -> Restored:
    """See that all is there, then let the log go on as another one."""
    await compared(address, saved)
    async with connect(address, figures.SECONDS) as graph:
        key = saved.key
        looked_up = await figures.looked_up(graph, key) if key else (0, 0)
        await _anew(graph)
        return Restored(saved.manifest, looked_up, await migrate.pending(graph))


async def _anew(graph: Graph) -> None:
    """Name the change log anew: it may tell other changes from here on than it did before.

    And end the sessions that were saved: whoever signed out since is not to be signed in again.
    """
    incarnation = uuid4().hex

    async def work(tx: AsyncManagedTransaction) -> None:
        await graph.run(tx, query("backup/anew"), incarnation=incarnation)
        await graph.run(tx, query("backup/end_sessions"))

    await graph.write(work, name="backup/anew")
