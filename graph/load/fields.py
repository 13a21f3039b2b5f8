"""One row of a file by the names of its columns; what is wrong is told with its column."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from graph.load import check
from graph.load.check import Bad

Value = str | list[str]
Check = Callable[[set[str]], None]
"""Told the columns of a file; raises SetupError for those that cannot be."""
T = TypeVar("T")
Word = TypeVar("Word", bound=StrEnum)
COUNTRY = re.compile(r"[A-Z]{2}")
CODE = re.compile(r"[A-Z][A-Z0-9_.]*")


class Fields:
    """The values of one row, empty ones included."""

    def __init__(self, values: Mapping[str, Value], line: int, columns: set[str]) -> None:
        """`columns` are those of the file: an absent column leaves a property as it is."""
        self._values = values
        self.line = line
        self.columns = columns

    def __contains__(self, column: str) -> bool:
        """Whether the file has the column."""
        return column in self.columns

    def text(self, column: str) -> str | None:
        """The value without outer spaces; None if it is empty."""
        value = self._values.get(column, "")
        if isinstance(value, list):
            value = "; ".join(value)
        return value.strip() or None

    def required(self, column: str) -> str:
        """The value, which must be there."""
        if (value := self.text(column)) is None:
            raise Bad("REQUIRED", column, "", f"Column {column} is empty.", "Fill it in.")
        return value

    def items(self, column: str) -> list[str]:
        """A list: of JSON, or separated by semicolons."""
        value = self._values.get(column, "")
        parts = value if isinstance(value, list) else value.split(";")
        return [part.strip() for part in parts if part.strip()]

    def as_(self, convert: Callable[[str, str], T], column: str) -> T | None:
        """The value converted by one of the functions of check; None if it is empty."""
        value = self.text(column)
        return None if value is None else convert(value, column)

    def must(self, convert: Callable[[str, str], T], column: str) -> T:
        """The value converted, which must be there."""
        return convert(self.required(column), column)

    def id(self, column: str = "id") -> str:
        """A business key."""
        return self.must(check.identity, column)

    def day(self, column: str) -> date | None:
        """A day."""
        return self.as_(check.day, column)

    def word(self, words: type[Word], column: str) -> Word | None:
        """One of a fixed list of words, in any case."""
        return self.as_(lambda text, place: _word(words, text, place), column)

    def country(self, column: str = "country") -> str | None:
        """Two letters of ISO 3166-1."""
        return self.as_(_country, column)

    def code(self, column: str) -> str | None:
        """A code of a vocabulary."""
        return self.as_(code, column)

    def codes(self, column: str) -> list[str]:
        """Codes of a vocabulary."""
        return [code(item, column) for item in self.items(column)]


def code(text: str, column: str) -> str:
    """A code of an open vocabulary: capitals, digits and underscores."""
    written = text.strip().upper().replace(" ", "_").replace("-", "_")
    if CODE.fullmatch(written) is None:
        reason = "This is no code."
        raise Bad("INVALID_FORMAT", column, text, reason, "Write capitals and underscores: AD_CVD.")
    return written


def _word(words: type[Word], text: str, column: str) -> Word:
    written = text.strip().upper().replace(" ", "_").replace("-", "_")
    if written not in set(words):
        allowed = ", ".join(words)
        raise Bad(
            "INVALID_FORMAT", column, text, "This word is not known here.", f"Write {allowed}."
        )
    return words(written)


def _country(text: str, column: str) -> str:
    written = text.strip().upper()
    if COUNTRY.fullmatch(written) is None:
        remedy = "Write the two letters of ISO 3166-1, such as US."
        raise Bad("INVALID_FORMAT", column, text, "This is no country code.", remedy)
    return written
