"""A process that sends webhooks until it is killed: `python -m tests.webhooks.killed`."""

import asyncio
import json
import sys
from pathlib import Path

from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.registry import Registry
from graph.session import PATIENT, connect
from graph.webhooks import Receivers, Webhooks
from graph.webhooks.owners import Owners


async def main(given: dict[str, str]) -> None:
    address = Address(given["uri"], given["user"], given["password"])
    key = IdentifierKey(bytes.fromhex(given["key"]))
    inside = frozenset({("localhost", int(given["port"]))})
    webhooks = Webhooks(key, Receivers(inside=inside, ca=Path(given["ca"])))
    async with connect(address, PATIENT) as graph:
        owners, seal = Owners(Registry(graph), development=True), Seal(key.derive(b"cursors"))
        async with webhooks.running(graph, seal, owners, alone=True):
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.stdin.readline())))
