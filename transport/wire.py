"""Connections: how much is read of a head, and how long a client may take nothing."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

HEAD = 48 * 1024  # bytes of request line and headers; `KnownHosts` is strict about the latter
SECONDS = 10.0
PATIENCE = 30.0  # seconds in which a client must take some 50 KB of what waits for it
LAST = 5  # messages that each stream may say after that: an event, why it ends, that it has ended
BREATH = 0.5  # seconds for a stream to say the next of them
REFUSED = b"HTTP/1.1 %d %s\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class Taken(asyncio.Protocol):
    """A connection whose client must take what it is sent.

    Once it takes nothing for `patience` seconds it is `stalled`: its streams end, and what they
    say last is put behind what waits for it. If it takes nothing for as long again, it is cut
    off: closing it in order would wait until it reads.
    """

    loop: asyncio.AbstractEventLoop
    transport: asyncio.Transport
    patience = PATIENCE
    breath = BREATH
    stalled = False
    _waiting: asyncio.TimerHandle | None = None

    def pause_writing(self) -> None:
        """Begin to wait: the client does not take what it is sent."""
        super().pause_writing()
        self._waiting = self.loop.call_later(self.patience, self._stall)

    def resume_writing(self) -> None:
        """Wait no more: it took some."""
        self._taken()
        super().resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more: it is gone."""
        self._taken()
        super().connection_lost(exc)

    def _stall(self) -> None:
        self.stalled = True
        self._say(LAST)

    def _say(self, more: int) -> None:
        """Let one message of each stream through, and soon the next; then wait to be read."""
        if not more:
            self._waiting = self.loop.call_later(self.patience, self.transport.abort)
            return
        super().resume_writing()  # those that wait now go on; whoever comes next waits again
        super().pause_writing()
        self._waiting = self.loop.call_later(self.breath, self._say, more - 1)

    def _taken(self) -> None:
        self.stalled = False
        if self._waiting:
            self._waiting.cancel()
            self._waiting = None


class Socket(Taken, WebSocketsSansIOProtocol):
    """uvicorn's socket, which waits for ever until a client reads on."""

    def handle_connect(self, event: Request) -> None:
        """Let the application ask whether the client takes what it is sent."""
        super().handle_connect(event)
        if not self.close_sent:  # else it was no good handshake
            self.scope["state"]["stalled"] = lambda: self.stalled

    async def send(self, message: Any) -> None:
        """Send; a handshake that was refused in whole is done, or uvicorn logs it as a fault."""
        await super().send(message)
        if message["type"] == "websocket.http.response.body" and not message.get("more_body"):
            self.handshake_complete = True


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
        self.scope["state"]["stalled"] = lambda: self.stalled

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
