"""What every command is given beside what it writes."""

from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, TypeAlias, TypeVar

from graph.policy import Viewer

T = TypeVar("T")


class Kept(Enum):
    """A value that was left out stands."""

    KEEP = "keep"


KEEP: Final = Kept.KEEP
Given: TypeAlias = T | Literal[Kept.KEEP] | None
"""A new value, none at all, or the one that stands."""


@dataclass(frozen=True, slots=True)
class Header:
    """Who gives which command, and why; `digest` is of its whole input, keyed."""

    name: str
    viewer: Viewer
    digest: str
    key: str | None = None
    expected: int | None = None
    reason: str | None = None


def kept(given: Given[T], standing: T | None) -> T | None:
    """The new value, or the one that stands."""
    return standing if given is KEEP else given
