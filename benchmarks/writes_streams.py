"""How long a change takes from its commit to whoever follows, and what each follower costs."""

import asyncio
import json
import os
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks.writes_world import commands

EVENTS, APART = 30, 0.2  # changes, and seconds between them
FOLLOW = "subscription { changes { kind cursor change { id kind account { id name } } } }"


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds from the acknowledgement of a write until a subscriber has it."""

    subscribers: int
    p50: float
    p99: float
    worst: float
    memory: float  # KiB of the server for each subscriber
    lost: int
    load: float


async def latencies(
    url: str, headers: dict[str, str], number: int, memory: Callable[[], int]
) -> Latency:
    """Follow by so many sockets, write, and note when each hears of it."""
    heard: list[dict[str, float]] = [{} for _ in range(number)]
    begun = [asyncio.Event() for _ in range(number)]
    sockets = [await _opened(url, headers) for _ in range(number)]
    following = [
        asyncio.create_task(_follow(socket, begun[at], heard[at]))
        for at, socket in enumerate(sockets)
    ]
    await asyncio.gather(*(event.wait() for event in begun))
    grown = memory()
    told: dict[str, float] = {}
    async with httpx2.AsyncClient(timeout=60, headers=headers) as client:
        for turn in range(EVENTS):
            body = commands(f"s{number}", 0, 2 * turn)
            body["query"] = body["query"].replace("cursor", "changes { id }")
            payload = (await client.post(url, json=body)).json()["data"]["updateAccount"]
            told |= {change["id"]: time.perf_counter() for change in payload["changes"]}
            await asyncio.sleep(APART)
    await asyncio.sleep(3)
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    await asyncio.gather(*(socket.close() for socket in sockets))
    took = [max(0.0, own[id_] - at) for own in heard for id_, at in told.items() if id_ in own]
    ranked = statistics.quantiles(took, n=100)
    return Latency(
        number,
        ranked[49] * 1000,
        ranked[98] * 1000,
        max(took) * 1000,
        grown / number / 1024,
        number * len(told) - len(took),
        os.getloadavg()[0],
    )


async def _opened(url: str, headers: dict[str, str]) -> ClientConnection:
    """A socket that follows."""
    protocol = [Subprotocol("graphql-transport-ws")]
    socket = await connect(url.replace("http", "ws", 1), subprotocols=protocol, open_timeout=60)
    payload = {"Authorization": headers["authorization"]}
    await socket.send(json.dumps({"type": "connection_init", "payload": payload}))
    await socket.recv()
    asked = {"type": "subscribe", "id": "1", "payload": {"query": FOLLOW}}
    await socket.send(json.dumps(asked))
    return socket


async def _follow(socket: ClientConnection, begun: asyncio.Event, heard: dict[str, float]) -> None:
    """Note when each change came."""
    async for text in socket:
        message = json.loads(text)
        now = time.perf_counter()
        event = message["payload"]["data"]["changes"]
        begun.set()
        if event["change"]:
            heard.setdefault(event["change"]["id"], now)
