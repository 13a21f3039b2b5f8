"""Migration files, read safely."""

import hashlib
from pathlib import Path

import pytest

from graph.errors import SetupError
from graph.migration_files import Migration, migrations, statements

ROOT = Path(__file__).parents[2]


def test_a_semicolon_in_text_or_comment_ends_no_statement() -> None:
    text = "// a; b\nRETURN 'a;\\'b', \"c;\", `d;e`; /* f;\n */ RETURN 2;\n// the end\n"

    assert statements(text) == ["RETURN 'a;\\'b', \"c;\", `d;e`", "RETURN 2"]


def test_a_missing_last_semicolon_is_an_error() -> None:
    with pytest.raises(SetupError, match=r"^Unfinished statement, its `;` is missing: 'RETURN 2'$"):
        statements("RETURN 1;\nRETURN 2\n")


@pytest.mark.parametrize(
    ("name", "text", "_case"),
    [
        (
            "1_short",
            "RETURN 1;",
            r"^1_short.cypher is no migration's name: write NNNN_<result>.cypher.$",
        ),
        ("0001_Upper", "RETURN 1;", "is no migration's name"),
        ("0001_a__b", "RETURN 1;", "is no migration's name"),
        (
            "0001_empty",
            "// nothing\n",
            "^0001_empty.cypher: put schema and data in separate files, neither empty.$",
        ),
        ("0001_mixed", "CREATE (:A);\nDROP INDEX a IF EXISTS;", "separate files"),
        ("0002_twice", "CREATE (:A);", "share a number"),
    ],
)
def test_a_file_that_cannot_be_a_migration_is_refused(
    tmp_path: Path, name: str, text: str, _case: str
) -> None:
    (tmp_path / "0002_fine.cypher").write_text("CREATE (:A);")
    (tmp_path / f"{name}.cypher").write_text(text)

    with pytest.raises(SetupError, match=_case):
        migrations(tmp_path)


def test_files_come_in_order_with_what_they_hold(tmp_path: Path) -> None:
    (tmp_path / "0002_some_rows.cypher").write_text("// Two.\nCREATE (:A);\nCREATE (:B);\n")
    (tmp_path / "0001_a.cypher").write_text("CREATE INDEX a;")
    (tmp_path / "0003_notes.txt").write_text("No migration.")

    first, second = migrations(tmp_path)

    digest = hashlib.sha256(b"// Two.\nCREATE (:A);\nCREATE (:B);\n").hexdigest()
    assert (first.name, first.statements, first.schema) == ("0001_a", ("CREATE INDEX a",), True)
    assert second == Migration("0002_some_rows", digest, ("CREATE (:A)", "CREATE (:B)"), False)


def test_the_product_s_own_files_are_read_if_no_folder_is_given() -> None:
    names = sorted(path.stem for path in (ROOT / "migrations").glob("*.cypher"))

    assert [file.name for file in migrations()] == names != []


def test_files_are_read_as_utf_8(tmp_path: Path) -> None:
    (tmp_path / "0001_name.cypher").write_bytes("CREATE (:A {name: 'Ré—'});".encode())

    assert migrations(tmp_path)[0].statements == ("CREATE (:A {name: 'Ré—'})",)


@pytest.mark.parametrize(
    ("statement", "schema"),
    [
        ("CREATE CONSTRAINT a", True),
        ("CREATE  RANGE  INDEX a", True),
        ("DROP INDEX a", True),
        ("DROP CONSTRAINT a", True),
        ("CALL  db.awaitIndexes(300)", True),
        ("CALL db.info()", False),
        ("CREATE (:Index)", False),
        ("MATCH (a) SET a.text = 'CREATE INDEX a'", False),
    ],
)
def test_what_is_schema_is_told_from_data(tmp_path: Path, statement: str, schema: bool) -> None:
    (tmp_path / "0001_one.cypher").write_text(f"{statement};")

    assert migrations(tmp_path)[0].schema is schema


def test_a_comment_parts_words_and_a_backslash_keeps_a_quote() -> None:
    assert statements("RETURN/* a */1;") == ["RETURN 1"]
    assert statements("RETURN// a\n1;") == ["RETURN \n1"]
    assert statements('RETURN "a\\";" + 1;') == ['RETURN "a\\";" + 1']
    assert statements("") == []


def test_a_number_that_is_shared_is_named(tmp_path: Path) -> None:
    for name in ("0001_a", "0002_b", "0002_c"):
        (tmp_path / f"{name}.cypher").write_text("CREATE (:A);")

    with pytest.raises(SetupError, match=r"^Two migrations share a number: 0001, 0002, 0002\.$"):
        migrations(tmp_path)
