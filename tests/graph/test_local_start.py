import stat
from pathlib import Path

import pytest

from graph import local_lock
from graph.errors import SetupError
from graph.local import start_local


def test_a_start_that_fails_shows_why(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"(?s)Neo4j ended while it started.*heap"):
        start_local(tmp_path, heap="1m")

    local_lock.FolderLock(tmp_path).release()  # the folder is free again


def test_a_lost_password_is_said_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "data" / "databases" / "system").mkdir(parents=True)

    with pytest.raises(SetupError, match=r"its password file .*password is missing"):
        start_local(tmp_path)


def test_a_folder_that_others_use_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    (tmp_path / "data" / "databases" / "system").mkdir(parents=True)

    with pytest.raises(SetupError, match="password"):
        start_local(tmp_path)

    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


def test_a_useless_data_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(SetupError, match=r"Cannot use the data folder .* \(File exists\)"):
        start_local(tmp_path / "file")
