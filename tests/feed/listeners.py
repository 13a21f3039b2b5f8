"""Clients that follow the change log over real sockets, in each of the ways there are."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from random import Random
from string import ascii_letters
from typing import Any, ClassVar

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from tests.feed.test_restart import FOLLOW

AWAY = (OSError, WebSocketException, httpx2.TransportError)
# Repeated by each event for who reads slowly: what waits for them soon fills every buffer.
LONG = "".join(Random(10).choices(ascii_letters, k=10_000))
SHOWN = "id accountSequence account { id }"
PAGE = f"""query ($after: String) {{ changes(first: 100, after: $after) {{
  edges {{ cursor node {{ {SHOWN} }} }} }} }}"""
SOON = 0.1  # seconds until a page is asked for again, or a connection is opened anew

Nap = Callable[[int], float]


def awake(_seen: int) -> float:
    """Reads without a rest."""
    return 0.0


class Listener:
    """Notes each change, and goes on from its last cursor whatever ends what it reads."""

    way: ClassVar[str]

    def __init__(
        self, url: str, authorization: str, cursor: str, nap: Nap = awake, wide: str = ""
    ) -> None:
        """Begin after this cursor; `nap` says how long it rests once it has seen so many."""
        self.url, self.headers = url, {"Authorization": authorization}
        self.cursor, self.nap = cursor, nap
        self.document = FOLLOW.replace("kind", f"{wide}: kind kind", 1) if wide else FOLLOW
        self.seen: list[str] = []
        self.accounts: dict[str, list[int]] = {}
        self.connections, self.faults = 0, Counter[str]()
        self._reading: asyncio.Task[None] | None = None

    async def follow(self) -> None:
        """Read, again and again; raises what should not have come."""
        try:
            while True:
                self._reading = asyncio.create_task(self._read())
                await asyncio.wait({self._reading})
                if not self._reading.cancelled() and (met := self._reading.exception()):
                    if not isinstance(met, AWAY):
                        raise met
                    self.faults[type(met).__name__] += 1
                await asyncio.sleep(SOON)
        finally:
            self.cut()
            if self._reading:
                await asyncio.wait({self._reading})

    def cut(self) -> None:
        """Break its connection, wherever it is."""
        if self._reading:
            self._reading.cancel()

    async def _read(self) -> None:
        """Read until it ends."""
        async with aclosing(self._payloads()) as payloads:
            async for payload in payloads:
                if errors := payload.get("errors"):
                    self.faults[errors[0]["extensions"]["code"]] += 1
                    return
                await self._take(payload["data"]["changes"])

    async def _take(self, told: Any) -> None:
        assert told["kind"] in ("CHANGE", "HEARTBEAT"), told
        if told["change"]:
            self._note(told["change"])
        self.cursor = told["cursor"]
        if told["change"] and (seconds := self.nap(len(self.seen))):
            await asyncio.sleep(seconds)

    def _note(self, change: Any) -> None:
        self.seen.append(change["id"])
        if change["account"]:
            self.accounts.setdefault(change["account"]["id"], []).append(change["accountSequence"])

    def _payloads(self) -> AsyncGenerator[Any, None]:
        """What comes, over one connection."""
        raise NotImplementedError


class OverSocket(Listener):
    """A subscription over graphql-transport-ws."""

    way = "socket"

    async def _payloads(self) -> AsyncGenerator[Any, None]:
        url = self.url.replace("http", "ws", 1)
        protocol = [Subprotocol("graphql-transport-ws")]
        async with connect(url, subprotocols=protocol, compression=None, max_queue=4) as socket:
            self.connections += 1
            try:
                await socket.send(json.dumps({"type": "connection_init", "payload": self.headers}))
                await socket.recv()
                asked = {"query": self.document, "variables": {"after": self.cursor}}
                await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": asked}))
                async for text in socket:
                    message = json.loads(text)
                    if message["type"] == "complete":
                        self.faults["complete"] += 1
                        return
                    if message["type"] in ("next", "error"):
                        said = message["payload"]
                        yield {"errors": said} if message["type"] == "error" else said
            finally:
                socket.transport.abort()  # no farewell


class OverEvents(Listener):
    """A subscription over Server-Sent Events."""

    way = "events"

    async def _payloads(self) -> AsyncGenerator[Any, None]:
        headers = {**self.headers, "accept": "text/event-stream"}
        asked = {"query": self.document, "variables": {"after": self.cursor}}
        async with (
            httpx2.AsyncClient(timeout=60, headers=headers) as client,
            client.stream("POST", self.url, json=asked) as answer,
        ):
            self.connections += 1
            async for line in answer.aiter_lines():
                if line.startswith("data: {"):
                    yield json.loads(line[6:])
                elif line == "event: complete":
                    self.faults["complete"] += 1
                    return


class ByPages(Listener):
    """A question for the next page, again and again."""

    way = "pages"

    async def _payloads(self) -> AsyncGenerator[Any, None]:
        async with httpx2.AsyncClient(timeout=60, headers=self.headers) as client:
            self.connections += 1
            while True:
                asked = {"query": PAGE, "variables": {"after": self.cursor}}
                told = (await client.post(self.url, json=asked)).json()
                if told.get("errors"):
                    yield told
                    return
                edges = told["data"]["changes"]["edges"]
                for edge in edges:
                    event = {"kind": "CHANGE", "cursor": edge["cursor"], "change": edge["node"]}
                    yield {"data": {"changes": event}}
                if not edges:
                    await asyncio.sleep(SOON)


WAYS: tuple[type[Listener], ...] = (OverSocket, OverEvents, ByPages)
