"""How long a stream or a socket may go on, looked at while it waits."""

import asyncio
import time
from contextlib import suppress

from transport.audit import Act
from transport.audit_files import Unwritten
from transport.tokens import Holds, Viewer

LOOK = 1.0  # seconds between two looks at whether a caller may still listen


class Lease:
    """Until the token ends, what the caller signed in with does, or nothing can be entered."""

    def __init__(self, viewer: Viewer | None, holds: Holds, act: Act) -> None:
        """Begin; nobody at all may listen as long as the schema lets them."""
        self._viewer = viewer
        self._holds = holds
        self._act = act
        self._over = False
        self.unwritten: Unwritten | None = None  # if that is why it is over
        self.wait: asyncio.Timeout | None = None

    def rest(self) -> float | None:
        """Seconds that are left; None for no end."""
        if self._over:
            return 0.0
        expires = self._viewer.expires if self._viewer else None
        return None if expires is None else max(0.0, expires - time.time())

    async def look(self) -> None:
        """Look once a second whether it is over; then end the wait that is on."""
        while self._goes_on():  # what is revoked is read, not told
            rest = self.rest()
            await asyncio.sleep(LOOK if rest is None else min(LOOK, rest))
        self._over = True
        if self.wait:
            with suppress(RuntimeError):  # it has just ended
                self.wait.reschedule(asyncio.get_running_loop().time())

    def _goes_on(self) -> bool:
        if self.rest() == 0 or (self._viewer and not self._holds(self._viewer)):
            return False
        try:
            self._act.admit()
        except Unwritten as unwritten:
            self.unwritten = unwritten
        return self.unwritten is None
