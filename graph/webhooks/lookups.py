"""Looks names up, in threads of their own, and few at once for one owner.

A name server that hangs keeps a thread for as long as the system waits for it, longer than an
attempt takes. Whoever owns many such names keeps no threads of others.
"""

import asyncio
import socket
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from ipaddress import ip_address
from typing import Any

from graph.errors import Unavailable
from graph.webhooks.addresses import Address, NotSent

AT_ONCE = 16  # names looked up at once
OF_ONE = 2  # for one owner
WAIT = 5.0  # seconds for a thread; one that is asked usually answers in some milliseconds
UNKNOWN = "The name of the host could not be looked up."


class Crowded(Unavailable):
    """No thread was free: nothing was tried, so that no attempt is counted."""


class Lookups:
    """What looks names up."""

    def __init__(self) -> None:
        """Begin with no threads; they come when they are needed."""
        self._threads = ThreadPoolExecutor(AT_ONCE, "webhook-names")
        self._free = asyncio.Semaphore(AT_ONCE)
        self._mine: defaultdict[str, asyncio.Semaphore] = defaultdict(
            lambda: asyncio.Semaphore(OF_ONE)
        )

    def close(self) -> None:
        """Look nothing up any more."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def found(self, host: str, port: int, owner: str) -> Sequence[Address]:
        """The addresses of a name. Raises NotSent if there are none, Crowded if nobody looked."""
        mine, loop = self._mine[owner], asyncio.get_running_loop()
        await self._taken(mine)

        def ended(_: Future[Any]) -> None:  # in the thread: until then it is not free
            with suppress(RuntimeError):  # the server stops
                loop.call_soon_threadsafe(self._left, mine)

        asked = self._threads.submit(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        asked.add_done_callback(ended)
        try:
            found = await asyncio.wrap_future(asked)
        except (OSError, UnicodeError):
            raise NotSent(UNKNOWN) from None
        told = dict.fromkeys(str(address[0]).partition("%")[0] for *_, address in found)
        return [ip_address(text) for text in told]

    async def _taken(self, mine: asyncio.Semaphore) -> None:
        """Take a thread. Of one's own first: who waits for those keeps none that others want."""
        try:
            async with asyncio.timeout(WAIT):
                await mine.acquire()
                try:
                    await self._free.acquire()
                except BaseException:
                    mine.release()
                    raise
        except TimeoutError:
            raise Crowded("No name can be looked up now.") from None

    def _left(self, mine: asyncio.Semaphore) -> None:
        self._free.release()
        mine.release()
