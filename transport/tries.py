"""How often an address may try to sign in: who guesses is stopped."""

import math
from dataclasses import dataclass, replace

from schema.extensions.errors import RATE_LIMITED
from transport.admission import TurnedAway
from transport.budget import Allowance, Buckets

WORDS = "There were too many tries to sign in from your address: try again in {} seconds."


class TooOften(TurnedAway):
    """This address tried too often."""

    code = RATE_LIMITED

    def __init__(self, seconds: int) -> None:
        """Say when it may again."""
        super().__init__(WORDS.format(seconds))
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Tries:
    """The tries of all addresses, each counted for itself."""

    buckets: Buckets
    most: int = 10
    within: int = 300  # seconds
    way: str = "code"

    def returning(self) -> "Tries":
        """Those of people who come back from a provider: ten times as many, for a whole office."""
        return replace(self, most=10 * self.most, way="return")

    async def __call__(self, host: str) -> None:
        """Count one more. Raises TooOften, or TurnedAway if nobody can say."""
        bucket = Allowance(points=self.most * self.within, restore=self.most)
        balance = await self.buckets.take(f"sign-in:{self.way}:{host}", self.within, bucket)
        if not balance.granted:
            raise TooOften(max(1, math.ceil((self.within - balance.left) / self.most)))
