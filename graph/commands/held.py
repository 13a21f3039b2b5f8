"""What a command has read, and nobody else may change until it ends."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from graph.rows import OPEN_DAY, UNKNOWN_DAY, Row, native

_ROW = ("claim", "type", "start", "end", "version", "standing")


@dataclass(frozen=True, slots=True)
class Held:
    """A thing that nobody else may change until the command ends."""

    key: str
    labels: frozenset[str]
    properties: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The id within its kind."""
        return self.key.partition(":")[2]

    @property
    def version(self) -> int:
        """How often it was written."""
        return int(self.properties.get("version") or 1)

    def get(self, name: str) -> Any:
        """A property; None if it is not set."""
        return native(self.properties.get(name))


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim and its version that stands; without `said` it was withdrawn."""

    claim: str
    type: str
    start: str
    end: str
    version: int
    said: Mapping[str, Any] | None

    @classmethod
    def of(cls, row: Row) -> "Standing":
        """Out of a statement's row."""
        return cls(*(row[name] for name in _ROW))

    def get(self, name: str) -> Any:
        """What it says; None if it is not said, unknown or open."""
        return native((self.said or {}).get(name))

    def holds(self, day: date) -> bool:
        """Whether it holds on the day."""
        first, last = self.get("validFrom") or UNKNOWN_DAY, self.get("validTo") or OPEN_DAY
        return bool(self.said) and first <= day < last
