"""What every command is given beside what it writes."""

import hashlib
import hmac
from dataclasses import dataclass
from enum import Enum
from typing import Final, Literal, TypeAlias, TypeVar

from graph.identifiers import IdentifierKey
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
    """Who gives which command, and why.

    `digest` is of its whole input, keyed. `key` is the caller's own; it is remembered by `memory`,
    which is keyed too: nothing that a caller makes up is stored as it is.
    """

    name: str
    viewer: Viewer
    digest: str
    key: str | None = None
    memory: str | None = None
    expected: int | None = None
    reason: str | None = None


def kept(given: Given[T], standing: T | None) -> T | None:
    """The new value, or the one that stands."""
    return standing if given is KEEP else given


def keyed(key: IdentifierKey, told: bytes) -> str:
    """A hash that nobody can try inputs against: one may hold an importer number."""
    return hmac.new(key.derive(b"idempotency"), told, hashlib.sha256).hexdigest()


def memory_of(key: IdentifierKey, text: str) -> str:
    """What a caller's own key of a write is remembered by: a caller may write anything there."""
    return keyed(key, text.encode(errors="surrogatepass"))
