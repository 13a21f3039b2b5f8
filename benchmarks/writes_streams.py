"""How long a change takes from its commit to whoever follows, and what each follower costs."""

import asyncio
import json
import os
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx2
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from benchmarks import writes_bare
from benchmarks.writes_world import commands

EVENTS, APART = 30, 0.2  # changes, and seconds between them
FOLLOW = "subscription { changes { kind cursor change { id kind account { id name } } } }"
Tell = Callable[[int], Awaitable[dict[str, float]]]
"""Have a change told; its ids, and since when it counts."""


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds until a subscriber has a change."""

    subscribers: int
    p50: float
    p99: float
    worst: float
    memory: float  # KiB of the server for each subscriber
    lost: int
    load: float


async def ours(
    url: str, headers: dict[str, str], number: int, memory: Callable[[], int]
) -> Latency:
    """From the acknowledgement of a write, which follows its commit."""

    async def tell(turn: int) -> dict[str, float]:
        body = commands(f"s{number}", 0, 2 * turn)
        body["query"] = body["query"].replace("cursor", "changes { id }")
        payload = (await client.post(url, json=body)).json()["data"]["updateAccount"]
        return {change["id"]: time.perf_counter() for change in payload["changes"]}

    async with (
        httpx2.AsyncClient(timeout=60, headers=headers) as client,
        _following([await _opened(url, headers) for _ in range(number)]) as heard,
    ):
        return await _latency(heard, tell, memory())


async def bare(url: str, number: int, memory: Callable[[], int]) -> Latency:
    """From when a server of nothing but sockets is sent the text that it passes on."""
    teller = await writes_bare.opened(url)
    await teller.recv()
    before = memory()

    async def tell(turn: int) -> dict[str, float]:
        text = writes_bare.told(turn + 1)
        id_, sent = _id(text), time.perf_counter()
        await teller.send(text)
        assert await teller.recv() == "ok"
        return {id_: sent}

    async with _following([await writes_bare.opened(url) for _ in range(number)]) as heard:
        found = await _latency(heard, tell, memory() - before)
    await teller.close()
    return found


@asynccontextmanager
async def _following(sockets: list[ClientConnection]) -> AsyncIterator[list[dict[str, float]]]:
    """When each of the sockets hears of each change, once all have begun."""
    heard: list[dict[str, float]] = [{} for _ in sockets]
    begun = [asyncio.Event() for _ in sockets]
    following = [
        asyncio.create_task(_follow(socket, begun[at], heard[at]))
        for at, socket in enumerate(sockets)
    ]
    await asyncio.gather(*(event.wait() for event in begun))
    yield heard
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    await asyncio.gather(*(socket.close() for socket in sockets))


async def _latency(heard: list[dict[str, float]], tell: Tell, grown: int) -> Latency:
    told: dict[str, float] = {}
    for turn in range(EVENTS):
        told |= await tell(turn)
        await asyncio.sleep(APART)
    await asyncio.sleep(3)
    took = [max(0.0, own[id_] - at) for own in heard for id_, at in told.items() if id_ in own]
    ranked = statistics.quantiles(took, n=100, method="inclusive")
    return Latency(
        len(heard),
        ranked[49] * 1000,
        ranked[98] * 1000,
        max(took) * 1000,
        grown / len(heard) / 1024,
        len(heard) * len(told) - len(took),
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
        found, now = _id(text), time.perf_counter()
        begun.set()
        if found:
            heard.setdefault(found, now)


def _id(text: str | bytes) -> str:
    """The id of the change that a message tells; none for a heartbeat."""
    change = json.loads(text)["payload"]["data"]["changes"]["change"]
    return str(change["id"]) if change else ""
