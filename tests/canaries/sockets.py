"""Sockets: operations sent over one, and every message that comes."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as dial
from websockets.typing import Subprotocol

from tests.canaries.product import Product
from tests.canaries.requests import Body

ENDS = ("complete", "error")


@asynccontextmanager
async def opened(product: Product) -> AsyncIterator[ClientConnection]:
    """A socket that is signed in."""
    address = f"ws{product.url.removeprefix('http')}/graphql"
    signed = {"Authorization": product.headers["authorization"]}
    protocols = [Subprotocol("graphql-transport-ws")]
    async with dial(address, subprotocols=protocols, max_size=None) as socket:
        await _say(socket, type="connection_init", payload=signed)
        await socket.recv()
        yield socket


async def several(product: Product, asked: Sequence[Body]) -> list[bytes]:
    """What is told about operations that end, one after the other."""
    found = []
    async with opened(product) as socket:
        for number, body in enumerate(asked):
            await _say(socket, type="subscribe", id=f"s{number}", payload=body)
            while True:
                told = await socket.recv(decode=False)
                if json.loads(told)["type"] == "complete":
                    break
                found.append(told)
                if json.loads(told)["type"] in ENDS:
                    break
    return found


async def subscribed(
    product: Product, asked: Sequence[Body], *, seconds: float
) -> AsyncIterator[bytes]:
    """What is told about subscriptions in this time, or until each of them ended."""
    left = len(asked)
    async with opened(product) as socket:
        for number, body in enumerate(asked):
            await _say(socket, type="subscribe", id=f"s{number}", payload=body)
        end = asyncio.get_running_loop().time() + seconds
        while left:
            try:
                async with asyncio.timeout_at(end):
                    told = await socket.recv(decode=False)
            except TimeoutError:
                return
            left -= json.loads(told)["type"] in ENDS
            yield told


async def _say(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))
