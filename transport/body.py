"""How much is read of a request, and for how long."""

import asyncio
from collections.abc import Iterable

from cross_web import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class LimitBody:
    """ASGI middleware: whoever reads a body that is too long or too slow gets an HTTPException."""

    def __init__(
        self,
        app: ASGIApp,
        most: int = 256 * 1024,
        seconds: float = 10.0,
        larger: tuple[str, int] | None = None,
    ) -> None:
        """Stand before `app`; let `most` bytes through, or those of `larger` below its path.

        A request must arrive within `seconds`, of what is larger each part.
        """
        self._app = app
        self._most = most
        self._seconds = seconds
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count while it is read."""
        if scope["type"] == "http":
            receive = self._counted(scope, receive)
        await self._app(scope, receive, send)

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        most = self._most
        if self._larger and scope["path"].startswith(self._larger[0]):
            most = self._larger[1]
        declared = _declared(scope["headers"])
        read = 0
        whole = False
        until: float | None = None

        async def counted() -> Message:
            nonlocal read, whole, until
            if whole:  # only the end of the connection is left to hear of
                return await receive()
            if declared > most:
                raise _too_large(most)
            # A file may take its time, part by part; a request has one limit for all its parts.
            loop = asyncio.get_running_loop()
            until = until or loop.time() + self._seconds
            parts = until if most == self._most else loop.time() + self._seconds
            message = await _in_time(receive, parts)
            read += len(message.get("body", b""))
            if read > most:
                raise _too_large(most)
            whole = not message.get("more_body", False)
            return message

        return counted


def _too_large(most: int) -> HTTPException:
    return HTTPException(413, f"A request may have {most} bytes at most.")


async def _in_time(receive: Receive, until: float) -> Message:
    """The next part; all parts together have one time limit, so that none can be dripped in."""
    try:
        async with asyncio.timeout_at(until):
            return await receive()
    except TimeoutError:
        raise HTTPException(408, "The request did not arrive in time.") from None


def _declared(headers: Iterable[tuple[bytes, bytes]]) -> int:
    length = next((value for name, value in headers if name == b"content-length"), b"")
    return int(length) if length.isdigit() else 0
