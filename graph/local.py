"""The local database: Neo4j Community as a child process that ends with its parent."""

import contextlib
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypedDict, Unpack

from graph import jars, local_conf, local_jvm, local_lock, local_ready, private_files
from graph.address import Address
from graph.errors import SetupError
from graph.local_lock import joined as joined

START_SECONDS = 120.0  # a recovery after kill -9 takes 7 to 20
STOP_SECONDS = 20.0
RECORDING = "Preparing Neo4j for quick starts"
PORTS = 3  # tries, should another program take the free port we found


class PortTaken(SetupError):
    """Another program listens on the port."""


@dataclass(slots=True)
class LocalDatabase:
    """One Neo4j on one folder; this process owns it. Made by `start_local`."""

    home: Path
    port: int
    heap: str
    page_cache: str | None
    transaction: str | None
    quick: bool
    record: bool
    class_path: Sequence[Path] = field(repr=False)
    archive: local_jvm.Archive = field(repr=False)
    lock: local_lock.Right = field(repr=False)
    password: str = field(repr=False)
    _child: subprocess.Popen[bytes] | None = field(default=None, repr=False)
    _logged: int = field(default=0, repr=False)

    @property
    def address(self) -> Address:
        """Where it is and how to sign in; the same after a restart."""
        return Address(f"bolt://127.0.0.1:{self.port}", local_conf.USER, self.password)

    @property
    def pid(self) -> int | None:
        """The child's process id."""
        return self._child.pid if self._child else None

    def alive(self) -> bool:
        """Whether the child runs; False after a crash, a kill or `stop`."""
        return self._child is not None and self._child.poll() is None

    def launch(self) -> None:
        """Start the child, again if it ran, without waiting; on the main thread.

        A supervisor in an event loop calls this and then `wait` on another thread.
        """
        self._end()
        page_cache = self.page_cache or local_conf.default_page_cache(self.home)
        local_conf.write_settings(
            self.home, self.port, self.heap, page_cache, self.transaction, quick=self.quick
        )
        flags = self.archive.flags(record=self.record)
        command = local_jvm.command(self.home, self.class_path, self.heap, flags, quick=self.quick)
        private_files.private_folder(self._log.parent)
        self._logged = self._log.stat().st_size if self._log.exists() else 0
        self._child = local_jvm.spawn(command, self.home, self._console)
        self.lock.tell(self._child.pid, self.port)

    def wait(self, seconds: float = START_SECONDS) -> None:
        """Wait, on any thread, until the database answers, and let other verbs join it.

        Raises SetupError, with the end of Neo4j's log, when it stops or does not answer in time.
        """
        deadline = time.monotonic() + seconds
        local_ready.until_ready(self.address, self.port, lambda: self._check(deadline))
        local_lock.announce(self.home, self.address, self.pid or 0, self.port)

    def restart(self) -> None:
        """Start the child again, on the same port with the same password."""
        self.launch()
        self.wait()

    def begin(self) -> None:
        """Start the child for the first time, on a port that is free."""
        _start(self, PORTS)

    def rest(self, seconds: float) -> None:
        """Stop the child, which may take so long, and keep the folder."""
        self._end(seconds)

    def stop(self) -> None:
        """Stop the child cleanly and leave the folder to others. A second call does nothing."""
        self._end()
        self.lock.release()

    def __enter__(self) -> "LocalDatabase":
        """Itself, started already."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self.stop()

    @property
    def _log(self) -> Path:
        return self.home / "logs" / "neo4j.log"

    @property
    def _console(self) -> Path:
        return self.home / "logs" / "console.log"

    def _end(self, seconds: float = STOP_SECONDS) -> None:
        local_lock.connection_file(self.home).unlink(missing_ok=True)
        if (child := self._child) is None:
            return
        child.terminate()
        try:
            code = child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()  # safe: what was acknowledged is on disk
            code = child.wait()
        self.archive.keep(code)
        self._child = None

    def _check(self, deadline: float) -> None:
        """Go on waiting only if there is a child to wait for."""
        if not self.alive():
            told = self._told()
            if "PortBindException" in told:
                raise PortTaken(f"Port {self.port} is taken by another program.")
            raise SetupError(f"Neo4j ended while it started. It says in {self._log}:\n{told}")
        if time.monotonic() > deadline:
            raise SetupError(f"Neo4j does not answer. It says in {self._log}:\n{self._told()}")

    def _told(self) -> str:
        return local_ready.tail(self._log, self._logged) or local_ready.tail(self._console, 0)


class Options(TypedDict, total=False):
    """How a local database is run."""

    store: Path | None  # the folder of Neo4j's jars, fetched on first use
    progress: jars.Progress
    quick: bool  # starts sooner and computes slower: for tests
    record: bool  # for `prepare`
    heap: str | None  # sizes are like `1g`
    page_cache: str | None
    transaction: str | None  # the most memory that one may take
    taking: Callable[[Path], local_lock.Right]  # how the folder is taken


def start_local(data: Path, **options: Unpack[Options]) -> LocalDatabase:
    """Start the database of a folder and wait until it answers; on the main thread.

    Raises SetupError, at once if a server already runs on the folder.
    """
    with contextlib.ExitStack() as undo:
        database = at_rest(data, **options)
        undo.callback(database.stop)
        database.begin()
        undo.pop_all()
    return database


def at_rest(
    data: Path, first: Callable[[Path], None] = local_conf.whole, **options: Unpack[Options]
) -> LocalDatabase:
    """The database of a folder, which is this process's from here on, but not started.

    `first` is done before anything is made there; it may refuse the folder.
    """
    home, store = _folder(data), options.get("store")
    with contextlib.ExitStack() as undo:
        lock = options.get("taking", local_lock.FolderLock)(home)
        undo.callback(lock.release)
        first(home)
        class_path = jars.class_path(store, options.get("progress", jars.silent))
        database = LocalDatabase(
            home=home,
            port=0,
            heap=options.get("heap") or local_conf.default_heap(),
            page_cache=options.get("page_cache"),
            transaction=options.get("transaction"),
            quick=options.get("quick", False),
            record=options.get("record", False),
            class_path=class_path,
            archive=_archive(class_path, store),
            lock=lock,
            password=local_conf.password(home),
        )
        undo.pop_all()
    return database


def prepare(
    store: Path | None = None,
    progress: jars.Progress = jars.silent,
    used: Callable[[Address], object] = lambda _: None,
) -> None:
    """Fetch the jars and record the classes of a start and of what is then `used`, for all."""
    archive = _archive(jars.class_path(store, progress), store)
    if archive.app.exists():
        return
    progress(RECORDING, 0, 1)
    with contextlib.ExitStack() as undo:
        folder = Path(undo.enter_context(tempfile.TemporaryDirectory()))
        used(undo.enter_context(start_local(folder, store=store, quick=True, record=True)).address)
    progress(RECORDING, 1, 1)


def _archive(class_path: Sequence[Path], store: Path | None) -> local_jvm.Archive:
    folder = (store or jars.STORE).expanduser().resolve().with_name("classes")
    return local_jvm.Archive.of(class_path, folder)


def _folder(data: Path) -> Path:
    home = data.expanduser().resolve()
    try:
        private_files.private_folder(home)
        if not any(home.iterdir()):  # never narrow a folder that others use, such as /tmp
            home.chmod(0o700)
    except OSError as error:
        raise SetupError(
            f"Cannot use the data folder {home} ({error.strerror}). Choose another with --data."
        ) from None
    return home


def _start(database: LocalDatabase, tries: int) -> None:
    database.port = _free_port()
    try:
        database.restart()
    except PortTaken:
        if tries == 1:
            raise
        _start(database, tries - 1)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
