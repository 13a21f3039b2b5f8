"""A small disk that others fill: reading ends with the database, which comes back with the room.

Part of `make night`, for it mounts a disk of its own, which not every machine lets it do:
`.venv/bin/pytest -s tests/outages/full_disk.py`.
"""

import asyncio
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import Unavailable
from graph.local import start_local
from graph.room import START, startable
from graph.session import PATIENT, connect
from tests.outages.test_broken import Disk, kept, supervised, written

SIZE = 260 << 20  # bytes: a fresh database takes a quarter of them
TEXT = 50_000  # characters of each thing written: the log of transactions needs a new file soon


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk of this size."""
    folder = tmp_path / "disk"
    folder.mkdir()
    options = f"size={SIZE},mode=700"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    subprocess.run(command, check=True)  # fails where nobody may mount
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


class Real(Disk):
    """The room there is."""

    def startable(self, folder: Path) -> bool:
        self.free = startable(folder)
        return super().startable(folder)


def filled(folder: Path) -> Path:
    """What somebody else writes until nothing is left."""
    other = folder / "other"
    with other.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"0" * 65_536)
        except OSError:
            return other


async def test_what_others_fill_is_waited_out_and_nothing_told_is_lost(small: Path) -> None:
    disk = Real()
    with start_local(small / "graph", quick=True) as database:
        async with connect(database.address, PATIENT) as graph:
            before, none = await written(graph, 0, 100, TEXT)
            other = filled(small)
            more, refused = await written(graph, 100, 5_000, TEXT)
            async with supervised(database, disk), asyncio.timeout(600):
                await disk.asked.wait()
                full = (database.alive(), shutil.disk_usage(small).free < START)
                await asyncio.sleep(3)
                waits = database.alive()
                other.unlink()
                found = await kept(graph)
                after, _ = await written(graph, 10_000, 100, TEXT)

    assert none is None
    assert isinstance(refused, Unavailable)
    assert (full, waits, len(before), len(after)) == ((False, True), False, 100, 100)
    assert set(before + more) <= set(found) <= {*before, *more, 100 + len(more)}
