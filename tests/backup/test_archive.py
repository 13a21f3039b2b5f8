"""The file of a backup: it is whole or refused, whichever byte of it is another."""

import io
import os
import stat
import zipfile
from pathlib import Path
from random import Random, SystemRandom

import pytest

from graph.backup import archive
from graph.backup.manifest import Manifest
from graph.errors import SetupError
from tests.backup.forged import MANIFEST, forged

SEED = int(os.environ.get("BACKUP_SEED", "0")) or SystemRandom().randrange(1, 1_000_000)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_whole_file_tells_what_was_written(tmp_path: Path) -> None:
    found = archive.verified(forged(tmp_path / "a.backup"))

    with archive.dump_of(tmp_path / "a.backup") as dump:
        assert dump.read() == b"a dump"
    assert (found.dump, found.figures, found.at) == (6, MANIFEST.figures, MANIFEST.at)
    assert stat.S_IMODE((tmp_path / "a.backup").stat().st_mode) == 0o600
    assert names(tmp_path) == ["a.backup"]
    with zipfile.ZipFile(tmp_path / "a.backup") as opened:  # as any tool would
        assert opened.namelist() == ["neo4j.dump", "manifest.json"]


def test_a_file_with_one_other_bit_anywhere_is_refused(tmp_path: Path) -> None:
    random = Random(SEED)
    whole = forged(tmp_path / "a.backup").read_bytes()
    other = tmp_path / "b.backup"

    for place in range(len(whole)):
        told = bytearray(whole)
        told[place] ^= 1 << random.randrange(8)
        other.write_bytes(told)
        with pytest.raises(SetupError, match="is not a whole backup of Account Graph"):
            archive.verified(other)


def test_a_file_that_is_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = forged(tmp_path / "a.backup").read_bytes()
    other = tmp_path / "b.backup"

    for size in range(len(whole)):
        other.write_bytes(whole[:size])
        with pytest.raises(SetupError, match="is not a whole backup of Account Graph"):
            archive.verified(other)
    other.write_bytes(whole + b"\n")
    with pytest.raises(SetupError, match="does not end as one does"):
        archive.verified(other)


@pytest.mark.parametrize("_case", ["missing", "a folder"])
def test_what_cannot_be_read_is_named(tmp_path: Path, _case: str) -> None:
    path = tmp_path if _case == "a folder" else tmp_path / "missing"

    with pytest.raises(SetupError, match=r"The backup .* cannot be read"):
        archive.verified(path)


def test_another_form_is_told_with_its_version() -> None:
    text = MANIFEST.json().replace(b'"format": 1', b'"format": 2')

    with pytest.raises(SetupError, match=r"another version of the product, 9\.9\.9"):
        Manifest.of(text)


def test_nothing_is_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.backup"

    with archive.Draft(target) as draft:
        draft.dump(io.BytesIO(b"late"))
        target.write_bytes(b"there")
        with pytest.raises(SetupError, match="a backup replaces nothing"):
            draft.keep(MANIFEST)
    with pytest.raises(SetupError, match="a backup replaces nothing"):
        archive.named(target, MANIFEST.at)

    assert target.read_bytes() == b"there"
    assert names(tmp_path) == ["a.backup"]


def test_what_goes_wrong_leaves_nothing(tmp_path: Path) -> None:
    class Ended(io.BytesIO):
        def read(self, _size: int | None = -1, /) -> bytes:
            raise KeyboardInterrupt

    with archive.Draft(tmp_path / "a") as draft, pytest.raises(KeyboardInterrupt):
        draft.dump(Ended())

    assert names(tmp_path) == []


def test_what_a_killed_process_left_is_swept_and_what_is_being_written_is_not(
    tmp_path: Path,
) -> None:
    left = tmp_path / f".old.backup.1234{archive.DRAFT}"
    left.write_bytes(b"half")

    with archive.Draft(tmp_path / "a") as first, archive.Draft(tmp_path / "b") as second:
        for draft in (first, second):
            draft.dump(io.BytesIO(b"dump"))
            draft.keep(MANIFEST)

    assert names(tmp_path) == ["a", "b"]


def test_in_a_folder_a_backup_is_named_by_its_time(tmp_path: Path) -> None:
    found = archive.named(tmp_path, MANIFEST.at)

    assert found == tmp_path.resolve() / "account-graph-20260102T030405Z.backup"
    with pytest.raises(SetupError, match="There is no folder"):
        archive.named(tmp_path / "none" / "a.backup", MANIFEST.at)


def test_a_folder_that_takes_no_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="No backup can be written to"):
        archive.Draft(tmp_path / "none" / "a.backup")
