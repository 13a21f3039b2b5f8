import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from graph import jars
from graph.errors import SetupError
from graph.jars import Jar

NAMES = ("a", "b", "c", "d", "e")


def content(artifact: str) -> bytes:
    return f"the jar {artifact}".encode()


def jar(artifact: str) -> Jar:
    sha256 = hashlib.sha256(content(artifact)).hexdigest()
    return Jar("org.example", artifact, "1.0", sha256)


LOCKED = [jar(name) for name in NAMES]


class Source:
    """A source of jars that counts what it gives."""

    def __init__(self, *, broken: dict[str, int] | None = None) -> None:
        self.fetched: list[str] = []
        self.broken = dict(broken or {})  # how often each fails

    def __call__(self, wanted: Jar, folder: Path) -> Path:
        if self.broken.get(wanted.artifact, 0):
            self.broken[wanted.artifact] -= 1
            raise ConnectionError
        self.fetched.append(wanted.artifact)
        folder.mkdir()
        path = folder / wanted.name
        path.write_bytes(content(wanted.artifact))
        return path


def test_the_lock_names_each_jar_once_with_a_checksum_and_no_host() -> None:
    locked = jars.locked()

    text = jars.LOCK.read_text(encoding="utf-8")
    places = [jar.path(Path("/store")) for jar in locked]
    assert len(locked) == 217
    assert places == list(dict.fromkeys(places))
    assert {len(bytes.fromhex(jar.sha256)) for jar in locked} == {32}
    assert "://" not in text
    assert str(Path.home()) not in text


def test_a_classifier_is_part_of_the_name() -> None:
    native = Jar("io.netty", "epoll", "4.1", "", "linux-x86_64")

    assert native.path(Path("/s")) == Path("/s/io/netty/epoll/4.1/epoll-4.1-linux-x86_64.jar")


def test_everything_is_fetched_once_and_sorted(tmp_path: Path) -> None:
    source = Source()
    reversed_lock = LOCKED[::-1]

    first = jars.class_path(tmp_path, jars=reversed_lock, fetch=source)
    second = jars.class_path(tmp_path, jars=LOCKED, fetch=source)

    assert [path.name for path in first] == [f"{name}-1.0.jar" for name in NAMES]
    assert first == second
    assert sorted(source.fetched) == list(NAMES)
    assert list(tmp_path.glob(".part-*")) == []


def test_an_interrupted_fetch_goes_on_where_it_ended(tmp_path: Path) -> None:
    paths = jars.class_path(tmp_path, jars=LOCKED, fetch=Source())
    for path in paths[:3]:
        path.unlink()
    source = Source()
    told: list[tuple[str, int, int]] = []

    jars.class_path(tmp_path, lambda *step: told.append(step), jars=LOCKED, fetch=source)

    assert sorted(source.fetched) == ["a", "b", "c"]
    assert told == [("Fetching Neo4j", done, 5) for done in (2, 3, 4, 5)]


def test_two_failures_of_a_jar_are_overcome(tmp_path: Path) -> None:
    source = Source(broken={"c": 2})

    assert len(jars.class_path(tmp_path, jars=LOCKED, fetch=source)) == 5


def test_a_jar_that_cannot_be_fetched_is_named_and_the_others_stay(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"c-1\.0\.jar could not be fetched \(ConnectionError, 3"):
        jars.class_path(tmp_path, jars=LOCKED, fetch=Source(broken={"c": 3}))

    source = Source()
    jars.class_path(tmp_path, jars=LOCKED, fetch=source)
    assert source.fetched == ["c"]


def test_a_changed_jar_in_the_store_is_refused_and_removed(tmp_path: Path) -> None:
    paths = jars.class_path(tmp_path, jars=LOCKED, fetch=Source())
    paths[1].write_bytes(b"something else")

    with pytest.raises(SetupError, match=r"b-1\.0\.jar is not the file .* Run the command again"):
        jars.class_path(tmp_path, jars=LOCKED, fetch=Source())

    assert [path.exists() for path in paths] == [True, False, True, True, True]


def test_a_wrong_download_never_enters_the_store(tmp_path: Path) -> None:
    wrong = Jar("org.example", "a", "1.0", "00" * 32)

    with pytest.raises(SetupError, match="checksum differs"):
        jars.class_path(tmp_path, jars=[wrong], fetch=Source())

    assert not wrong.path(tmp_path).exists()
    assert list(tmp_path.glob(".part-*")) == []


def test_the_download_folder_of_a_killed_process_is_swept_later(tmp_path: Path) -> None:
    old, young = tmp_path / ".part-old", tmp_path / ".part-young"
    for folder in (old, young):
        folder.mkdir()
    os.utime(old, (0, 0))

    jars.class_path(tmp_path, jars=LOCKED, fetch=Source())

    assert (old.exists(), young.exists()) == (False, True)


@pytest.mark.parametrize(
    ("folder", "message"),
    [
        pytest.param("a:b", "Java cannot use a folder with a colon", id="colon"),
        pytest.param("file/store", r"Cannot write Neo4j's jars to .* \(Not a directory", id="file"),
    ],
)
def test_a_useless_store_is_refused(tmp_path: Path, folder: str, message: str) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SetupError, match=message):
        jars.class_path(tmp_path / folder, jars=LOCKED, fetch=Source())


def test_a_full_store_needs_neither_network_nor_jgo() -> None:
    jars.class_path()  # the tests' database needs it too
    script = (
        "import socket, sys; from graph import jars\n"
        "socket.socket.connect = None\n"
        "print(len(jars.class_path()), 'jgo' in sys.modules, 'requests' in sys.modules)"
    )

    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert run.stdout == "217 False False\n"


def test_one_real_jar_comes_through_jgo() -> None:
    # From the shared store, offered to jgo as its cache: no network in tests.
    jars.class_path()
    slf4j = next(jar for jar in jars.locked() if jar.artifact == "slf4j-api")

    assert jars.fetch(slf4j, jars.STORE.expanduser()) == slf4j.path(jars.STORE.expanduser())
