"""A subscriber that goes on from its last cursor, whatever ends its stream."""

import asyncio
import json
from collections import Counter
from contextlib import suppress
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.typing import Subprotocol

from tests.feed.test_restart import FOLLOW


class Follower:
    """Notes each change it is shown whole; an event with a fault is asked for again."""

    def __init__(self, port: int, authorization: str) -> None:
        """Begin at the end of the log."""
        self.init = {"Authorization": authorization}
        self.url = f"ws://127.0.0.1:{port}/graphql"
        self.seen: list[str] = []
        self.sequences: dict[str, list[int]] = {}
        self.begun = asyncio.Event()
        self.cursor: str | None = None
        self.connections = 0
        self.faults: Counter[str] = Counter()

    async def follow(self) -> None:
        """Listen, again and again."""
        while True:
            with suppress(OSError, WebSocketException):
                await self._listen()
            await asyncio.sleep(0.1)

    def forget(self) -> None:
        """What was seen so far does not count."""
        self.seen.clear()
        self.sequences.clear()

    async def _listen(self) -> None:
        protocol = [Subprotocol("graphql-transport-ws")]
        async with connect(self.url, subprotocols=protocol) as socket:
            self.connections += 1
            await socket.send(json.dumps({"type": "connection_init", "payload": self.init}))
            await socket.recv()
            asked = {"query": FOLLOW, "variables": {"after": self.cursor}}
            await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": asked}))
            async for text in socket:
                if not self._take(json.loads(text)):
                    return

    def _take(self, message: Any) -> bool:
        """Whether the stream goes on."""
        if message["type"] in ("ping", "pong"):
            return True
        if message["type"] == "complete":
            self.faults["complete"] += 1
            return False
        said = message["payload"]
        faults = said if message["type"] == "error" else said.get("errors")
        if faults:
            self.faults[faults[0]["extensions"]["code"]] += 1
            return False
        event = said["data"]["changes"]
        assert event["kind"] in ("CHANGE", "HEARTBEAT"), event
        if change := event["change"]:
            self.seen.append(change["id"])
            if change["account"]:
                mine = self.sequences.setdefault(change["account"]["id"], [])
                mine.append(change["accountSequence"])
        self.cursor = event["cursor"]
        self.begun.set()
        return True
