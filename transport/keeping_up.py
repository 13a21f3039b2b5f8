"""How many operations at once a server keeps up with, learnt from how long they take."""

import statistics
from collections import deque

LEAST = 3
FIRST = 8  # at the start, and as long as operations are slow by themselves
FEW = 2  # who runs beside no more than one other takes what is usual
TIMES = 2.0  # what is usual: who takes longer is one of too many
LONGEST = 1.0  # seconds, however long is usual
SHORT = 0.05  # seconds: nobody minds
UNKNOWN = 0.5  # seconds that are too long while nothing is usual yet
SLOW = 1.5  # times what is usual, where that is long itself
KNOWN = 100  # operations that tell what is usual
ROUND = 8  # operations that tell whether it takes too long
MORE = 0.125  # of the limit, when they do not
LESS = 0.75  # of the limit, when they take too long
STARVED = 0.25  # seconds in which nobody ends


class Limit:
    """How many may run at once.

    Beyond what keeps process and database busy, more at once end no sooner: all end later. So it
    falls when operations take several times what they take when there is no crowd, and rises while
    somebody waits and they do not. What counts is the median of the latest: a caller whose
    questions are slow has few of those that end.
    """

    def __init__(self, most: int) -> None:
        """Begin with few: to let in more takes a moment, a crowd that is let in stays long.

        Not with the fewest: while statements are planned for the first time, all are slow.
        """
        self._least = min(LEAST, most)
        self._most = most
        self._now = float(min(FIRST, most))
        self._usual: deque[float] = deque(maxlen=KNOWN)
        self._round: list[float] = []
        self._since = 0.0  # when it was lowered; who began before ran beside more
        self._ended = 0.0  # when somebody last did

    @property
    def now(self) -> int:
        """How many may run."""
        return int(self._now)

    def begin(self, now: float) -> None:
        """Somebody waits, and nobody did."""
        self._ended = now

    def ended(self, began: float, now: float, calm: bool, wanted: bool) -> None:
        """Learn from one that ended: `calm` if few ran beside it, `wanted` if somebody waits."""
        self._ended = now
        if calm:
            self._usual.append(now - began)
        if wanted and began >= self._since:
            self._round.append(now - began)
            if len(self._round) >= ROUND:
                self._learn(now)

    def starved(self, now: float) -> bool:
        """Let some more in if nobody ends: those who run are slow, but not by their number."""
        if now - self._ended < max(STARVED, self._long()) or self._now >= self._most:
            return False
        self._now = min(self._most, self._now + FIRST)
        self._ended = now
        return True

    def _learn(self, now: float) -> None:
        median = statistics.median(self._round)
        if median > self._long():
            least = min(FIRST, self._most) if median > UNKNOWN else self._least
            self._now = min(self._now, max(least, self._now * LESS))
            self._since = now
        else:
            self._now = min(self._most, self._now + max(1.0, self._now * MORE))
        self._round = []

    def _long(self) -> float:
        if not self._usual:
            return UNKNOWN
        usual = statistics.median(self._usual)
        return max(SHORT, usual * SLOW, min(LONGEST, usual * TIMES))
