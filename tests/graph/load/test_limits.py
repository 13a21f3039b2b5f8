"""How long a row may be, and how many rows a file may have."""

import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow
import pytest
from pyarrow import parquet as written

from graph.errors import SetupError
from graph.identifiers import IdentifierKey
from graph.load import load
from graph.load.check import Bad
from graph.load.digest import digest
from graph.load.fields import Fields
from graph.load.formats import json_lines, own_csv, parquet
from graph.load.limits import Limits
from graph.session import Graph

AT = datetime(2024, 3, 1, tzinfo=UTC)
Rows = Callable[..., Iterator[Fields | tuple[int, Bad]]]
# Rows of 1,024 bytes, of one byte more, and of as many in fewer characters.
LONG = "x" * 1000, "y" * 1001, "\N{EURO SIGN}" * 330 + "x" * 10, "\N{EURO SIGN}" * 333 + "x" * 2


def csv(path: Path) -> None:
    path.write_text("name,b\n" + "".join(f"{n},{'b' * 22}\n" for n in LONG), encoding="utf-8")


def jsonl(path: Path) -> None:
    path.write_text("".join(f'{{"name": "{n}", "b": "bb"}}\n' for n in LONG), encoding="utf-8")


def table(path: Path) -> None:
    rows = [{"name": n, "b": "b" * 19} for n in LONG]
    written.write_table(pyarrow.Table.from_pylist(rows), path)


@pytest.mark.parametrize(
    ("write", "rows"), [(csv, own_csv.rows), (jsonl, json_lines.rows), (table, parquet.rows)]
)
def test_a_row_may_have_so_many_bytes_and_no_more(
    tmp_path: Path, write: Callable[[Path], None], rows: Rows
) -> None:
    path = tmp_path / "file"
    write(path)

    found = list(rows(path, lambda _: None, lambda _: None, 1024))

    assert [isinstance(each, Fields) for each in found] == [True, False, True, False]
    told = [each[1].told for each in found if isinstance(each, tuple)]
    assert [(column, value, code) for column, value, code, *_ in told] == [
        ("", "", "OUT_OF_RANGE")
    ] * 2
    assert "more than 1,024 bytes" in told[0][3]


@pytest.mark.parametrize("rows", [own_csv.rows, json_lines.rows])
def test_a_long_row_is_not_held(tmp_path: Path, rows: Rows) -> None:
    path = tmp_path / "file"
    path.write_text("name\n" + "x" * 30_000_000 + "\nlast\n", encoding="utf-8")

    tracemalloc.start()
    found = list(rows(path, lambda _: None, lambda _: None, 65_536))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert sum(isinstance(each, tuple) for each in found) >= 1
    assert most < 10_000_000


def test_a_line_of_names_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text("name," * 1000 + "\n", encoding="utf-8")

    with pytest.raises(SetupError, match="the line that names the columns is too long"):
        list(own_csv.rows(path, lambda _: None, lambda _: None, 1024))


async def test_a_file_of_too_many_rows_is_refused_and_its_parts_are_loaded_over_it(
    graph: Graph, key: IdentifierKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.load.loading.BATCH", 2)  # so that some of them are written
    lines = [f"P-{n},Party {n},US\n" for n in range(6)]
    whole, *parts = (tmp_path / f"{name}.csv" for name in ("whole", "one", "two"))
    for path, some in ((whole, lines), (parts[0], lines[:3]), (parts[1], lines[3:])):
        path.write_text("id,name,country\n" + "".join(some), encoding="utf-8")
    given: dict[str, Any] = {"at": AT, "key": key, "limits": Limits(rows=5)}

    with pytest.raises(SetupError, match=r"whole.csv has more than 5 rows\. Split it"):
        await load(graph, "parties", [whole], **given)
    report = await load(graph, "parties", parts, **given)
    again = await digest(graph)
    given["limits"] = Limits(rows=6)
    unchanged = await load(graph, "parties", [whole], **given)

    assert (report.rows, report.refused_rows) == (6, 0)
    assert (unchanged.rows, unchanged.changing) == (6, 0)
    assert await digest(graph) == again
