"""A locked file of the data folder."""

import fcntl
import os
from pathlib import Path
from typing import Self

from graph.errors import SetupError


class FileLock:
    """A file of a data folder that this process has locked, with a text; it ends with the process.

    What the text says is there for who has the lock next.
    """

    def __init__(self, descriptor: int) -> None:
        """Keep it; made by `of`."""
        self._descriptor = descriptor

    @classmethod
    def of(cls, home: Path, name: str) -> Self | None:
        """Take it, if nobody has it."""
        try:
            descriptor = os.open(home / name, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise SetupError(
                f"Cannot use the data folder {home} ({error.strerror}). Choose another with --data."
            ) from None
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return cls(descriptor)

    def write(self, text: str) -> None:
        """Say this."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)

    def read(self) -> str:
        """What was said last."""
        return os.pread(self._descriptor, 1024, 0).decode()

    def release(self) -> None:
        """Leave it to others; a second call does nothing."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
