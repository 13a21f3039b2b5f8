"""A clock that waits for nobody: an event loop whose time passes at once, always the same way."""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class Loop(asyncio.SelectorEventLoop):
    """Where a sleep ends as soon as nothing else is to be done."""

    def __init__(self) -> None:
        """Begin at nought."""
        self.now = 0.0
        super().__init__(Still(self))

    def time(self) -> float:
        """The time that has passed."""
        return self.now


class Still(selectors.SelectSelector):
    """Moves the clock where others wait."""

    def __init__(self, loop: Loop) -> None:
        """Of this loop."""
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        """Nothing comes from outside."""
        assert timeout is not None, "everybody waits for somebody"
        self._loop.now += max(0.0, timeout)
        return super().select(0)


def run(work: Coroutine[Any, Any, T]) -> T:
    """What the work returns."""
    with asyncio.Runner(loop_factory=Loop) as runner:
        return runner.run(work)
