"""A table of Parquet that is written row by row, in groups."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from graph.export.columns import Row

TYPES = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int64(),
    float: pa.float64(),
    date: pa.date32(),
    datetime: pa.timestamp("us", tz="UTC"),
    tuple: pa.list_(pa.string()),
}


class Table:
    """Columns of a type each; what a row has not is null."""

    def __init__(self, file: BinaryIO, columns: Mapping[str, type], most: int) -> None:
        """Write to a file, so many rows at once."""
        self._schema = pa.schema([(name, TYPES[type_]) for name, type_ in columns.items()])
        self._writer = pq.ParquetWriter(file, self._schema, compression="zstd")
        self._rows: list[Row] = []
        self._most = most

    def add(self, row: Row) -> None:
        """Take a row."""
        self._rows.append(row)
        if len(self._rows) >= self._most:
            self._put()

    def end(self) -> None:
        """Write what is left; the file stays open."""
        self._put()
        self._writer.close()

    def _put(self) -> None:
        if self._rows:
            self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []
