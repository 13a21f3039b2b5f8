"""Values and files as they are met."""

from datetime import date
from pathlib import Path

import pytest

from graph.errors import SetupError
from graph.load import check
from graph.load.check import Bad, Share
from graph.load.fields import Fields
from graph.load.formats import json_lines, own_csv
from graph.load.formats.json_stream import values

BILLION = 1_000_000_000


def silent(_: int) -> None:
    """Nobody watches."""


def anything(_: set[str]) -> None:
    """Any column will do."""


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("100", Share(BILLION, BILLION)),
        ("100.0", Share(BILLION, BILLION)),
        ("100%", Share(BILLION, BILLION)),
        (" 50.0 % ", Share(500_000_000, 500_000_000)),
        ("0.93011", Share(9_301_100, 9_301_100)),
        (".5", Share(5_000_000, 5_000_000)),
        ("0", Share(0, 0)),
        ("33.33333333", Share(333_333_333, 333_333_334, "33.33333333")),
    ],
)
def test_a_percentage_is_exact_or_lies_between(text: str, share: Share) -> None:
    assert check.share(text, "share") == share


@pytest.mark.parametrize("text", ["100.0000001", "101", "-1", "1e2", "1,5", "half", "NaN", "٣"])
def test_what_is_no_percentage_is_refused(text: str) -> None:
    with pytest.raises(Bad):
        check.share(text, "share")


def test_other_values() -> None:
    assert check.day("2024-02-29T23:00:00Z", "x") == date(2024, 2, 29)
    assert check.month("2024-02", "x") == check.month("2024-02-17", "x") == date(2024, 2, 1)
    assert [check.flag(word, "x") for word in ("TRUE", "no", "1")] == [True, False, True]
    assert check.cents("$1,250.5", "x") == 125_050
    assert check.count("1,200.0", "x") == 1200
    assert check.fraction("0.25", "x") == 0.25


@pytest.mark.parametrize(
    ("convert", "text"),
    [
        (check.day, "03/01/2024"),
        (check.day, "2024-02-30"),
        (check.flag, "perhaps"),
        (check.cents, "1.005"),
        (check.count, "1.5"),
        (check.fraction, "1.1"),
        (check.identity, "a b"),
        (check.identity, "12-345678900"),
    ],
)
def test_values_that_are_none(convert: check.Convert, text: str) -> None:
    with pytest.raises(Bad) as raised:
        convert(text, "column")

    assert raised.value.told[0] == "column"
    assert all(raised.value.told[2:])


def test_what_looks_like_a_number_is_masked_in_refusals() -> None:
    told = [check.shown(f"see {n}!") for n in ("219-09-9999", "219099999", "12-3456789AB")]

    assert told == ["see ***-**-9999!", "see ***-**-9999!", "see ***-**-89AB!"]
    assert len(check.shown("x" * 200)) == 80


def found(path: Path) -> list[tuple[int, str | None]]:
    """Line and name of each row; None for what is no row."""
    rows = own_csv.rows(path, silent, anything)
    return [(r.line, r.text("name")) if isinstance(r, Fields) else (r[0], None) for r in rows]


@pytest.mark.parametrize(
    "content",
    [
        b"id,name\r\n001,\xc3\x85land\r\n",
        b"\xef\xbb\xbfid,name\n001,\xc3\x85land\n",
        b"ID ; Name\r001;\xc5land\r",
        "\ufeffid\tname\n001\tÅland\n".encode("utf-16-le"),
        "\ufeffid,name\n001,Åland".encode("utf-16-be"),
    ],
)
def test_encodings_marks_separators_and_line_ends(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)

    (row,) = own_csv.rows(path, silent, anything)

    assert isinstance(row, Fields)
    assert (row.line, row.text("id"), row.text("name")) == (2, "001", "Åland")


def test_a_broken_row_costs_itself_only(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(
        'id,name\n1,"Lark, Inc."\n2,"never closed\n3,short\n4\n5,a,b\n6,two\n\n8,7" pipe\n'
        '9,"two\nlines"\n',
        encoding="utf-8",
    )

    assert found(path) == [
        (2, "Lark, Inc."),
        (3, None),
        (4, "short"),
        (5, None),
        (6, None),
        (7, "two"),
        (9, '7" pipe'),
        (10, "two\nlines"),
    ]


@pytest.mark.parametrize("content", ["", "\n", "a,a\n1,2\n"])
def test_a_file_without_header_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "file.csv"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(SetupError):
        list(own_csv.rows(path, silent, anything))


def test_json_lines_keep_numbers_as_written(tmp_path: Path) -> None:
    path = tmp_path / "file.jsonl"
    path.write_text(
        '{"share": 33.30, "on": true, "none": null, "list": ["a", "b"]}\n\n[1]\n{"a": {}}\nno\n',
        encoding="utf-8",
    )

    first, *others = json_lines.rows(path, silent, anything)

    assert isinstance(first, Fields)
    assert [first.text(c) for c in ("share", "on", "none")] == ["33.30", "true", None]
    assert first.items("list") == ["a", "b"]
    assert [other[0] for other in others if isinstance(other, tuple)] == [3, 4, 5]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[]", []),
        ('[\n{"a": 1},\n{"a": 2}\n]\n', [(2, {"a": 1}), (3, {"a": 2})]),
        ('{"a": 1}\n\n{"a": 1.50}\n', [(1, {"a": 1}), (3, {"a": "1.50"})]),
        ("", []),
    ],
)
def test_json_is_read_value_by_value(
    tmp_path: Path, content: str, expected: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file.json"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr("graph.load.formats.json_stream.BLOCK", 3)

    assert list(values(path, silent)) == expected


def test_json_that_was_cut_off_is_told_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text('[{"a": 1},\n{"a": ', encoding="utf-8")

    with pytest.raises(Bad, match="line 2"):
        list(values(path, silent))
