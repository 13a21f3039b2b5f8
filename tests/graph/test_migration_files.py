"""Migration files, read safely."""

from pathlib import Path

import pytest

from graph.errors import SetupError
from graph.migration_files import migrations, statements


def test_a_semicolon_in_text_or_comment_ends_no_statement() -> None:
    text = "// a; b\nRETURN 'a;\\'b', \"c;\", `d;e`; /* f;\n */ RETURN 2;\n// the end\n"

    assert statements(text) == ["RETURN 'a;\\'b', \"c;\", `d;e`", "RETURN 2"]


def test_a_missing_last_semicolon_is_an_error() -> None:
    with pytest.raises(SetupError, match="Unfinished statement, its `;` is missing: 'RETURN 2'"):
        statements("RETURN 1;\nRETURN 2\n")


@pytest.mark.parametrize(
    ("name", "text", "_case"),
    [
        ("1_short", "RETURN 1;", "is no migration's name"),
        ("0001_Upper", "RETURN 1;", "is no migration's name"),
        ("0001_empty", "// nothing\n", "neither empty"),
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
