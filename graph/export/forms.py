"""How a format is written: things and relationships as they come, put together at the end.

Each goes to a file of its own on the way, since most formats want all things first; the head is
written last, so that it can tell how complete the file is. Nothing is held in memory.
"""

import re
import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from typing import Any, BinaryIO, ClassVar

import orjson

from graph.export.columns import Row, plain

BLOCK = 1 << 20
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # in XML 1.0


class Form(ABC):
    """A format: how its file is called and what it is."""

    name: ClassVar[str]
    media: ClassVar[str]

    def __init__(self, things: BinaryIO, claims: BinaryIO, day: date) -> None:
        """Write to these two on the way; the file holds on this day."""
        self._things, self._claims, self.day = things, claims, day

    @abstractmethod
    def thing(self, row: Row) -> None:
        """Take the next thing."""

    @abstractmethod
    def claim(self, row: Row) -> None:
        """Take the next relationship: its ends come as things, before or after it."""

    @abstractmethod
    def whole(self, out: BinaryIO, about: "About") -> None:
        """Put the file together."""


class About:
    """What a file tells of itself: all that the request and the graph make of it, and the moment.

    These two are lines of their own, so that files of the same graph differ in the last one alone.
    """

    def __init__(self, told: Mapping[str, Any], moment: Mapping[str, Any]) -> None:
        """Take both as plain values."""
        self.told, self.moment = told, moment

    @property
    def lines(self) -> tuple[str, str]:
        """Both as JSON, each on one line."""
        return _json(self.told).decode(), _json(self.moment).decode()


def joined(out: BinaryIO, *files: BinaryIO) -> None:
    """Add what was written to these."""
    for file in files:
        file.seek(0)
        shutil.copyfileobj(file, out, BLOCK)


def told(row: Mapping[str, Any]) -> bytes:
    """A row as JSON on one line."""
    return _json({name: plain(value) for name, value in row.items()})


def legal(text: str) -> str:
    """The text as XML may hold it."""
    return ILLEGAL.sub("\ufffd", text)


def _json(value: Any) -> bytes:
    return orjson.dumps(value)
