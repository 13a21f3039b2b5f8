"""How many streams may run at once: in all, and of one caller."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from schema.extensions.errors import LIMIT_EXCEEDED, Refused
from transport.tokens import Viewer


class Streams:
    """The streams that run in this process."""

    def __init__(self, most: int = 1_000, of_one: int = 20) -> None:
        """Let in so many, and so many of one caller."""
        self._most, self._of_one = most, of_one
        self._running: Counter[str] = Counter()

    @contextmanager
    def place(self, viewer: Viewer | None) -> Iterator[None]:
        """Count a stream while it runs. Raises Refused."""
        who = str(getattr(viewer, "id", ""))
        if self._running.total() >= self._most:
            raise Refused("The server runs too many streams: try again later.", LIMIT_EXCEEDED)
        if self._running[who] >= self._of_one:
            raise Refused("You have too many streams: end one first.", LIMIT_EXCEEDED)
        self._running[who] += 1
        try:
            yield
        finally:
            self._running[who] -= 1
            if not self._running[who]:
                del self._running[who]
