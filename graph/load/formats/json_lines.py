"""JSON lines: one object a line, with the names of our columns."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.load.check import Bad
from graph.load.fields import Check, Fields, Value
from graph.load.files import Advance, opened, readline
from graph.load.limits import USUAL, beyond, too_long


def rows(
    path: Path, advance: Advance, check: Check, most: int = USUAL.row
) -> Iterator[Fields | tuple[int, Bad]]:
    """Each object with its line; what is none, or has more than so many bytes, is told as Bad."""
    with opened(path, advance) as text:
        for line, written in enumerate(iter(lambda: readline(text, most), ""), 1):
            if not written.strip():
                continue
            try:
                found = _fields(written, line, most)
            except Bad as bad:
                yield line, bad
                continue
            check(found.columns)
            yield found


def _fields(written: str, line: int, most: int) -> Fields:
    if beyond([written], most):
        raise too_long(most)
    try:
        # Numbers stay as written: 33.30 is not rounded on the way.
        found = json.loads(written, parse_float=str, parse_int=str)
    except (ValueError, RecursionError):
        raise Bad("INVALID_FORMAT", "", "", *NO_JSON) from None
    if not isinstance(found, dict):
        raise Bad("INVALID_FORMAT", "", "", *NO_OBJECT)
    values = {name: _value(name, value) for name, value in found.items()}
    return Fields(values, line, set(values))


def _value(name: str, value: Any) -> Value:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    if not isinstance(value, str):
        raise Bad("INVALID_FORMAT", name, "", *NO_VALUE)
    return value


NO_JSON = ("This is no JSON.", "Write one object a line, and nothing else.")
NO_OBJECT = ("This is no JSON object.", 'Write {"column": value, ...}.')
NO_VALUE = ("An object cannot stand here.", "Write text, a number, true, false or a list of texts.")
