"""What cannot be saved or restored is refused before anything is changed, with what to do."""

import json
import secrets
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

import backup_verbs
from graph import backup
from graph.backup.manifest import Manifest
from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.local import joined, start_local
from graph.local_lock import FolderLock
from tests.backup.forged import FIGURES, MANIFEST, forged

NOW = datetime(2026, 1, 2, tzinfo=UTC)
LOCKS = ("lending.lock", "server.lock")
HEX = "0123456789abcdef" * 4


def holding(folder: Path) -> Path:
    """A folder that looks as if it held a database."""
    (folder / "data" / "databases" / "system").mkdir(parents=True)
    (folder / "password").write_text("secret\n")
    return folder


def tree(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def counting(**keys: int) -> Manifest:
    return replace(MANIFEST, figures=replace(FIGURES, keys=keys))


def key_file(folder: Path, text: str = HEX) -> Path:
    path = folder / "key"
    path.write_text(text)
    path.chmod(0o600)
    return path


def test_where_there_is_no_graph_there_is_nothing_to_save(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=r"There is no graph in .*nothing to save"):
        backup.target(tmp_path / "graph", tmp_path / "a.backup", NOW)

    assert tree(tmp_path) == []


def test_a_backup_is_not_kept_with_what_it_saves(tmp_path: Path) -> None:
    holding(tmp_path)

    for given in (tmp_path / "a.backup", tmp_path / "data"):
        with pytest.raises(SetupError, match="is in the data folder"):
            backup.target(tmp_path, given, NOW)


def test_a_folder_whose_holder_lends_nothing_is_waited_for_by_the_user(tmp_path: Path) -> None:
    data = holding(tmp_path / "graph")
    lock = FolderLock(data)  # as a verb has it that started the database

    with pytest.raises(SetupError, match=r"already runs on the data folder .* Stop it, or choose"):
        backup.back_up(data, tmp_path / "a.backup", None, NOW, product="0")

    lock.release()
    assert not (tmp_path / "a.backup").exists()


@pytest.mark.parametrize("name", ["data", "password", "jobs"])
def test_a_folder_that_is_somebodys_is_left_alone(tmp_path: Path, name: str) -> None:
    data, saved = tmp_path / "graph", forged(tmp_path / "a.backup")
    if name == "password":
        holding(data)
    else:
        (data / name / "J-1").mkdir(parents=True)
    before = tree(data)

    with pytest.raises(SetupError, match=r"is not empty: a restore is into a folder without"):
        backup.restore(backup.examined(saved, tmp_path / "key"), data)

    assert tree(data) == sorted([*before, *LOCKS])


def test_where_there_is_no_room_nothing_is_begun(tmp_path: Path) -> None:
    data = tmp_path / "graph"
    saved = forged(tmp_path / "a.backup", manifest=replace(MANIFEST, store=1 << 60))

    with pytest.raises(SetupError, match=r"needs \d+ MiB, and the disk of .* MiB left"):
        backup.restore(backup.examined(saved, tmp_path / "key"), data)

    assert tree(data) == [*LOCKS]


def test_a_graph_of_a_newer_version_is_not_taken(tmp_path: Path) -> None:
    figures = replace(FIGURES, migrations={"9999_later.cypher": "sum"})
    saved = forged(tmp_path / "a.backup", manifest=replace(MANIFEST, figures=figures))

    with pytest.raises(SetupError, match=r"does not know \(9999_later\.cypher\).* 9\.9\.9, or"):
        backup.examined(saved, tmp_path / "key")


def test_without_the_key_nothing_is_restored_and_none_is_made(tmp_path: Path) -> None:
    saved = forged(tmp_path / "a.backup", manifest=counting(some=885))

    with pytest.raises(SetupError, match=r"There is no key in .* none of the 885 importer numbers"):
        backup.examined(saved, tmp_path / "key")

    assert tree(tmp_path) == ["a.backup"]


def test_another_key_is_told_with_how_many_numbers_it_does_not_find(tmp_path: Path) -> None:
    named = IdentifierKey(bytes.fromhex(HEX)).key_id
    saved = forged(tmp_path / "a.backup", manifest=counting(other=3, **{named: 4}))

    with pytest.raises(SetupError, match=r"is another one: 3 of the importer numbers"):
        backup.examined(saved, key_file(tmp_path))


def test_a_key_that_follows_the_one_of_the_backup_is_taken(tmp_path: Path) -> None:
    before = IdentifierKey(bytes.fromhex(HEX))
    manifest = replace(counting(**{before.key_id: 4}), root=before.root_id)
    saved = forged(tmp_path / "a.backup", manifest=manifest)
    rotated, later = tmp_path / "key", secrets.token_hex(32)
    before.followed().put(rotated)

    assert backup.examined(saved, rotated).key == IdentifierKey.at(rotated)
    key_file(tmp_path, f"{HEX} root {later}")  # the right key, whose root is another's
    with pytest.raises(SetupError, match=r"is another one: 4 of the importer numbers"):
        backup.examined(saved, tmp_path / "key")


def test_what_was_cut_off_is_nobodys_database(tmp_path: Path) -> None:
    data = holding(tmp_path / "graph")
    (data / "restoring").touch()

    with pytest.raises(SetupError, match=r"cut off.* `account-graph restore FILE`"):
        start_local(data)

    (data / "data" / "databases" / "store_lock").touch()
    shown = dict.fromkeys(("uri", "user", "password", "database"), "")
    told = json.dumps({**shown, "pid": 1, "child": 1, "port": 1})
    (data / "connection.json").write_text(told)
    with (data / "data" / "databases" / "store_lock").open("r+b") as held:
        assert held
        assert joined(data) is None


def test_a_database_elsewhere_is_saved_by_its_own_tool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAPH_URI", "bolt://127.0.0.1:1")
    saved = forged(tmp_path / "a.backup")

    with pytest.raises(SetupError, match=r"`neo4j-admin database dump`.* Unset GRAPH_URI"):
        backup_verbs.backup(tmp_path / "b.backup", data=tmp_path / "graph")
    with pytest.raises(SetupError, match=r"`neo4j-admin database load`.* Unset GRAPH_URI"):
        backup_verbs.restore(saved, data=tmp_path / "graph")

    assert tree(tmp_path) == ["a.backup"]
