"""One server per folder, and how other processes find it."""

import contextlib
import fcntl
import json
import os
import signal
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from graph.address import Address
from graph.errors import SetupError
from graph.file_lock import FileLock
from graph.local_conf import unfinished
from graph.local_jvm import command_of
from graph.private_files import write_private

ORPHAN_SECONDS = 20.0  # a stop takes about one, with an open transaction three
KILL_SECONDS = 5.0
PAUSE = 0.05
SERVER = "server.lock"
LENT = "lent"  # says that a server has stopped its database for a verb


@dataclass(frozen=True, slots=True)
class Connection:
    """What the connection file tells other verbs of this machine's user."""

    uri: str
    user: str
    password: str
    database: str
    pid: int  # the owner, which stops the child
    child: int
    port: int


class FolderTaken(SetupError):
    """Another has the folder; `lends` if it is a server, which lends its database."""

    def __init__(self, message: str, *, lends: bool = False) -> None:
        """Keep which one it is."""
        super().__init__(message)
        self.lends = lends


def connection_file(home: Path) -> Path:
    """Where a running server says how to reach it."""
    return home / "connection.json"


def announce(home: Path, address: Address, child: int, port: int) -> None:
    """Let other verbs join."""
    told = Connection(
        address.uri, address.user, address.password, address.database, os.getpid(), child, port
    )
    write_private(connection_file(home), json.dumps(asdict(told)) + "\n")


def joined(data: Path) -> Address | None:
    """The address of the server that runs on this folder, if one does."""
    home = data.expanduser().resolve()
    if unfinished(home).exists():
        return None  # what is being restored is nobody's yet
    try:
        told = Connection(**json.loads(connection_file(home).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    # The file of a server that was killed is still there, the lock of its database is not.
    if not store_held(home):
        return None
    return Address(told.uri, told.user, told.password, told.database)


def store_held(home: Path) -> bool:
    """Whether a Neo4j process has this folder's databases open."""
    try:
        file = (home / "data" / "databases" / "store_lock").open("r+b")
    except OSError:
        return False
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


class Right(Protocol):
    """A right to run the one database of a folder."""

    lends: bool  # whether a verb may have the database for a while

    def tell(self, child: int | None, port: int | None) -> None:
        """Note which process has the database open, for who comes after."""

    def release(self) -> None:
        """Leave the folder to others."""


class FolderLock:
    """This process's right to run the one server of a folder; it ends with the process."""

    def __init__(self, home: Path) -> None:
        """Take the folder, once an orphan of a killed server has left it."""
        self.lends = False
        lock = FileLock.of(home, SERVER)
        if lock is None:
            told = _told((home / SERVER).read_text(encoding="utf-8"))
            raise FolderTaken(_refusal(home, told), lends=bool(told.get("lends")))
        self._lock = lock
        try:
            orphan = _told(lock.read()).get("child")
            self.tell(orphan, None)
            connection_file(home).unlink(missing_ok=True)
            _not_lent(home)
            outwait(home, orphan)
        except BaseException:
            self.release()
            raise

    def tell(self, child: int | None, port: int | None) -> None:
        """Note whose folder it is, for the message to a second server and for our successor."""
        told = {"pid": os.getpid(), "child": child, "port": port, "lends": self.lends}
        self._lock.write(json.dumps(told) + "\n")

    def release(self) -> None:
        """Leave the folder to others; a second call does nothing."""
        self._lock.release()


def _told(text: str) -> dict[str, int | None]:
    try:
        return dict(json.loads(text))
    except (ValueError, TypeError):  # empty: new, or its holder is writing
        return {}


class LendingLock(FileLock):
    """The lock that a verb holds while a server's database is its own."""

    @classmethod
    def at(cls, home: Path) -> "LendingLock | None":
        """Take that of a folder, if nobody has it."""
        return cls.of(home, "lending.lock")

    def tell(self, child: int | None) -> None:
        """Note which process has the database open."""
        self.write(str(child or ""))

    def returned(self, home: Path) -> None:
        """Take the mark away, once what the last who had it may have left is gone.

        Raises SetupError where that does not end.
        """
        if (mark := home / LENT).exists():
            child = self.read()
            outwait(home, int(child) if child.isdigit() else None)
            mark.unlink()


def _not_lent(home: Path) -> None:
    """Raises FolderTaken while a verb has the database, whose server has ended meanwhile."""
    lock = LendingLock.at(home)
    if lock is None:
        raise FolderTaken(f"The database in {home} is being saved. Wait until that ends.")
    try:
        lock.returned(home)
    finally:
        lock.release()


def _refusal(home: Path, told: dict[str, int | None]) -> str:
    pid, port = told.get("pid") or "unknown", told.get("port") or "not open yet"
    return (
        f"A server already runs on the data folder {home} (process {pid}, database port {port})."
        " Stop it, or choose another folder with --data."
    )


def outwait(home: Path, orphan: int | None) -> None:
    """Wait until the child of a server that was killed is gone; it is told to stop."""
    deadline = time.monotonic() + ORPHAN_SECONDS
    for number in (signal.SIGTERM, signal.SIGKILL):
        if orphan is not None and _runs(home, orphan):
            with contextlib.suppress(ProcessLookupError):
                os.kill(orphan, number)
        while _occupied(home, orphan) and time.monotonic() < deadline:
            time.sleep(PAUSE)
        deadline += KILL_SECONDS
    if _occupied(home, orphan):
        raise SetupError(
            f"Another Neo4j process, not started by this product, has the databases in {home}"
            " open. Stop it, or choose another folder with --data."
        )


def _occupied(home: Path, orphan: int | None) -> bool:
    # An orphan that was still starting has no lock yet, but soon would.
    return store_held(home) or (orphan is not None and _runs(home, orphan))


def _runs(home: Path, child: int) -> bool:
    """Whether the process is a Neo4j of this folder, not a stranger with its number."""
    return f"--home-dir={home} " in command_of(child)
