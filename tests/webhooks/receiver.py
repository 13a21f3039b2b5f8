"""A receiver of webhooks that does what a test says: real TLS on a real socket."""

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import trustme


@dataclass(frozen=True)
class Taken:
    """A request as it came."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def event(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.body)
        return told

    @property
    def kind(self) -> str:
        return str(self.event["type"]).rpartition(".")[2]


Answer = Callable[[Taken, asyncio.StreamWriter], Awaitable[None]]
OK = b"HTTP/1.1 204 No Content\r\n\r\n"


def says(head: str, body: bytes = b"", length: int | None = None) -> Answer:
    """Answers this, with the length of the body or the one that is told."""

    async def answer(_: Taken, writer: asyncio.StreamWriter) -> None:
        size = len(body) if length is None else length
        writer.write(f"HTTP/1.1 {head}\r\ncontent-length: {size}\r\n\r\n".encode() + body)
        await writer.drain()

    return answer


async def agrees(_: Taken, writer: asyncio.StreamWriter) -> None:
    """Acknowledges."""
    writer.write(OK)
    await writer.drain()


class Receiver:
    """Takes requests and answers as it is told; `answer` may be changed at any time."""

    def __init__(self, folder: Path) -> None:
        self.taken: list[Taken] = []
        self.answer: Answer = agrees
        self.connections = 0
        self.news = asyncio.Event()
        self.authority = trustme.CA()
        self.ca = folder / "ca.pem"
        self.authority.cert_pem.write_to_path(str(self.ca))
        self.port = 0
        self._server: asyncio.Server | None = None

    async def begin(self, name: str = "localhost", authority: trustme.CA | None = None) -> None:
        """Listen, with a certificate for this name."""
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        (authority or self.authority).issue_cert(name).configure_cert(context)
        self._server = await asyncio.start_server(self._served, "127.0.0.1", self.port, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]

    async def end(self) -> None:
        if self._server:
            self._server.close()
            self._server = None

    @property
    def url(self) -> str:
        return f"https://localhost:{self.port}/hooks?of=us"

    async def got(self, number: int) -> list[Taken]:
        """So many requests, when they have come."""
        async with asyncio.timeout(60):
            while len(self.taken) < number:
                self.news.clear()
                await self.news.wait()
        return self.taken

    async def _served(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in head[1:] if ": " in line)
            cased = dict(line.split(": ", 1) for line in head[1:] if ": " in line)
            signed = {k.lower(): v for k, v in cased.items()}
            body = await reader.readexactly(int(headers["content-length"]))
            taken = Taken({**signed, "first": head[0]}, body)
            self.taken.append(taken)
            self.news.set()
            await self.answer(taken, writer)
        except (OSError, asyncio.IncompleteReadError):
            pass  # the sender has left
        finally:
            writer.close()
