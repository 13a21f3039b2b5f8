"""A server that is killed loses nothing: what it had sent and not stored is sent again."""

import asyncio
import json
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.session import Graph
from tests.processes import ROOT
from tests.webhooks.conftest import Do, Sending, subjects, wrote
from tests.webhooks.receiver import Receiver, Taken, agrees

ROUNDS = int(os.environ.get("WEBHOOK_KILLS", "2"))


@asynccontextmanager
async def sender(
    address: Address, key: IdentifierKey, receiver: Receiver
) -> AsyncIterator[asyncio.subprocess.Process]:
    """A process that sends; killed at the end, without a word."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.webhooks.killed", cwd=ROOT, stdin=asyncio.subprocess.PIPE
    )
    given = {
        **{"uri": address.uri, "user": address.user, "password": address.password},
        **{"key": key.secret.hex(), "ca": str(receiver.ca), "port": str(receiver.port)},
    }
    assert process.stdin
    process.stdin.write(json.dumps(given).encode() + b"\n")
    try:
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGKILL)
        await process.wait()
        process.stdin.close()


async def test_what_was_sent_and_not_stored_is_sent_again_under_its_id(
    graph: Graph,
    address: Address,
    key: IdentifierKey,
    receiver: Receiver,
    register: Do,
    sending: Sending,
) -> None:
    await register()
    names = [f"A-{n}" for n in range(6)]
    await wrote(graph, *names)
    asked = asyncio.Event()

    async def never(_: Taken, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await asyncio.sleep(60)

    receiver.answer = never
    for _ in range(ROUNDS):
        asked.clear()
        async with sender(address, key, receiver):
            async with asyncio.timeout(120):
                await asked.wait()
    before = {each.id for each in receiver.taken}
    receiver.answer = agrees
    async with sender(address, key, receiver):
        async with asyncio.timeout(120):
            while set(subjects(receiver)) != set(names):
                receiver.news.clear()
                await receiver.news.wait()
            await stored(graph)

    assert len(before) >= 1
    ids = [each.id for each in receiver.taken]
    assert len(set(ids)) == len(names)
    assert all(ids.count(each) >= 2 for each in before)
    [said] = await graph.schema("MATCH (w:Webhook) RETURN w.acknowledged AS a, w.read AS r")
    assert said["a"] == said["r"] == len(names)


async def stored(graph: Graph) -> None:
    """Until nothing waits."""
    waiting = "MATCH (d:WebhookDelivery {open: true}) RETURN d.key AS key"
    while await graph.schema(waiting):  # noqa: ASYNC110 - another process writes it
        await asyncio.sleep(0.1)
