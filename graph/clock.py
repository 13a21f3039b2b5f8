"""The clock that is recorded by: the machine's, but never before what has been recorded already.

A machine's clock may step back, and two servers of one graph have two. Whatever is recorded is
recorded after all that its server has seen recorded, and is read from then on (security.md, R26).
"""

import logging
from datetime import UTC, datetime, timedelta

AHEAD = timedelta(hours=1)
"""How far ahead of the machine's clock an instant is followed; beyond, some clock was far wrong."""
TICK = timedelta(microseconds=1)  # the finest that the store and answers tell apart
TOLD = 1.0  # seconds behind that are worth a line in the log, once an hour
log = logging.getLogger(__name__)


class Clock:
    """What a process knows of time: its machine's clock, and the last instant it saw recorded."""

    def __init__(self) -> None:
        """Nothing was seen yet."""
        self.seen: datetime | None = None
        self._told: datetime | None = None

    def now(self) -> datetime:
        """This instant, in UTC: not before what was recorded, so that a reader sees all of it."""
        machine = datetime.now(UTC)
        return self.seen if self.seen and machine < self.seen <= machine + AHEAD else machine

    def after(self, last: datetime | None) -> datetime:
        """An instant to record at: this one, and later than the last that the graph has."""
        machine = datetime.now(UTC)
        if last is None or last < machine or last > machine + AHEAD:
            return machine
        behind = (last - machine).total_seconds()
        hour = last.replace(minute=0, second=0, microsecond=0)
        if behind > TOLD and self._told != hour:
            self._told = hour
            log.warning("This clock is %.0f seconds behind what has been recorded.", behind)
        return last + TICK

    def see(self, recorded: datetime | None) -> None:
        """Note that something was recorded at an instant."""
        if recorded and (self.seen is None or recorded > self.seen):
            self.seen = recorded


CLOCK = Clock()
