"""Whether what a command names is within the caller's bounds, beside what it changes."""

from collections.abc import Iterable

from graph.bounds import OUTSIDE
from graph.commands.writing import Path, Writing
from graph.terms import UserErrorCode

UNTIED = (
    "You write of your own accounts: this is none, hangs on none, and holds no number or code of"
    " one. Ask who manages the account that it is about."
)


def within(writing: Writing, place: str | None, *path: Path) -> None:
    """Note a Center, or a member of staff, outside of the one that the caller assigns in."""
    if not writing.bounds.holds(place):
        writing.refuse(UserErrorCode.NOT_PERMITTED, OUTSIDE, *path)


def tied(writing: Writing, keys: Iterable[str], *path: Path) -> None:
    """Note it if none of these things has to do with an account of the caller's own."""
    if not any(map(writing.bounds.ties, keys)):
        writing.refuse(UserErrorCode.NOT_PERMITTED, UNTIED, *path)
