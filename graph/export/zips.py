"""Formats that are a zip of two tables and a manifest: CSV and Parquet."""

import csv
import hashlib
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, BinaryIO, ClassVar

import orjson

from graph.export.columns import CLAIM, THING, Row, Value, plain
from graph.export.forms import BLOCK, About, Form

NEVER = (1980, 1, 1, 0, 0, 0)  # when a member was made: nothing of the clock is in a file
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a spreadsheet would compute what begins so
ROWS = 5000  # of a group in Parquet


class Zipped(Form):
    """A zip of `nodes`, `relationships` and `manifest.json`."""

    extension: ClassVar[str]
    packing: ClassVar[int]
    media = "application/zip"
    parts: tuple[Mapping[str, Any], ...] = ()

    def whole(self, out: BinaryIO, about: About) -> None:
        """The tables, and what tells of them."""
        named = {"nodes": self._things, "relationships": self._claims}
        with zipfile.ZipFile(out, "w", self.packing, allowZip64=True) as packed:
            self.parts = tuple(
                _member(packed, f"{name}.{self.extension}", file) for name, file in named.items()
            )
            manifest = {**about.told, "moment": about.moment, "files": self.parts}
            text = orjson.dumps(manifest, option=orjson.OPT_INDENT_2) + b"\n"
            packed.writestr(_info("manifest.json", self.packing), text)


class Csv(Zipped):
    """Two tables as RFC 4180 has them, in UTF-8."""

    name = "graph.csv.zip"
    extension = "csv"
    packing = zipfile.ZIP_DEFLATED

    def __init__(self, things: BinaryIO, claims: BinaryIO, day: date) -> None:
        """Begin with the names of the columns."""
        super().__init__(things, claims, day)
        self._tables = csv.writer(Encoding(things)), csv.writer(Encoding(claims))
        for table, columns in zip(self._tables, (THING, CLAIM), strict=True):
            table.writerow(columns)

    def thing(self, row: Row) -> None:
        """A row of nodes."""
        self._tables[0].writerow([cell(row.get(name)) for name in THING])

    def claim(self, row: Row) -> None:
        """A row of relationships."""
        self._tables[1].writerow([cell(row.get(name)) for name in CLAIM])


class Parquet(Zipped):
    """Two tables with types; packed inside already, so that the zip only holds them together."""

    name = "graph.parquet.zip"
    extension = "parquet"
    packing = zipfile.ZIP_STORED

    def __init__(self, things: BinaryIO, claims: BinaryIO, day: date) -> None:
        """Begin with the columns."""
        super().__init__(things, claims, day)
        from graph.export.tables import Table  # a library of 150 MB that nothing else needs

        self._tables = Table(things, THING, ROWS), Table(claims, CLAIM, ROWS)

    def thing(self, row: Row) -> None:
        """A row of nodes."""
        self._tables[0].add(row)

    def claim(self, row: Row) -> None:
        """A row of relationships."""
        self._tables[1].add(row)

    def whole(self, out: BinaryIO, about: About) -> None:
        """End the tables first."""
        for table in self._tables:
            table.end()
        super().whole(out, about)


class Encoding:
    """Takes text for a file of bytes, which stays open when this is gone."""

    def __init__(self, file: BinaryIO) -> None:
        """Write there."""
        self._file = file

    def write(self, text: str) -> int:
        """Take a piece of text."""
        return self._file.write(text.encode(errors="replace"))


def cell(value: Value) -> str:
    """A value as a cell: a list as JSON; what a spreadsheet would compute is marked as text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return orjson.dumps(value).decode()
    told = str(plain(value))
    return f"'{told}" if isinstance(value, str) and told.startswith(FORMULA) else told


def _member(packed: zipfile.ZipFile, name: str, file: BinaryIO) -> dict[str, Any]:
    """Add a file, and tell what it is."""
    digest, size = hashlib.sha256(), 0
    with packed.open(_info(name, packed.compression), "w", force_zip64=True) as member:
        for block in _blocks(file):
            member.write(block)
            digest.update(block)
            size += len(block)
    return {"name": name, "bytes": size, "sha256": digest.hexdigest()}


def _info(name: str, packing: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, NEVER)
    info.compress_type = packing
    info.external_attr = 0o600 << 16
    return info


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(BLOCK):
        yield block
