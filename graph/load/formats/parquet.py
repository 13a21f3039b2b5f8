"""Parquet: a row of columns by our names, read a little at a time.

pyarrow is imported only for such a file. What a file unfolds to is bounded before it is read: a few
kilobytes may stand for gigabytes.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from graph.errors import SetupError
from graph.load.check import Bad
from graph.load.fields import Check, Fields, Value
from graph.load.files import Advance
from graph.load.limits import USUAL, beyond, too_long

ROWS = 1000  # read at once
GROUP = 1 << 29  # bytes of one row group, unpacked
NAMES = 1 << 24  # bytes of a file's own description
UNREADABLE = "{} is no Parquet file, or not a whole one: write it again."
LARGE = "{} has a row group of more than 512 MB: write it with smaller ones."


def rows(
    path: Path, advance: Advance, check: Check, most: int = USUAL.row
) -> Iterator[Fields | tuple[int, Bad]]:
    """Each row with its number, from 1; what cannot be taken is told as Bad.

    A row may have `most` bytes. Raises SetupError for what is no such file.
    """
    import pyarrow
    from pyarrow.parquet import ParquetFile

    try:
        limits = {"thrift_string_size_limit": NAMES, "thrift_container_size_limit": NAMES}
        with ParquetFile(path, **limits) as file:
            columns = set(file.schema_arrow.names)
            check(columns)
            texts = _texts(pyarrow, file.schema_arrow)
            for group in range(file.num_row_groups):
                if file.metadata.row_group(group).total_byte_size > GROUP:
                    raise SetupError(LARGE.format(path.name))
        # A word that many rows have is kept once, as the file has it, until each row is read.
        with ParquetFile(path, read_dictionary=texts, **limits) as file:
            yield from _rows(file, columns, most)
    except (pyarrow.ArrowException, OSError, UnicodeError):
        raise SetupError(UNREADABLE.format(path.name)) from None
    advance(path.stat().st_size)


def _texts(pyarrow: Any, schema: Any) -> list[str]:
    return [
        field.name
        for field in schema
        if pyarrow.types.is_string(field.type) or pyarrow.types.is_large_string(field.type)
    ]


def _rows(file: Any, columns: set[str], most: int) -> Iterator[Fields | tuple[int, Bad]]:
    line = 0
    for batch in file.iter_batches(batch_size=ROWS, use_threads=False):
        named = dict(zip(batch.schema.names, batch.columns, strict=True))
        for place in range(batch.num_rows):
            line += 1
            found = {name: column[place].as_py() for name, column in named.items()}
            try:
                yield Fields(_values(found, most), line, columns)
            except Bad as bad:
                yield line, bad


def _values(found: Mapping[str, Any], most: int) -> dict[str, Value]:
    values = {name: _value(name, value) for name, value in found.items()}
    if beyond(_texts_of(values), most):
        raise too_long(most)
    return values


def _texts_of(values: Mapping[str, Value]) -> Iterator[str]:
    for name, value in values.items():
        yield name
        yield from [value] if isinstance(value, str) else value


def _value(name: str, value: Any) -> Value:
    """The text that a CSV would have."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    raise Bad("INVALID_FORMAT", name, "", *NO_VALUE)


NO_VALUE = (
    "This type of column cannot stand here.",
    "Write text, numbers, days, true and false, or lists of texts.",
)
