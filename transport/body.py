"""How much is read of a request, and for how long."""

import asyncio
from collections.abc import Iterable

from cross_web import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class LimitBody:
    """ASGI middleware: whoever reads a body that is too long or too slow gets an HTTPException."""

    def __init__(self, app: ASGIApp, most: int = 256 * 1024, seconds: float = 10.0) -> None:
        """Stand before `app`; let `most` bytes through."""
        self._app = app
        self._most = most
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Count while it is read."""
        if scope["type"] == "http":
            receive = self._counted(scope, receive)
        await self._app(scope, receive, send)

    def _counted(self, scope: Scope, receive: Receive) -> Receive:
        declared = _declared(scope["headers"])
        read = 0
        whole = False
        until: float | None = None

        async def counted() -> Message:
            nonlocal read, whole, until
            if whole:  # only the end of the connection is left to hear of
                return await receive()
            if declared > self._most:
                raise self._too_large()
            until = until or asyncio.get_running_loop().time() + self._seconds
            message = await _in_time(receive, until)
            read += len(message.get("body", b""))
            if read > self._most:
                raise self._too_large()
            whole = not message.get("more_body", False)
            return message

        return counted

    def _too_large(self) -> HTTPException:
        return HTTPException(413, f"A request may have {self._most} bytes at most.")


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
