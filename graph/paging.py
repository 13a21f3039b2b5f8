"""Page arguments and cursors: sealed sort keys that fit one list in one order and filter."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from graph import ids
from graph.errors import BadInput, CursorInvalid
from graph.lists import Sort, Window

MOST = 100
USUAL = 20
COMPACT = json.JSONEncoder(separators=(",", ":")).encode


class Seal:
    """Encrypts sort keys: a cursor tells nothing, and fits only the list it was made for."""

    def __init__(self, key: bytes) -> None:
        """Take a 512-bit key; the same key reads the cursors of other servers."""
        self._cipher = AESSIV(key)

    def closing(self, scope: Sequence[str]) -> Callable[[Sort], str]:
        """What makes the cursors of entries in the list that `scope` names."""
        parts = [part.encode() for part in scope]

        def close(sort: Sort) -> str:
            body = COMPACT(sort).encode()
            return ids.encode_bytes(self._cipher.encrypt(body, parts))

        return close

    def open(self, scope: Sequence[str], cursor: str | None, argument: str) -> Sort | None:
        """The sort key in a cursor. Raises CursorInvalid when it is not of this list."""
        if cursor is None:
            return None
        try:
            sealed = ids.decode_bytes(cursor)
            body = self._cipher.decrypt(sealed, [part.encode() for part in scope])
        except (ValueError, InvalidTag):
            raise CursorInvalid(
                f"Argument '{argument}' is not a cursor of this list in this order and filter."
                " Take one from its own edges or pageInfo."
            ) from None
        return tuple(json.loads(body))


def window(
    seal: Seal,
    scope: Sequence[str],
    first: int | None,
    after: str | None,
    last: int | None,
    before: str | None,
) -> Window:
    """The window that page arguments ask for. Raises BadInput, which names the argument."""
    if first is not None and last is not None:
        raise BadInput("Arguments 'first' and 'last' exclude each other: give one of them.")
    name = "first" if last is None else "last"
    size = last if last is not None else USUAL if first is None else first
    if not 1 <= size <= MOST:
        raise BadInput(f"Argument '{name}' must be between 1 and {MOST}.")
    return Window(
        size,
        seal.open(scope, after, "after"),
        seal.open(scope, before, "before"),
        backward=last is not None,
    )


def trim(entries: list[Any], window: Window) -> tuple[list[Any], bool, bool]:
    """The entries of a page out of one more than fit, and whether more follow or precede."""
    more = len(entries) > window.size
    if window.backward:
        return entries[-window.size :], window.before is not None, more
    return entries[: window.size], more, window.after is not None
