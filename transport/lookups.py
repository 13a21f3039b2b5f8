"""How many importer numbers and filer codes a caller may look up: whoever tries all is stopped."""

import math
from dataclasses import dataclass

from graph.errors import RateLimited, Unavailable
from transport.admission import TurnedAway
from transport.budget import Allowance, Buckets

HOUR = 3600  # seconds, and what one look-up takes of a bucket that fills again in an hour


@dataclass(frozen=True, slots=True)
class Lookups:
    """The look-ups of one caller: a bucket of their own beside that of points."""

    buckets: Buckets
    caller: str
    most: int  # an hour

    async def __call__(self) -> None:
        """Count one more. Raises RateLimited, or Unavailable if nobody can say."""
        bucket = Allowance(points=self.most * HOUR, restore=self.most)
        try:
            balance = await self.buckets.take(f"lookups:{self.caller}", HOUR, bucket)
        except TurnedAway as error:
            raise Unavailable(str(error)) from None
        if not balance.granted:
            seconds = max(1, math.ceil((HOUR - balance.left) / self.most))
            raise RateLimited(
                f"You may look up {self.most} importer numbers and filer codes an hour: try again"
                f" in {seconds} seconds. Follow relationships by id instead, or read a list."
            )
