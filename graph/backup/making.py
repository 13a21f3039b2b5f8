"""Make a backup of the product's own database, which rests meanwhile."""

import asyncio
import os
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Unpack

from graph import jars, local_admin
from graph.backup import archive, figures
from graph.backup.manifest import Manifest
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.lending import REST_SECONDS, Borrowed
from graph.local import LocalDatabase, Options, at_rest
from graph.local_conf import holds
from graph.local_lock import FolderTaken

NO_GRAPH = "There is no graph in {}, so there is nothing to save. Say by --data where it is."
INSIDE = "{} is in the data folder: what takes that takes the backup. Name another folder."
WAITING = "Waiting until the server has stopped its database"
FULL = "The backup could not be written to {} ({}). Make room, or name another folder."


@dataclass(frozen=True, slots=True)
class Made:
    """A backup that was made, and how many of its numbers cannot be found with the key there is."""

    file: Path
    manifest: Manifest
    lacking: int


def target(data: Path, given: Path, at: datetime) -> Path:
    """The file that a backup of a folder is to be. Raises SetupError where none can be made."""
    home = data.expanduser().resolve()
    if not holds(home):
        raise SetupError(NO_GRAPH.format(data))
    file = archive.named(given, at)
    if file.is_relative_to(home):
        raise SetupError(INSIDE.format(file))
    return file


def back_up(
    data: Path,
    file: Path,
    key: IdentifierKey | None,
    at: datetime,
    *,
    product: str,
    **options: Unpack[Options],
) -> Made:
    """Save the database of a folder in its `target`; on the main thread. Raises SetupError.

    `key` is only compared with what is stored, and goes into no backup.
    """
    step = stepping(options.get("progress", jars.silent))
    with _alone(data, options, step) as database, archive.Draft(file) as draft:
        step("Starting the database")
        database.begin()  # one that was killed is mended by it
        step("Reading what there is to save")
        found, incarnation = asyncio.run(figures.read(database.address))
        database.rest(REST_SECONDS)
        step("Saving the database")
        manifest = Manifest(
            product=product,
            neo4j=version(),
            at=at,
            incarnation=incarnation,
            root=key.root_id if key else None,
            store=size(database),
            dump=0,
            sha256="",
            figures=found,
        )
        try:
            with local_admin.dumping(database) as source:
                dumped, sha256 = draft.dump(source)
            step("Writing the checksum")
            manifest = replace(manifest, dump=dumped, sha256=sha256)
            draft.keep(manifest)
        except OSError as error:
            raise SetupError(FULL.format(file.parent, error.strerror)) from None
    return Made(file, manifest, figures.lacking(found, key) if key else sum(found.keys.values()))


def stepping(progress: jars.Progress) -> Callable[[str], None]:
    """Tell one step after the other."""
    labels: list[str] = []

    def step(label: str) -> None:
        if labels:
            progress(labels[-1], 1, 1)
        labels.append(label)
        progress(label, 0, 1)

    return step


def version() -> str:
    """Which Neo4j the product starts."""
    return str(tomllib.loads(jars.LOCK.read_text(encoding="utf-8"))["neo4j"])


def size(database: LocalDatabase) -> int:
    """Bytes that the database takes on its disk."""
    roots = [database.home / "data" / name / "neo4j" for name in ("databases", "transactions")]
    return sum(
        (Path(folder) / name).stat().st_size
        for root in roots
        for folder, _, names in os.walk(root)
        for name in names
    )


def _alone(data: Path, options: Options, step: Callable[[str], None]) -> LocalDatabase:
    """The database of a folder at rest: a server that runs on it lends it."""
    try:
        return at_rest(data, **options)
    except FolderTaken as taken:
        if not taken.lends:
            raise
    step(WAITING)
    return at_rest(data, **Options(**options, taking=Borrowed))
