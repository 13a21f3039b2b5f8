"""Parquet files: the same rows as JSON lines, and what is no row."""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet as written

from graph.errors import SetupError
from graph.load.check import Bad
from graph.load.fields import Fields
from graph.load.formats import json_lines, parquet

SAMPLES = Path(__file__).parents[3] / "docs" / "samples"
Write = Callable[..., Path]


@pytest.fixture
def file(tmp_path: Path) -> Write:
    """Write rows as a Parquet file."""

    def write(rows: list[dict[str, Any]], **options: Any) -> Path:
        path = tmp_path / "rows.parquet"
        written.write_table(pyarrow.Table.from_pylist(rows), path, **options)
        return path

    return write


def read(path: Path, rows: Any = parquet.rows) -> list[Fields | tuple[int, Bad]]:
    return list(rows(path, lambda _: None, lambda _: None))


def texts(found: Fields | tuple[int, Bad], columns: set[str]) -> dict[str, str | None]:
    assert isinstance(found, Fields)
    return {column: found.text(column) for column in columns}


@pytest.mark.parametrize("name", ["accounts", "parties", "relationships", "risk_flags", "staff"])
def test_a_sample_says_the_same_as_in_json_lines(file: Write, name: str) -> None:
    path = SAMPLES / f"{name}.jsonl"
    rows = [
        json.loads(line, parse_float=str, parse_int=str) for line in path.read_text().splitlines()
    ]
    columns = {column for row in rows for column in row}
    whole = [{column: row.get(column) for column in columns} for row in rows]

    found = read(file(whole))

    expected = read(path, json_lines.rows)
    assert [texts(each, columns) for each in found] == [texts(each, columns) for each in expected]
    assert [each.line for each in found if isinstance(each, Fields)] == list(
        range(1, len(rows) + 1)
    )


def test_values_are_the_texts_of_a_csv(file: Write) -> None:
    row = {
        "text": "Pier", "none": None, "flag": True, "number": 12, "exact": Decimal("33.30"),
        "float": 12.5, "day": date(2024, 3, 1), "list": ["A", "B"],
    }  # fmt: skip

    [found] = read(file([row]))

    assert texts(found, set(row)) == {
        "text": "Pier", "none": None, "flag": "true", "number": "12", "exact": "33.30",
        "float": "12.5", "day": "2024-03-01", "list": "A; B",
    }  # fmt: skip


def test_a_row_that_cannot_be_taken_is_told_by_its_number_and_the_others_are_read(
    file: Write,
) -> None:
    rows: list[dict[str, Any]] = [{"a": "1"}, {"a": "x" * 70_000}, {"a": "3"}]
    one, long, three = read(file(rows))
    nested = read(file([{"a": {"b": 1}}]))

    assert [texts(each, {"a"}) for each in (one, three)] == [{"a": "1"}, {"a": "3"}]
    assert isinstance(long, tuple)
    assert (long[0], long[1].told[2]) == (2, "OUT_OF_RANGE")
    assert isinstance(nested[0], tuple)
    assert (nested[0][0], nested[0][1].told[0::2][:2]) == (1, ("a", "INVALID_FORMAT"))


@pytest.mark.parametrize("size", [0, 3, 40, 200])
def test_a_file_that_is_cut_off_is_refused_whole(file: Write, size: int) -> None:
    path = file([{"a": "1"}] * 100)
    path.write_bytes(path.read_bytes()[:size])

    with pytest.raises(SetupError, match="no Parquet file, or not a whole one"):
        read(path)


def test_a_row_group_that_unfolds_to_too_much_is_refused_before_it_is_read(
    file: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = file([{"a": "x" * 1000}] * 100, use_dictionary=False, compression="zstd")
    assert path.stat().st_size < 10_000
    monkeypatch.setattr(parquet, "GROUP", 50_000)

    with pytest.raises(SetupError, match="smaller ones"):
        read(path)


def test_columns_are_checked_before_a_row_is_read(file: Write) -> None:
    seen: list[set[str]] = []

    list(parquet.rows(file([{"a": "1", "b": "2"}]), lambda _: None, seen.append))

    assert seen == [{"a", "b"}]
