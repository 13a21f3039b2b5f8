"""Vectors below HTTP: headers, slow requests, sockets. Each says what it was told in the end."""

import asyncio
import json
import socket
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

PATIENCE = 15.0  # seconds; slow requests are given up by the server after ten
QUIET = 3.0  # seconds without a message
HALVES = 200  # connections that never end their request


@dataclass(frozen=True, slots=True)
class Wire:
    """Something sent that is no ordinary request; its number makes it another one each time."""

    name: str
    send: Callable[[str, int], str]
    waits: bool = False  # by what it is; its time is no refusal's


def _raw(*parts: bytes) -> Callable[[str, int], str]:
    """Send these bytes and read the status line, or nothing if the connection is closed."""

    def send(url: str, _: int) -> str:
        found = urlsplit(url)
        with socket.create_connection((found.hostname, found.port), PATIENCE) as one:
            try:
                for part in parts:
                    one.sendall(part)
                told = one.recv(4096)
            except OSError:
                return "hung up"
        return told.split(b"\r\n")[0].decode("latin-1").removeprefix("HTTP/1.1 ") or "hung up"

    return send


def _halves(url: str, _: int) -> str:
    """Many connections that begin a request and do not end it, all at once."""

    async def one(host: str, port: int) -> bytes:
        reader, writer = await asyncio.open_connection(host, port)
        writer.write(BEGUN + b'{"query": "{')
        try:
            async with asyncio.timeout(PATIENCE):
                return await reader.readline()
        finally:
            writer.close()

    async def all_of_them() -> set[bytes]:
        found = urlsplit(url)
        assert found.hostname
        assert found.port
        host, port = found.hostname, found.port
        return set(await asyncio.gather(*(one(host, port) for _ in range(HALVES))))

    told = asyncio.run(all_of_them())
    return ", ".join(sorted(t.decode().strip().removeprefix("HTTP/1.1 ") for t in told))


def _socket(*messages: str, init: bool = True) -> Callable[[str, int], str]:
    """Send these messages on a socket, and read until it is closed or all were answered."""

    def send(url: str, _: int) -> str:
        protocol = Subprotocol("graphql-transport-ws")
        with connect(f"ws{url.removeprefix('http')}", subprotocols=[protocol]) as one:
            try:
                if init:
                    one.send(json.dumps({"type": "connection_init"}))
                    one.recv(PATIENCE)
                for message in messages:
                    one.send(message)
                return _answered(one, len(messages))
            except ConnectionClosed as closed:
                return f"closed {closed.rcvd.code if closed.rcvd else 1006}"

    return send


def _answered(one: ClientConnection, count: int) -> str:
    codes = set()
    for _ in range(count):
        try:
            told = json.loads(one.recv(QUIET))
        except TimeoutError:  # what runs and has nothing to tell
            break
        if told["type"] == "error":
            codes |= {error["extensions"]["code"] for error in told["payload"]}
    return ", ".join(sorted(codes)) or "answered"


def _asked(number: int, query: str) -> str:
    return json.dumps({"type": "subscribe", "id": f"{number}", "payload": {"query": query}})


HEAD = b"POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
BEGUN = HEAD + b"content-length: 1000\r\n\r\n"
WIRES = [
    Wire("a header of 20 KB", _raw(HEAD, b"x-a: " + b"a" * 20_000 + b"\r\n\r\n")),
    Wire("2,000 headers", _raw(HEAD, b"".join(b"x-%d: a\r\n" % n for n in range(2_000)), b"\r\n")),
    Wire("a request line of 60 KB", _raw(b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\n\r\n")),
    Wire("a length of 10^18", _raw(HEAD, b"content-length: 1000000000000000000\r\n\r\n{")),
    Wire("two lengths", _raw(HEAD, b"content-length: 2\r\ncontent-length: 3\r\n\r\n{}}")),
    Wire(f"{HALVES} bodies that never end", _halves, waits=True),
    Wire("a frame of 200 KB", _socket(json.dumps({"type": "ping", "payload": "x" * 200_000}))),
    Wire("a frame that is no JSON", _socket("{" * 1_000)),
    Wire("200 operations on a socket",
         _socket(*(_asked(n, "{ slow(seconds: 0.5) }") for n in range(200))), waits=True),
    Wire("50 streams on a socket",
         _socket(*(_asked(n, "subscription { told }") for n in range(50))), waits=True),
    Wire("a bomb on a socket", _socket(_asked(1, "{ " + "a " * 20_000 + "}"))),
    Wire("a socket that asks before it says who it is", _socket(_asked(1, "{ seen }"), init=False)),
]  # fmt: skip
