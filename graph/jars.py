"""Neo4j's jars: exactly those of the lock file, in a folder that projects share."""

import contextlib
import hashlib
import shutil
import tempfile
import time
import tomllib
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from graph.errors import SetupError

Progress = Callable[[str, int, int], None]  # what is going on, how much is done, of how much
Fetch = Callable[["Jar", Path], Path]

LOCK = Path(__file__).with_name("jars.lock.toml")
STORE = Path("~/.cache/account-graph/jars")
WORKERS = 8
TRIES = 3
TIMEOUT = 30
PAUSE = 0.5
ABANDONED = 3600.0  # a download folder this old belongs to a process that was killed


@dataclass(frozen=True, slots=True)
class Jar:
    """One artifact of the lock file."""

    group: str
    artifact: str
    version: str
    sha256: str
    classifier: str = ""

    @property
    def name(self) -> str:
        """Its file name."""
        suffix = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{suffix}.jar"

    def path(self, store: Path) -> Path:
        """Its place in a store."""
        return store.joinpath(*self.group.split("."), self.artifact, self.version, self.name)


def silent(label: str, done: int, total: int) -> None:
    """Report nothing."""


def locked(lock: Path = LOCK) -> list[Jar]:
    """The jars that the lock file lists."""
    entries = tomllib.loads(lock.read_text(encoding="utf-8"))["jars"]
    return [
        Jar(
            group=entry["groupId"],
            artifact=entry["artifactId"],
            version=entry["version"],
            sha256=entry["sha256"],
            classifier=entry.get("classifier", ""),
        )
        for entry in entries
    ]


def fetch(jar: Jar, folder: Path) -> Path:
    """Download one jar into an empty folder."""
    # Imported here: a start that has every jar needs neither a network nor these 0.3 s.
    from jgo.maven import MavenContext, PythonResolver

    context = MavenContext(repo_cache=folder, resolver=PythonResolver(), timeout=TIMEOUT)
    component = context.project(jar.group, jar.artifact).at_version(jar.version)
    return Path(component.artifact(classifier=jar.classifier).resolve())


def class_path(
    store: Path | None = None,
    progress: Progress = silent,
    *,
    jars: Sequence[Jar] | None = None,
    fetch: Fetch = fetch,
) -> list[Path]:
    """Every locked jar in the store, verified and sorted; what is missing is fetched.

    Jars already there stay, so a run that was interrupted goes on where it ended.
    Raises SetupError for a jar that cannot be fetched or is not the one of the lock file.
    """
    store = (store or STORE).expanduser().resolve()
    if ":" in str(store):
        raise SetupError(f"Java cannot use a folder with a colon: {store}. Name another one.")
    wanted = locked() if jars is None else jars
    with ThreadPoolExecutor(WORKERS) as pool:
        present = pool.map(lambda jar: _present(jar, store), wanted)
        missing = [jar for jar, there in zip(wanted, present, strict=True) if not there]
    if missing:
        try:
            _fetch_all(missing, store, fetch, progress, len(wanted))
        except OSError as error:
            raise SetupError(
                f"Cannot write Neo4j's jars to {store} ({error.strerror}). They need 140 MB."
            ) from None
    return sorted(jar.path(store) for jar in wanted)


def _present(jar: Jar, store: Path) -> bool:
    path = jar.path(store)
    if not path.exists():
        return False
    _verify(jar, path)
    return True


def _verify(jar: Jar, path: Path) -> None:
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found == jar.sha256:
        return
    path.unlink()
    raise SetupError(
        f"{jar.name} is not the file that {LOCK.name} lists (its checksum differs) and was"
        " removed. Run the command again to fetch it anew; if that fails too, do not use this"
        " source of jars."
    )


def _fetch_all(
    missing: Iterable[Jar], store: Path, fetch: Fetch, progress: Progress, total: int
) -> None:
    store.mkdir(parents=True, exist_ok=True)
    _sweep(store)
    with ThreadPoolExecutor(WORKERS) as pool:
        tasks = [pool.submit(_fetch_one, jar, store, fetch) for jar in missing]
        label, done = "Fetching Neo4j", total - len(tasks)
        progress(label, done, total)
        try:
            for count, task in enumerate(as_completed(tasks), start=done + 1):
                task.result()
                progress(label, count, total)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _sweep(store: Path) -> None:
    for folder in store.glob(".part-*"):
        with contextlib.suppress(FileNotFoundError):  # another process has just finished
            if time.time() - folder.stat().st_mtime > ABANDONED:
                shutil.rmtree(folder)


def _fetch_one(jar: Jar, store: Path, fetch: Fetch) -> None:
    final = jar.path(store)
    # Half a file never has the final name, so a killed process leaves no broken jar.
    with tempfile.TemporaryDirectory(dir=store, prefix=".part-") as folder:
        got = _try(jar, Path(folder), fetch)
        _verify(jar, got)
        final.parent.mkdir(parents=True, exist_ok=True)
        got.replace(final)


def _try(jar: Jar, folder: Path, fetch: Fetch) -> Path:
    reason = ""
    for attempt in range(TRIES):
        try:
            return fetch(jar, folder / str(attempt))
        except Exception as error:  # requests', jgo's and the system's alike: try again
            reason = getattr(error, "strerror", None) or type(error).__name__
            time.sleep(PAUSE * attempt)
    raise SetupError(
        f"{jar.name} could not be fetched ({reason}, {TRIES} tries). Check the network and run"
        " the command again: the jars already fetched are kept."
    )
