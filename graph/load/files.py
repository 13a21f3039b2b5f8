"""Files as they are met: byte order marks, encodings, and how far reading has come."""

import codecs
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from graph.errors import SetupError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BLOCK = 1 << 20
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
Advance = Callable[[int], None]


def encoding(path: Path) -> str:
    """By its byte order mark; else UTF-8 if all of it is that, else Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        start = file.read(4)
        for mark, name in MARKS:
            if start.startswith(mark):
                return name
        try:
            decoder.decode(start)
            while block := file.read(BLOCK):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"


def readline(text: TextIO, most: int) -> str:
    """The next line; of a longer one `most` characters and one more: no file fills the memory."""
    line = text.readline(most + 1)
    cut = line
    while len(cut) > most and cut[-1] not in "\r\n":
        cut = text.readline(most + 1)
    return line


class _Counted(io.FileIO):
    """Tells how many bytes were read."""

    advance: Advance = staticmethod(lambda _: None)

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        """Read, and tell."""
        count = super().readinto(buffer)
        self.advance(count or 0)
        return count


@contextmanager
def opened(path: Path, advance: Advance) -> Iterator[TextIO]:
    """The text of a file, its line ends as they are. Raises SetupError if it cannot be read."""
    try:
        name = encoding(path)
        raw = _Counted(path)
    except OSError as error:
        raise SetupError(f"{path} cannot be read: {error.strerror}.") from None
    raw.advance = advance
    errors = "replace" if name == "cp1252" else "strict"  # five of its bytes stand for nothing
    with io.TextIOWrapper(io.BufferedReader(raw), encoding=name, errors=errors, newline="") as text:
        yield text
