"""Where a process goes on after another, whatever that one left, and what it tells outside."""

import os
from pathlib import Path
from shutil import copytree

import pytest

from graph.errors import SetupError
from tests.transport.audit.reading import journal, verified
from tests.transport.audit.test_chain import LINES, filled
from transport.audit_files import EVERY

AGES = 100_000  # days: nothing is let go


def test_a_torn_line_is_closed_off_by_the_next_process(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with path.open("ab") as file:
        file.write(b'{"sequence":62,"at":"20')
    assert "torn" in str(verified(tmp_path).fault)

    filled(tmp_path, 3)
    found = verified(tmp_path)

    assert (found.fault, found.last) == (None, LINES + 1 + 2 + 3 + 1)
    assert b'"what":"RECOVERY"' in path.read_bytes()


def test_a_torn_first_line_of_another_day_goes_on_with_the_chain(tmp_path: Path) -> None:
    path = filled(tmp_path)
    path = path.rename(path.with_name("server.2001-01-01.000000000001.jsonl"))
    other = path.with_name(f"server.2001-01-02.{LINES + 2:012}.jsonl")
    other.write_bytes(b'{"sequence":62,"at":"20')

    made = journal(tmp_path, reserve=0, days=AGES)
    made.append({"what": "REQUEST"})
    made.close()
    found = verified(tmp_path)

    assert (found.fault, found.first, found.last) == (None, 1, LINES + 1 + 2 + 2)
    assert b'"what":"RECOVERY"' in other.read_bytes()


def test_a_line_that_was_the_first_of_all_and_torn_is_closed_off(tmp_path: Path) -> None:
    (tmp_path / "server.2001-01-01.000000000001.jsonl").write_bytes(b'{"sequence":1,')

    journal(tmp_path, days=AGES).close()

    assert (verified(tmp_path).fault, verified(tmp_path).last) == (None, 3)


def test_a_torn_line_stays_as_it_is_where_there_is_no_room_to_close_it_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = filled(tmp_path)
    torn = path.read_bytes() + b'{"torn'
    path.write_bytes(torn)
    written = os.write
    with monkeypatch.context() as full:
        full.setattr(os, "write", lambda file, line: written(file, line[:1]))  # for one byte only
        with pytest.raises(SetupError):
            journal(tmp_path)
    assert path.read_bytes() == torn

    filled(copytree(tmp_path, tmp_path / "roomy"), 1)  # the lock of the other is still held here
    assert verified(tmp_path / "roomy").fault is None


def test_a_checkpoint_is_told_outside_only_once_it_is_forced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    made = journal(tmp_path, tell=lambda one: told.append(one["sequence"]))
    made.append({"what": "REQUEST"})
    made.checkpoint()
    assert told == []
    with monkeypatch.context() as failing:
        failing.setattr(os, "fsync", refused)
        with pytest.raises(OSError, match="lost"):
            made.sync()
    assert told == []

    made.append({"what": "REQUEST"})
    made.close()
    assert told == [4]  # which speaks for what was before


def refused(_: int) -> None:
    raise OSError(5, "lost")


def test_what_the_torn_line_was_cannot_be_changed_later(tmp_path: Path) -> None:
    path = filled(tmp_path)
    with path.open("ab") as file:
        file.write(b'{"torn')
    filled(tmp_path, 1)
    path.write_bytes(path.read_bytes().replace(b'{"torn\n', b'{"tore\n'))

    assert "The line before is no entry" in str(verified(tmp_path).fault)


def test_what_killed_processes_left_is_signed_by_the_next(tmp_path: Path) -> None:
    for _ in range(3):
        made = journal(tmp_path, reserve=0)
        for _ in range(EVERY - 1):
            made.append({"what": "REQUEST"})
        os.close(made._lock)  # as a kill does
    found = verified(tmp_path)

    assert (found.fault, found.checkpoints, found.unsealed) == (None, 2, EVERY - 1)
