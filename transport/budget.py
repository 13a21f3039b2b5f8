"""What callers may spend: a bucket of points for each, which fills again while they wait."""

import math
import time
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from schema.extensions.cost import points
from schema.extensions.documents import Estimate
from schema.extensions.errors import RATE_LIMITED
from transport.admission import TurnedAway

CALLERS = 100_000  # buckets kept in memory
SLOW = 600  # seconds that a bucket takes to fill which is kept longer than others


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one caller may do."""

    points: int = 2_000  # the size of the bucket
    restore: int = 100  # points a second
    at_once: int = 8  # requests
    lookups: int = 300  # of numbers and codes, an hour
    in_use: int = 20  # numbers and codes that they are told are in use, an hour


@dataclass(frozen=True, slots=True)
class Balance:
    """Whether points were taken, and how many are left."""

    granted: bool
    left: float


class Buckets(Protocol):
    """Where the buckets are kept: shared by all servers that share it."""

    async def take(self, caller: str, wanted: int, allowance: Allowance) -> Balance:
        """Take points if all of them are there, in one step; a negative number gives back."""

    async def close(self) -> None:
        """Let go of connections."""


class Memory:
    """Buckets of one process."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = CALLERS) -> None:
        """Start with full buckets; keep the `most` latest, and as many that take long to fill.

        Else whoever asks from very many addresses would push out what others, or they, have spent.
        """
        self._clock = clock
        self._most = most
        self._quick: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._slow: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def take(self, caller: str, wanted: int, allowance: Allowance) -> Balance:
        """Take points if all of them are there."""
        now = self._clock()
        kept = self._slow if allowance.points >= SLOW * allowance.restore else self._quick
        left, at = kept.pop(caller, (float(allowance.points), now))
        left = min(allowance.points, left + (now - at) * allowance.restore)
        granted = wanted <= left
        if granted:
            left = min(allowance.points, left - wanted)
        kept[caller] = left, now
        if len(kept) > self._most:
            kept.popitem(last=False)
        return Balance(granted, left)

    async def close(self) -> None:
        """Nothing is held."""


class Spent(TurnedAway):
    """The caller's points are spent."""

    code = RATE_LIMITED

    def __init__(self, seconds: int, cost: dict[str, int]) -> None:
        """Say when there are enough again; `cost` is told beside it."""
        super().__init__(
            f"You have {cost['remaining']} points left, this costs {cost['requested']}: try again"
            f" in {seconds} seconds."
        )
        self.seconds = seconds
        self.cost = cost


class Bill:
    """The points of one operation."""

    def __init__(self, estimate: Estimate, allowance: Allowance) -> None:
        """Know what is asked."""
        self.requested = max(1, estimate.points)
        self.actual = 0
        self.left = 0.0
        self._estimate = estimate
        self._allowance = allowance

    @property
    def reserved(self) -> int:
        """What is taken before it runs: what will be refused takes one point only."""
        return self.requested if self._estimate.runs else 1

    def begun(self) -> None:
        """From now on, it costs all that was reserved unless it is told to have cost less."""
        self.actual = self.reserved

    def answered(self, answer: Mapping[str, Any] | None) -> None:
        """Charge what is there, one point at least and no more than was asked for."""
        size = self._estimate.size
        there = points(size.spent(answer)) if size and answer else 0
        self.actual = min(self.reserved, max(1, there))

    def told(self) -> dict[str, int]:
        """What `extensions.cost` says."""
        return {
            "requested": self.requested,
            "actual": self.actual,
            "remaining": math.floor(self.left),
            "maximum": self._allowance.points,
            "restoreRate": self._allowance.restore,
        }


class Budget:
    """Reserves before an operation runs, and charges after."""

    def __init__(self, buckets: Buckets) -> None:
        """Keep them there."""
        self._buckets = buckets

    @asynccontextmanager
    async def reserved(
        self, caller: str, allowance: Allowance, estimate: Estimate
    ) -> AsyncIterator[Bill]:
        """The bill, settled when the block ends; raises Spent."""
        bill = Bill(estimate, allowance)
        balance = await self._buckets.take(caller, bill.reserved, allowance)
        bill.left = balance.left
        if not balance.granted:
            missing = bill.reserved - balance.left
            raise Spent(max(1, math.ceil(missing / allowance.restore)), bill.told())
        try:
            yield bill
        finally:
            back = bill.actual - bill.reserved
            if back:
                bill.left = (await self._buckets.take(caller, back, allowance)).left
