"""A proxy before the database, for its faults: silence, broken connections, lost answers."""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from graph.address import Address

COMMIT = b"\x00\x02\xb0\x12\x00\x00"  # the message of Bolt, with its length and its end
AT_ONCE = struct.pack("ii", 1, 0)  # closing sends a reset
Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Proxy:
    """Passes bytes on, as long as nothing else is wished."""

    def __init__(self, port: int) -> None:
        """Lead to the database at this port."""
        self.port = port
        self.broken = False
        self.cut: Callable[[bytes], str] | None = None
        """Asked of all that a client sends: "" passes; "asked" is not sent on, of "answered" the
        answer is kept back, of "half" its last byte. Then the connection breaks."""
        self._clear = asyncio.Event()
        self._clear.set()
        self._writers: set[asyncio.StreamWriter] = set()

    def hush(self) -> None:
        """Say nothing any more, and close nothing."""
        self._clear.clear()

    def go_on(self) -> None:
        """Be as before."""
        self._clear.set()
        self.broken = False

    def break_all(self) -> None:
        """Break every connection, and each new one."""
        self.broken = True
        for writer in list(self._writers):
            broken(writer)

    async def serve(self, *client: *Streams) -> None:
        """One connection, until either side ends it."""
        if self.broken:
            broken(client[1])
            return
        opened = await asyncio.open_connection("127.0.0.1", self.port)
        mine = {client[1], opened[1]}
        self._writers |= mine
        awaited: asyncio.Queue[str] = asyncio.Queue()
        ways = [
            asyncio.create_task(self._sent(client[0], opened[1], awaited)),
            asyncio.create_task(self._answered(opened[0], client[1], awaited)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._writers -= mine
            for writer in mine:
                broken(writer)

    async def _sent(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        awaited: asyncio.Queue[str],
    ) -> None:
        while some := await self._read(reader):
            how = self.cut(some) if self.cut else ""
            if how == "asked":
                return
            if how:
                awaited.put_nowait(how)
            writer.write(some)
            await writer.drain()

    async def _answered(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        awaited: asyncio.Queue[str],
    ) -> None:
        while some := await self._read(reader):
            if not awaited.empty():
                if awaited.get_nowait() == "half":
                    writer.write(some[:-1])
                    await writer.drain()
                return
            writer.write(some)
            await writer.drain()

    async def _read(self, reader: asyncio.StreamReader) -> bytes:
        with suppress(ConnectionError):
            some = await reader.read(1 << 16)
            await self._clear.wait()
            return some
        return b""


def broken(writer: asyncio.StreamWriter) -> None:
    """Close a connection so that the other side is told of a reset."""
    with suppress(OSError):
        found: socket.socket = writer.get_extra_info("socket")
        found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    writer.transport.abort()


@asynccontextmanager
async def proxied(address: Address) -> AsyncIterator[tuple[Proxy, Address]]:
    """A proxy, and the address of the database behind it."""
    proxy = Proxy(int(address.uri.rpartition(":")[2]))
    listener = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    try:
        yield proxy, replace(address, uri=f"bolt://127.0.0.1:{port}")
    finally:
        listener.close()
        proxy.go_on()
        proxy.break_all()
        await asyncio.sleep(0.1)
