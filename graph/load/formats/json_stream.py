"""JSON documents read value by value: an array may be larger than memory."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from graph.load.check import Bad
from graph.load.files import BLOCK, Advance, opened

DECODER = json.JSONDecoder(parse_float=str)
LARGEST = 64 << 20  # characters in one value
SPACE = re.compile(r"[ \t\r\n,]*")


def values(path: Path, advance: Advance) -> Iterator[tuple[int, Any]]:
    """The elements of the array that a document is, or its values, each with its line.

    Raises Bad where the text is no JSON: what follows cannot be found.
    """
    with opened(path, advance) as text:
        stream = _Stream(text)
        inside = stream.peek() == "["
        stream.place += inside
        while (character := stream.peek()) and not (inside and character == "]"):
            line = stream.line
            yield line, stream.value()
        if inside and not character:
            raise stream.broken()


class _Stream:
    """A text of which a part is in memory."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._buffer = ""
        self.place = 0
        self.line = 1

    def peek(self) -> str:
        """The next character that is no space or comma; empty at the end."""
        while True:
            self._to(SPACE.match(self._buffer, self.place).end())  # type: ignore[union-attr]
            if self.place < len(self._buffer):
                return self._buffer[self.place]
            if not self._more():
                return ""

    def value(self) -> Any:
        """The next value."""
        while True:
            try:
                found, end = DECODER.raw_decode(self._buffer, self.place)
            except RecursionError:
                raise self.broken() from None
            except ValueError:
                if len(self._buffer) - self.place > LARGEST or not self._more():
                    raise self.broken() from None
                continue
            if end < len(self._buffer) or not self._more():  # a number may go on
                self._to(end)
                return found

    def broken(self) -> Bad:
        """That the text is no JSON from here on."""
        reason = f"The text is no JSON from the value that begins on line {self.line}."
        remedy = "Get the file again; it may have been cut off."
        return Bad("INVALID_FORMAT", "", "", reason, remedy)

    def _to(self, place: int) -> None:
        self.line += self._buffer.count("\n", self.place, place)
        self.place = place

    def _more(self) -> bool:
        """Read on, more at a time while a value does not end."""
        rest = self._buffer[self.place :]
        more = self._text.read(max(BLOCK, len(rest)))
        self._buffer, self.place = rest + more, 0
        return bool(more)
