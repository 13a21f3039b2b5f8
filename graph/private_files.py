"""Files that nobody else on the machine may read."""

import os
from pathlib import Path
from typing import IO, Any, BinaryIO


def private(path: Path, *, exclusive: bool = False) -> BinaryIO:
    """A file to write that nobody else may read. Raises FileExistsError if it must be new."""
    flags = os.O_RDWR | os.O_CREAT | (os.O_EXCL if exclusive else 0)
    return os.fdopen(os.open(path, flags, 0o600), "r+b")


def synced(file: IO[Any]) -> None:
    """Put what was written on the disk, and close the file."""
    file.flush()
    os.fsync(file.fileno())
    file.close()
