"""Connections: how much is read of a head, and how long a client may take nothing."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEAD = 48 * 1024  # bytes of request line and headers; `KnownHosts` is strict about the latter
SECONDS = 10.0
PATIENCE = 30.0  # seconds in which a client must take some 50 KB of what waits for it
REFUSED = b"HTTP/1.1 %d %s\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Taken(asyncio.Protocol):
    """A connection that is cut off once its client takes nothing for `patience` seconds.

    Closing it in order would wait until the client reads: what it was sent last lies before.
    """

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    patience = PATIENCE
    _stalled: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """Begin to wait: the client does not take what it is sent."""
        super().pause_writing()
        self._stalled = self.loop.call_later(self.patience, self.transport.abort)

    def resume_writing(self) -> None:
        """Wait no more: it took some."""
        self._taken()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more: it is gone."""
        self._taken()
        super().connection_lost(exc)

    def _taken(self) -> None:
        if self._stalled:
            self._stalled.cancel()
            self._stalled = None


class Socket(Taken, WebSocketsSansIOProtocol):
    """uvicorn's socket, which waits for ever until a client reads on."""


class Wire(Taken, HttpToolsProtocol):
    """uvicorn's connection, which also reads a head without end, or waits for one, for ever."""

    seconds = SECONDS
    _late: asyncio.TimerHandle | None = None
    _head = False  # being read
    _read = 0  # bytes of it, the chunk that is being parsed left out

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._begin()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._end()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Parse what came, and count it if the head is not complete yet."""
        super().data_received(data)
        if self._head:
            self._read += len(data)
            if self._read > HEAD:
                self._refuse(431, b"Request Header Fields Too Large")

    def on_message_begin(self) -> None:
        """Another head begins."""
        self._begin()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """The head is complete; what follows is counted elsewhere."""
        self._end()
        super().on_headers_complete()

    def _begin(self) -> None:
        self._end()
        self._head, self._read = True, 0
        self._late = self.loop.call_later(self.seconds, self._refuse, 408, b"Request Timeout")

    def _end(self) -> None:
        self._head = False
        if self._late:
            self._late.cancel()
            self._late = None

    def _refuse(self, *status: Any) -> None:
        self._end()
        if not self.transport.is_closing():
            self.transport.write(REFUSED % status)
            self.transport.close()
