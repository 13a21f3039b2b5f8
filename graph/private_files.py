"""Files that nobody else on the machine may read."""

import os
import secrets
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


def write_private(path: Path, text: str) -> None:
    """Put a whole file in place that only its owner may read, at once."""
    private_folder(path.parent)
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    file = private(part, exclusive=True)
    file.write(text.encode())
    synced(file)
    part.replace(path)


def private_folder(path: Path) -> None:
    """Make a folder that only its owner may enter, and those above it; a mode is for the last."""
    for folder in (*reversed(path.parents), path):
        folder.mkdir(mode=0o700, exist_ok=True)
