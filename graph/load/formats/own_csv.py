"""CSV: header and rows as spreadsheets write them.

A quote that nobody closes would swallow the rest of the file: it costs its own line only.
"""

import csv
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from graph.errors import SetupError
from graph.load.check import Bad
from graph.load.fields import Check, Fields
from graph.load.files import Advance, opened, readline
from graph.load.limits import USUAL, beyond, too_long
from graph.text import named

DELIMITERS = ",;\t|"
LONGEST = 100  # lines that one quoted value may go over


def rows(
    path: Path, advance: Advance, check: Check, most: int = USUAL.row
) -> Iterator[Fields | tuple[int, Bad]]:
    """Each row with the line it starts on; one that is none, or too long, is told as Bad."""
    with opened(path, advance) as text:
        line, head = 1, readline(text, most)
        while head and not head.strip():
            line, head = line + 1, readline(text, most)
        if beyond([head], most):
            raise SetupError(f"{path.name}: the line that names the columns is too long.")
        delimiter = max(DELIMITERS, key=head.count)
        columns = [column(name) for name in _parsed([head], delimiter) or []]
        _check(path, columns)
        check(set(columns) - {""})
        yield from _rows(text, columns, delimiter, line + 1, most)


def column(name: str) -> str:
    """A header as we compare it: `Filer Code` is `filer_code`."""
    return "_".join(name.strip().casefold().replace("-", " ").split())


def _check(path: Path, columns: list[str]) -> None:
    if not any(columns):
        raise SetupError(f"{path.name} is empty: its first line must name the columns.")
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise SetupError(f"{path.name} has column {named(twice[0])} twice: remove one.")


def _rows(
    text: TextIO, columns: list[str], delimiter: str, line: int, most: int
) -> Iterator[Fields | tuple[int, Bad]]:
    names = {name for name in columns if name}
    again: deque[str] = deque()
    while record := _record(text, again, delimiter, most):
        long = beyond(record, most)
        values = None if long else _parsed(record, delimiter)
        if values is None or not _fits(values, columns):
            again.extendleft(reversed(record[1:]))
            del record[1:]
            yield line, too_long(most, UNCLOSED) if long else _wrong(values, columns)
        elif any(value.strip() for value in values):
            pairs = zip(columns, values, strict=False)
            yield Fields({name: value for name, value in pairs if name}, line, names)
        line += len(record)


def _record(text: TextIO, again: deque[str], delimiter: str, most: int) -> list[str]:
    """The lines of one row, those that were given back first."""
    lines: list[str] = []
    while len(lines) < LONGEST:
        following = again.popleft() if again else readline(text, most)
        if not following:
            break
        lines.append(following)
        if beyond(lines, most) or _parsed(lines, delimiter) is not None:
            return lines
    return lines


def _parsed(lines: list[str], delimiter: str) -> list[str] | None:
    """The values of a row; None while a quote is open."""
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        # Over several lines, a quote in the middle of a value closes one that was left open.
        if "unexpected end" in str(error) or len(lines) > 1:
            return None
    try:
        return next(csv.reader(lines, delimiter=delimiter), [])
    except csv.Error:
        return []


def _fits(values: list[str], columns: list[str]) -> bool:
    """Whether every column has a value; empty values too many do no harm."""
    if not any(value.strip() for value in values):
        return True
    return len(values) >= len(columns) and not any(v.strip() for v in values[len(columns) :])


def _wrong(values: list[str] | None, columns: list[str]) -> Bad:
    if values is None:
        return Bad("INVALID_FORMAT", "", "", *QUOTE)
    reason = f"The row has {len(values)} values, the header names {len(columns)} columns."
    remedy = "Put a value that contains the separator in quotes."
    return Bad("INVALID_FORMAT", "", "", reason, remedy)


UNCLOSED = "Shorten it; perhaps a quote is opened and not closed."
QUOTE = (
    "A quote is opened and not closed.",
    "Close it, and double the quotes inside a value.",
)
