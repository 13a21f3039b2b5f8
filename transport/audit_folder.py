"""The folder of the audit: which files it has, and how they end."""

import fcntl
import hashlib
import os
from pathlib import Path
from typing import NamedTuple

import orjson

from graph.errors import SetupError

TAIL = 1024 * 1024  # bytes; an entry is far shorter


class Named(NamedTuple):
    """A file of the audit, as its name tells it."""

    sequence: int
    instance: str
    day: str
    path: Path


class End(NamedTuple):
    """The last file that holds anything, and how it ends."""

    path: Path
    day: str
    torn: bytes  # behind the last whole line
    line: bytes  # the last whole line of all
    within: Path  # the file it stands in: an earlier one, if the last has a torn line and no other


def files(folder: Path, instance: str | None = None) -> list[Named]:
    """The files of an instance, or of all, in the order of their entries."""
    found = []
    for path in folder.glob("*.jsonl"):
        name, day, sequence = path.name.removesuffix(".jsonl").rsplit(".", 2)
        if instance in (None, name):
            found.append(Named(int(sequence), name, day, path))
    return sorted(found, key=lambda one: (one.instance, one.sequence))


def digest(line: bytes) -> str:
    """The hash of a line, without its end."""
    return hashlib.sha256(line).hexdigest()


def locked(folder: Path, wanted: str) -> tuple[str, int]:
    """The first free name of an instance, and the lock that ends with the process."""
    for number in range(1, 100):
        name = wanted if number == 1 else f"{wanted}-{number}"
        file = os.open(folder / f"{name}.lock", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return name, file
    raise SetupError(f"Too many processes write to the audit in {folder}: stop some of them.")


def end_of(folder: Path, instance: str) -> End | None:
    """Where the files of an instance end, None if nothing was ever written."""
    before = reversed(files(folder, instance))
    # The last file is empty if the process ended between making it and its first entry.
    for last in before:
        line, torn = ends_in(last.path)
        if line or torn:
            break
    else:
        return None
    within = last.path
    while not line and (one := next(before, None)):  # its very first line is torn
        (line, _), within = ends_in(one.path), one.path
    return End(last.path, last.day, torn, line, within)


def ends_in(path: Path) -> tuple[bytes, bytes]:
    """The last whole line of a file, and what is torn behind it."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL))
        *lines, torn = file.read().split(b"\n")
    return (lines[-1] if lines else b""), torn


def sequence_of(line: bytes, path: Path) -> int:
    """The place of the last line in its chain. Raises SetupError for what is no entry."""
    try:
        return int(orjson.loads(line)["sequence"])
    except (ValueError, KeyError, TypeError):
        raise SetupError(
            f"{path} does not end in an entry: run `account-graph audit verify`, and move the"
            " folder aside as evidence."
        ) from None
