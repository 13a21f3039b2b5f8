import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from graph import local_lock
from graph.errors import SetupError
from graph.local import joined, start_local


def test_an_orphan_that_does_not_leave_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A stand-in with the command line of this folder's child, deaf to SIGTERM.
    script = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print(flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, f"--home-dir={tmp_path}", "more"]
    orphan = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert orphan.stdout
    with orphan.stdout:
        orphan.stdout.readline()
    reaper = threading.Thread(target=orphan.wait)
    reaper.start()
    (tmp_path / "server.lock").write_text(json.dumps({"pid": 1, "child": orphan.pid}))
    monkeypatch.setattr(local_lock, "ORPHAN_SECONDS", 1.0)

    local_lock.FolderLock(tmp_path).release()

    reaper.join()
    assert orphan.returncode == -signal.SIGKILL


def test_a_stranger_with_the_orphans_number_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "server.lock").write_text(json.dumps({"pid": 1, "child": os.getpid()}))

    local_lock.FolderLock(tmp_path).release()  # would have ended this very process


def test_a_foreign_process_on_the_databases_is_named_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store_lock = tmp_path / "data" / "databases" / "store_lock"
    store_lock.parent.mkdir(parents=True)
    store_lock.touch()
    script = (
        "import fcntl, sys, time; file = open(sys.argv[1], 'r+b')\n"
        "fcntl.lockf(file, fcntl.LOCK_EX); print(flush=True); time.sleep(60)"
    )
    command = [sys.executable, "-c", script, str(store_lock)]
    monkeypatch.setattr(local_lock, "ORPHAN_SECONDS", 0.1)
    monkeypatch.setattr(local_lock, "KILL_SECONDS", 0.1)

    with subprocess.Popen(command, stdout=subprocess.PIPE) as foreign:
        assert foreign.stdout
        foreign.stdout.readline()
        with pytest.raises(SetupError, match="Another Neo4j process, not started by this product"):
            start_local(tmp_path)
        foreign.kill()


@pytest.mark.parametrize("_case", ["nothing", "nonsense", "another shape"])
def test_without_a_connection_file_nothing_is_joined(tmp_path: Path, _case: str) -> None:
    text = {"nonsense": "not JSON", "another shape": '{"uri": "bolt://127.0.0.1:1"}'}.get(_case)
    if text:
        (tmp_path / "connection.json").write_text(text)

    assert joined(tmp_path) is None


def test_a_lock_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "server.lock").mkdir()

    with pytest.raises(SetupError, match=r"Cannot use the data folder .* \(Is a directory\)"):
        local_lock.FolderLock(tmp_path)
