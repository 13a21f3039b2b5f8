"""The audit on disk: lines that are only added, each holding the hash of the one before.

An entry is handed to the operating system before its answer leaves, so that it outlives the
process; it is forced to the disk at each checkpoint, so that no request waits for a disk.
"""

import logging
import os
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from graph.errors import SetupError
from transport.audit_folder import digest, end_of, files, locked, sequence_of
from transport.audit_reserve import Reserve
from transport.signing import key_id, signing_key

KEY = "audit.key"
EVERY = 1_000  # entries between two checkpoints, at most
SECONDS = 60.0  # between two checkpoints, while there are entries
RESERVE = 4 * 1024 * 1024  # bytes: the entries of more requests than can run at once
MOST = 256 * 1024 * 1024  # bytes of a file
CANNOT = (
    "The audit in {} cannot be written ({}). Make room there, or name another folder by"
    " AUDIT_FOLDER."
)
NOTHING = "0" * 64  # what the first line names as the one before

Tell = Callable[[dict[str, Any]], None]
# Of the standard library: on the command line, where nothing is set up, it is silent.
log = logging.getLogger("transport.audit")


class Unwritten(Exception):
    """An entry could not be written: what it is about must not be answered."""


class Journal:
    """The files that one process writes; another on the same folder has files of its own."""

    def __init__(
        self,
        folder: Path,
        key: Ed25519PrivateKey,
        instance: str = "server",
        *,
        days: int = 2192,
        reserve: int = RESERVE,
        tell: Tell | None = None,
    ) -> None:
        """Go on where the last process ended; `tell` checkpoints elsewhere. Raises SetupError."""
        self._tell = tell
        self.folder, self._key, self._days = folder, key, days
        self._file = -1
        self._day, self._previous = "", NOTHING
        self._size = self._since = self._sequence = 0
        self._checked = self._tried = time.monotonic()
        # Signed, and not forced to the disk yet; the last speaks for those that are dropped.
        self._signed: deque[dict[str, Any]] = deque(maxlen=100)
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.instance, self._lock = locked(folder, instance)
            self._reserve = Reserve(folder / f"{self.instance}.reserve", reserve)
            self._continue()
            self._reserve.take()
        except OSError as error:
            raise SetupError(CANNOT.format(folder, error.strerror)) from None

    @classmethod
    def at(
        cls,
        folder: Path,
        instance: str,
        days: int,
        reserve: int = RESERVE,
        tell: Tell | None = None,
    ) -> "Journal":
        """The files of an instance, signed with the folder's own key. Raises SetupError."""
        try:
            key = signing_key(folder / KEY)
        except OSError as error:
            raise SetupError(CANNOT.format(folder, error.strerror)) from None
        return cls(folder, key, instance, days=days, reserve=reserve, tell=tell)

    def admit(self) -> None:
        """Raises Unwritten while there is no room for the entry of one more request."""
        if self._reserve.held or not self._reserve.room:
            return
        now = time.monotonic()
        if now - self._tried < 1.0:
            raise Unwritten("There is no reserve.")
        self._tried = now
        try:
            self._reserve.take()
            self._append({"what": "RESERVE_RESTORED"})
        except OSError as error:
            self._reserve.give_up()
            raise Unwritten(str(error)) from None

    def append(self, entry: dict[str, Any]) -> None:
        """Write an entry, out of the reserve if need be. Raises Unwritten."""
        try:
            self._append(entry)
        except OSError as error:
            log.error("The audit cannot be written.", extra={"fault": type(error).__name__})
            if not self._reserve.held:
                raise Unwritten(str(error)) from None
            self._reserve.give_up()
            try:
                self._append(entry)
            except OSError as still:
                raise Unwritten(str(still)) from None
        if self._since >= EVERY:
            self.checkpoint()

    def checkpoint(self) -> None:
        """Sign all that was written; what forces it to the disk tells it outside."""
        self._checked = time.monotonic()
        try:
            self._append({"what": "CHECKPOINT", "key": key_id(self._key.public_key())}, sign=True)
        except OSError:
            return  # the next entry finds out
        self._since = 0
        told = {"instance": self.instance, "sequence": self._sequence, "head": self._previous}
        self._signed.append(told)

    def tick(self) -> None:
        """Once a second: a checkpoint if one is due."""
        if self._since and time.monotonic() - self._checked >= SECONDS:
            self.checkpoint()

    def sync(self) -> None:
        """Force to the disk what was signed, which may take its time; then tell it outside.

        What is told before could be lost with the machine's power, and look like a cut tail.
        """
        told = [self._signed.popleft() for _ in range(len(self._signed))]
        if not told:
            return
        os.fsync(self._file)
        for one in told:
            log.info("audit", extra=one)
            if self._tell:
                self._tell(one)

    def close(self) -> None:
        """Sign the end, and let another process go on."""
        self.checkpoint()
        with suppress(OSError):
            self.sync()
            os.close(self._file)
        self._file = -1  # the number may soon be another file's
        self._reserve.give_up()
        os.close(self._lock)

    def _append(self, entry: dict[str, Any], *, sign: bool = False) -> None:
        now = datetime.now(UTC)
        if f"{now:%Y-%m-%d}" != self._day or self._size >= MOST:
            self._rotate(now)
        self._write(now, entry, sign=sign)

    def _write(
        self, now: datetime, entry: dict[str, Any], before: bytes = b"", *, sign: bool = False
    ) -> None:
        whole = {
            "sequence": self._sequence + 1,
            "at": now.isoformat(timespec="microseconds"),
            "instance": self.instance,
            **entry,
            "previous": self._previous,
        }
        if sign:
            made = self._key.sign(orjson.dumps(whole))
            whole["signature"] = made.hex()
        line = orjson.dumps(whole)
        self._add(before + line + b"\n")
        self._sequence += 1
        self._since += 1
        self._previous = digest(line)

    def _add(self, line: bytes) -> None:
        """All of it or nothing."""
        try:
            written = os.write(self._file, line)
            if written < len(line):
                raise OSError("The disk is full.")
        except OSError:
            self._take_back()
            raise
        self._size += len(line)

    def _take_back(self) -> None:
        """Leave no part of a line behind; if that cannot be, write nothing until a restart."""
        try:
            os.ftruncate(self._file, self._size)
        except OSError:
            self._file = -1

    def _continue(self) -> None:
        """Go on behind the last whole line; what is torn behind it is closed off."""
        end = end_of(self.folder, self.instance)
        if end is None:
            return
        if end.line:
            self._sequence, self._previous = sequence_of(end.line, end.within), digest(end.line)
        self._open(end.path, end.day)
        if end.torn:  # in its own file, whatever day it is, and with its end in one piece
            closes = {"what": "RECOVERY", "torn": len(end.torn), "tornSha256": digest(end.torn)}
            self._write(datetime.now(UTC), closes, before=b"\n")
        if end.torn or b'"what":"CHECKPOINT"' not in end.line:
            self.checkpoint()  # the process before was killed; what it left is signed now

    def _rotate(self, now: datetime) -> None:
        """Begin a file for another day, and let go of what is older than is kept."""
        before, self._day = self._file, f"{now:%Y-%m-%d}"
        path = self.folder / f"{self.instance}.{self._day}.{self._sequence + 1:012}.jsonl"
        try:
            self._open(path, self._day)
        except OSError:
            self._day = ""  # so that the next entry tries again
            raise
        if before >= 0:
            os.fsync(before)
            os.close(before)
        oldest = f"{now - timedelta(days=self._days):%Y-%m-%d}"
        old = [one for one in files(self.folder, self.instance) if one.day < oldest]
        if old:
            rest = [one for one in files(self.folder, self.instance) if one.day >= oldest]
            self._append({"what": "PRUNED", "through": rest[0].sequence - 1})
            for one in old:
                one.path.unlink()

    def _open(self, path: Path, day: str) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self._size, self._day = os.fstat(self._file).st_size, day
