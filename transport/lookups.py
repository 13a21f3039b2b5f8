"""How many importer numbers and filer codes a caller may find out about: who tries all is stopped.

A number is found out about by looking it up, and by being told that it cannot be taken.
"""

import math
from dataclasses import dataclass

from graph.errors import RateLimited, Unavailable
from transport.admission import TurnedAway
from transport.budget import Allowance, Balance, Buckets

HOUR = 3600  # seconds, and what one look-up takes of a bucket that fills again in an hour


@dataclass(frozen=True, slots=True)
class Lookups:
    """The look-ups of one caller: a bucket of their own beside that of points."""

    buckets: Buckets
    caller: str
    most: int  # an hour

    async def __call__(self) -> None:
        """Count one more. Raises RateLimited, or Unavailable if nobody can say."""
        balance = await _taken(self.buckets, f"lookups:{self.caller}", self.most, 1)
        if not balance.granted:
            seconds = _wait(balance, self.most)
            raise RateLimited(
                f"You may look up {self.most} importer numbers and filer codes an hour: try again"
                f" in {seconds} seconds. Follow relationships by id instead, or read a list."
            )


@dataclass(frozen=True, slots=True)
class InUse:
    """The numbers and codes that a caller is told are in use, each for itself."""

    buckets: Buckets
    caller: str
    most: int  # an hour

    async def __call__(self, number: int) -> None:
        """Count so many; fewer than none are given back.

        Raises RateLimited, or Unavailable if nobody can say. Where there are some left, but too
        few, they are gone too: the caller has learnt that so many are in use.
        """
        name = f"in-use:{self.caller}"
        balance = await _taken(self.buckets, name, self.most, number)
        if balance.granted:
            return
        if rest := math.floor(balance.left / HOUR):
            balance = await _taken(self.buckets, name, self.most, rest)
        raise RateLimited(
            f"You have been told of {self.most} importer numbers and filer codes in an hour that"
            f" they are in use: try again in {_wait(balance, self.most)} seconds."
        )


async def _taken(buckets: Buckets, name: str, most: int, number: int) -> Balance:
    """Whether so many were left of what there is in an hour."""
    bucket = Allowance(points=most * HOUR, restore=most)
    try:
        return await buckets.take(name, number * HOUR, bucket)
    except TurnedAway as error:
        raise Unavailable(str(error)) from None


def _wait(balance: Balance, most: int) -> int:
    """Seconds until there is one again."""
    return max(1, math.ceil((HOUR - balance.left) / most))
