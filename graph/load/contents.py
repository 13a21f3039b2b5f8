"""What can be loaded and in which formats: a reader for each."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from graph.errors import SetupError
from graph.load import accounts, parties, performance, relationships, risk_flags, staff
from graph.load.check import Bad
from graph.load.context import Context, Read
from graph.load.fields import Check, Fields
from graph.load.files import Advance
from graph.load.formats import (
    cbp_permits,
    epa_ghgrp,
    json_lines,
    own_csv,
    parquet,
    wikidata_owners,
)
from graph.load.records import bods_units, gleif_units
from graph.load.rows import Refusal
from graph.load.units import Refused, Unit
from graph.reference import rows as reference
from graph.secrecy import hidden
from graph.text import named

Item = Unit | Refused
Reader = Callable[[Sequence[Path], Context, Advance], Iterator[Item]]
Find = Callable[[Path, Advance, Check, int], Iterator[Fields | tuple[int, Bad]]]
TABLES = (own_csv.rows, parquet.rows)  # every row has every column
ALSO = {"source", "source_reference", "source_url"}
CLASSES = {"class", "fact_class", "classification", "restricted"}
UNCLASSED = (
    "A fact has the class of its kind, which no file raises or lowers: leave restricted facts out,"
    " and the column."
)


@dataclass(frozen=True, slots=True)
class Lines:
    """A reader of files with a row a line."""

    find: Find
    read: Read
    required: tuple[str, ...]
    columns: frozenset[str] | None = None  # all there may be; None where others may stand
    source_of: Callable[[str], str] | None = None

    def __call__(self, files: Sequence[Path], context: Context, advance: Advance) -> Iterator[Item]:
        """The units of all files, one after the other."""
        for path in files:
            default = self.source_of(path.stem) if self.source_of else None
            said = replace(context, source=context.source or default)
            yield from self._file(path, said, advance)

    def _file(self, path: Path, context: Context, advance: Advance) -> Iterator[Item]:
        check = partial(self._check, path)
        for found in self.find(path, advance, check, context.row):
            if isinstance(found, tuple):
                yield Refused(Refusal(found[0], *found[1].told), path.name)
                continue
            try:
                yield Unit(tuple(self.read(found, context)), found.line, path.name)
            except Bad as bad:
                yield Refused(Refusal(found.line, *bad.told), path.name)

    def _check(self, path: Path, columns: set[str]) -> None:
        if self.find in TABLES and (missing := set(self.required) - columns):
            raise SetupError(f"{path.name} has no column {sorted(missing)[0]}.")
        if self.columns is None:
            return
        if classes := sorted(columns & CLASSES):
            raise SetupError(f"{path.name} has a column {classes[0]}. {UNCLASSED}")
        for name in sorted(columns - self.columns - ALSO):
            near = difflib.get_close_matches(name, self.columns, 1)
            hint = f"; did you mean {near[0]}?" if near else ": remove it."
            raise SetupError(f"{path.name} has a column {named(name)} that is not known{hint}")


@dataclass(frozen=True, slots=True)
class Records:
    """A reader of files of records that refer to each other."""

    units: Callable[[Sequence[Path], Context, Advance], Iterator[Item]]
    things_only: bool = False

    def __call__(self, files: Sequence[Path], context: Context, advance: Advance) -> Iterator[Item]:
        """The units of all files."""
        for item in self.units(files, context, advance):
            if self.things_only and isinstance(item, Unit):
                if len(item.things) == len(item.rows):
                    yield item
            else:
                yield item


def _reference(files: Sequence[Path], _: Context, advance: Advance) -> Iterator[Item]:
    for item in reference.read(files):
        if isinstance(item, Refusal):
            yield Refused(item)
        else:
            yield Unit((item,), item.line)
    advance(sum(path.stat().st_size for path in files))


def _own(module: object) -> dict[str, Reader]:
    read, required, columns = (getattr(module, name) for name in ("read", "REQUIRED", "COLUMNS"))
    known = frozenset(columns)
    return {
        "csv": Lines(own_csv.rows, read, required, known),
        "json-lines": Lines(json_lines.rows, read, required, known),
        "parquet": Lines(parquet.rows, read, required, known),
    }


CONTENTS: dict[str, dict[str, Reader]] = {
    "accounts": _own(accounts),
    "parties": _own(parties)
    | {
        "gleif": Records(gleif_units, things_only=True),
        "bods": Records(bods_units, things_only=True),
        "cbp-permits": Lines(
            own_csv.rows, cbp_permits.read, cbp_permits.REQUIRED, None, cbp_permits.source_of
        ),
    },
    "relationships": _own(relationships)
    | {
        "epa-ghgrp": Lines(
            own_csv.rows, epa_ghgrp.read, epa_ghgrp.REQUIRED, None, epa_ghgrp.source_of
        ),
        "wikidata-owners": Lines(
            own_csv.rows, wikidata_owners.read, wikidata_owners.REQUIRED, None
        ),
        "gleif": Records(gleif_units),
        "bods": Records(bods_units),
    },
    "performance": _own(performance),
    "risk-flags": _own(risk_flags),
    "staff": _own(staff),
    "reference-data": {"csv": _reference},
}
SUFFIXES = {".jsonl": "json-lines", ".ndjson": "json-lines", ".parquet": "parquet"}


def reader(content: str, format_: str | None, files: Sequence[Path]) -> Reader:
    """The reader for a content and a format; own formats are told by the files' names.

    Raises SetupError for what is not known or not there.
    """
    if content not in CONTENTS:
        raise SetupError(f"{hidden(content)} cannot be loaded: write {', '.join(CONTENTS)}.")
    for path in files:
        if not path.is_file():
            raise SetupError(f"There is no file {path}.")
    formats = CONTENTS[content]
    chosen = format_ or SUFFIXES.get(files[0].suffix.lower() if files else "", "csv")
    if chosen not in formats:
        raise SetupError(f"{content} has no format {chosen}: write {', '.join(formats)}.")
    return formats[chosen]
