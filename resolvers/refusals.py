"""Codes by which writes are refused, for who keeps a record of what the operation came to."""

from collections.abc import Iterable
from contextvars import ContextVar

_codes: ContextVar[set[str] | None] = ContextVar("refusals", default=None)


def noting() -> set[str]:
    """Begin: the codes of all refusals of the operation that runs from here on will be in it."""
    codes: set[str] = set()
    _codes.set(codes)
    return codes


def note(codes: Iterable[str]) -> None:
    """A write was refused by these."""
    if (found := _codes.get()) is not None:
        found.update(map(str, codes))
