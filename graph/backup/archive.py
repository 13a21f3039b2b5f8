"""The file of a backup: a zip that any tool opens, and a checksum over all of it at its end."""

import fcntl
import hashlib
import os
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO

from graph.backup.manifest import Manifest
from graph.errors import SetupError
from graph.private_files import private

DUMP, MANIFEST = "neo4j.dump", "manifest.json"
DRAFT = ".account-graph-part"  # how names of half files end
MARK = b"sha256:"  # begins the comment of the zip, which ends the file
DIGITS = 64
PIECE = 1 << 20
EXISTS = "{} is there already: a backup replaces nothing. Give another name, or a folder."
BROKEN = (
    "{} is not a whole backup of Account Graph: {}. Nothing was changed. Take another copy of it,"
    " or another backup."
)


def named(given: Path, at: datetime) -> Path:
    """The file that a backup is to be; in a folder one named by the instant.

    Raises SetupError.
    """
    path = given.expanduser().resolve()
    if path.is_dir():
        path = path / f"account-graph-{at:%Y%m%dT%H%M%SZ}.backup"
    if not path.parent.is_dir():
        raise SetupError(f"There is no folder {path.parent}. Make it, or name another.")
    if path.exists():
        raise SetupError(EXISTS.format(path))
    return path


class Draft:
    """A backup on its way: under another name, which only its owner reads, until it is whole."""

    def __init__(self, target: Path) -> None:
        """Begin, once what killed processes have left beside it is swept away."""
        sweep(target.parent)
        self._target = target
        self._path = target.with_name(f".{target.name}.{secrets.token_hex(4)}{DRAFT}")
        self._file = _opened(self._path)
        self._zip = zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED)

    def __enter__(self) -> "Draft":
        """Itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nothing but the whole file."""
        self._path.unlink(missing_ok=True)
        with suppress(OSError, ValueError):  # it was begun, and is not wanted
            self._zip.close()
        self._file.close()

    def dump(self, source: BinaryIO) -> tuple[int, str]:
        """Take a dump; how many bytes it has, and their SHA-256."""
        with self._zip.open(DUMP, "w", force_zip64=True) as member:
            return copied(source, member)

    def keep(self, manifest: Manifest) -> None:
        """Write the manifest and the checksum, and give the file its name once all is on disk."""
        self._zip.writestr(MANIFEST, manifest.json())
        self._zip.comment = MARK + b"0" * DIGITS
        self._zip.close()
        self._file.seek(0)
        size = self._file.seek(0, os.SEEK_END) - DIGITS
        found = _checksum(self._file, size)
        self._file.seek(size)
        self._file.write(found)
        self._file.flush()
        os.fsync(self._file.fileno())
        try:
            os.link(self._path, self._target)  # fails if there is one by now
        except FileExistsError:
            raise SetupError(EXISTS.format(self._target)) from None
        self._path.unlink()
        synced(self._target.parent)


def sweep(folder: Path) -> None:
    """Delete drafts whose writers were killed; one that is being written is locked."""
    for path in folder.glob(f".*{DRAFT}"):
        with suppress(OSError), path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            path.unlink()


def synced(folder: Path) -> None:
    """Put the names in a folder on the disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def verified(path: Path) -> Manifest:
    """The manifest of a backup whose every byte was read. Raises SetupError."""
    try:
        with path.open("rb") as file:
            return _read(path, file)
    except OSError as error:
        raise SetupError(f"The backup {path} cannot be read ({error.strerror}).") from None


def _read(path: Path, file: BinaryIO) -> Manifest:
    size = file.seek(0, os.SEEK_END) - DIGITS
    file.seek(max(0, size - len(MARK)))
    if size < len(MARK) or file.read(len(MARK)) != MARK:
        raise SetupError(BROKEN.format(path, "it does not end as one does"))
    told = file.read()
    if _checksum(file, size) != told:
        raise SetupError(BROKEN.format(path, "its checksum is another"))
    try:
        with zipfile.ZipFile(file) as archive:
            return Manifest.of(archive.read(MANIFEST))
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError):
        raise SetupError(BROKEN.format(path, "there is no manifest in it")) from None


@contextmanager
def dump_of(path: Path) -> Iterator[IO[bytes]]:
    """The dump in a backup that was verified."""
    with zipfile.ZipFile(path) as archive, archive.open(DUMP) as member:
        yield member


def copied(source: IO[bytes], to: IO[bytes]) -> tuple[int, str]:
    """Copy to the end; how many bytes there were, and their SHA-256."""
    size, found = 0, hashlib.sha256()
    while piece := source.read(PIECE):
        found.update(piece)
        to.write(piece)
        size += len(piece)
    return size, found.hexdigest()


def room(folder: Path) -> int:
    """Bytes that are free on the disk of a folder."""
    return shutil.disk_usage(folder).free


def _opened(path: Path) -> BinaryIO:
    try:
        file = private(path, exclusive=True)
    except OSError as error:
        raise SetupError(
            f"No backup can be written to {path.parent} ({error.strerror}). Name another folder."
        ) from None
    fcntl.flock(file, fcntl.LOCK_EX)
    return file


def _checksum(file: BinaryIO, size: int) -> bytes:
    """SHA-256 of so many bytes from the beginning, in hexadecimal digits."""
    file.seek(0)
    found, left = hashlib.sha256(), size
    while left and (piece := file.read(min(PIECE, left))):
        found.update(piece)
        left -= len(piece)
    return found.hexdigest().encode()
