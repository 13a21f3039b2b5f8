"""How much a file may hold."""

from collections.abc import Iterable
from dataclasses import dataclass

from graph.load.check import Bad


@dataclass(frozen=True, slots=True)
class Limits:
    """Of one load."""

    row: int = 65_536  # bytes of a row, in UTF-8
    rows: int = 10_000_000  # of a file


USUAL = Limits()


def beyond(texts: Iterable[str], most: int) -> bool:
    """Whether texts have more than so many bytes together."""
    count = 0
    for text in texts:
        count += len(text) if text.isascii() else len(text.encode())
        if count > most:
            return True
    return False


def too_long(most: int, remedy: str = "Shorten it.") -> Bad:
    """Why a row is refused."""
    return Bad("OUT_OF_RANGE", "", "", f"The row has more than {most:,} bytes.", remedy)


def too_many(file: str, most: int) -> str:
    """Why no more of a file is read."""
    return (
        f"{file} has more than {most:,} rows. Split it, and load the parts: rows that are loaded"
        " already change nothing."
    )
