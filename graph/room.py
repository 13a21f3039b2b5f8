"""Whether the disk of the local database has room for what is written.

A Neo4j whose disk is full answers nothing, reads neither, until there is room and it is started
anew; so writes end while there is still room. Files of jobs take from the same room.
"""

import errno
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from graph.errors import Unsent

LEAST = 2_000_000_000  # bytes
SHARE = 10  # or this part of the disk, whichever is more
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)  # what the system says of a file without room
START = 64 << 20  # bytes that a start may need: two files of the transaction log


class HasRoom(Protocol):
    """Whether there is room for what is written, and for a file that grows by so many bytes."""

    def __call__(self, more: int = 0) -> None:
        """Raises Unsent if there is not."""


@dataclass(frozen=True, slots=True)
class Room:
    """The folder of a database, and how many bytes must stay free; None for what is usual."""

    folder: Path
    floor: int | None = None

    def check(self, more: int = 0) -> None:
        """Raises Unsent when writes, or so many bytes, would take from what must stay free."""
        disk = shutil.disk_usage(self.folder)
        floor = max(LEAST, disk.total // SHARE) if self.floor is None else self.floor
        if disk.free - more < floor:
            raise Unsent(
                f"The disk has {disk.free >> 20} MiB left, and writing ends at {floor >> 20} MiB."
                " Reading goes on. Tell the operator to make room, then try again."
            )


def startable(folder: Path) -> bool:
    """Whether the database of a folder has room to start; to write it may need more."""
    return shutil.disk_usage(folder).free >= START


def boundless(more: int = 0) -> None:
    """Of a database elsewhere nobody here knows how much room it has."""
