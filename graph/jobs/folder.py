"""The files of jobs: uploads, and refused rows to fetch; only their owner on this machine reads."""

import fcntl
import secrets
import shutil
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from graph.private_files import private as private
from graph.private_files import synced as synced

KEPT = 24 * 3600.0  # seconds
REFUSED = "refused.csv"
WHOLE = "file"  # the first name of an upload that is whole


class Folder:
    """A folder for each job; one process at a time runs the jobs whose files are here."""

    def __init__(self, path: Path) -> None:
        """Make it, and find or make the name by which jobs know it."""
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        self._lock: BinaryIO | None = None
        self.id = self._named()

    def _named(self) -> str:
        known = self._path / "id"
        with suppress(FileExistsError), private(known, exclusive=True) as file:
            file.write(secrets.token_hex(16).encode())
        return known.read_text(encoding="ascii")

    def held(self) -> bool:
        """Whether this process is the one that runs the jobs here; others' locks end with them."""
        if self._lock is None:
            lock = private(self._path / "lock")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.close()
                return False
            self._lock = lock
        return True

    def release(self) -> None:
        """Let another process run the jobs here."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def draft(self, key: str) -> Path:
        """Where a file that is on its way is written: every attempt has a place of its own."""
        draft = self._of(key) / f"part-{secrets.token_hex(8)}"
        self.begin(draft)
        return draft

    def begin(self, draft: Path) -> None:
        """Make the folder of a draft that is opened now; an empty one may have been swept."""
        draft.parent.mkdir(exist_ok=True, mode=0o700)

    def keep(self, draft: Path, name: str) -> Path:
        """Give a whole file its name."""
        return draft.rename(draft.with_name(name))

    def file(self, key: str, name: str) -> Path:
        """A file of a job."""
        return self._of(key) / name

    def forget(self, key: str, *kept: str) -> None:
        """Delete the files of a job but those named."""
        for path in self._of(key).glob("*"):
            if path.name not in kept:
                path.unlink(missing_ok=True)
        with suppress(OSError):
            self._of(key).rmdir()  # if nothing is left

    def room(self) -> int:
        """Bytes that are free."""
        return shutil.disk_usage(self._path).free

    def sweep(self, unfinished: Collection[str], seconds: float = KEPT) -> None:
        """Delete what has been here for so long and belongs to no job that may still need it."""
        needed = {self._of(key) for key in unfinished}
        before = time.time() - seconds
        for folder in self._path.glob("*/"):
            if folder in needed:
                continue
            for path in folder.glob("*"):
                with suppress(OSError):  # whose it was has deleted it just now; else the next time
                    if path.stat().st_mtime < before:
                        path.unlink()
            with suppress(OSError):
                folder.rmdir()  # if nothing is left

    def _of(self, key: str) -> Path:
        return self._path / key.partition(":")[2]
