"""Writes that may be told that a number or code is in use: nobody finds them all by trying."""

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from typing import Any

from graph import records
from graph.errors import GraphError
from graph.terms import UserErrorCode
from resolvers.context import Info
from resolvers.writes.command import answered

Counts = Callable[[int], Awaitable[None]]
IN_USE = frozenset({UserErrorCode.IDENTIFIER_IN_USE})
REGISTERED = IN_USE | {UserErrorCode.ALREADY_EXISTS}


async def identifying(
    info: Info,
    written: Coroutine[Any, Any, records.Written],
    telling: frozenset[UserErrorCode] = IN_USE,
) -> records.Written:
    """What came of a command whose refusals by these codes tell that something is in use.

    Raises RateLimited before anything is asked if the caller was told of too many, and in place of
    an answer that would tell of more than are left.
    """
    counts = info.context.tells_in_use
    try:
        await counts(1)
    except GraphError:
        written.close()  # it has not begun
        raise
    try:
        found = await answered(info, written)
    except GraphError:  # nothing was told
        await _given_back(counts)
        raise
    told = sum(error.code in telling for error in found.user_errors)
    if told > 1:
        await counts(told - 1)
    elif not told:
        await _given_back(counts)
    return found


async def _given_back(counts: Counts) -> None:
    """One that was not told of; what came of the command stands where that cannot be counted."""
    with suppress(GraphError):
        await counts(-1)
