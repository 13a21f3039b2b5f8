"""A sync of the transaction log precedes each acknowledgement: strace watches the database.

Part of `make night`, for it needs strace and the right to attach it:
`.venv/bin/pytest -s tests/kills/syncs.py`. Every sync is held up, so that an acknowledgement which
did not wait for it would come first.
"""

import asyncio
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from random import SystemRandom
from string import ascii_letters
from typing import Any

import httpx2
import pytest

from graph.identifiers import IdentifierKey
from graph.local import LocalDatabase, start_local
from scripts.bearer import bearer
from tests.commands.conftest import gid
from tests.kills import writers
from tests.kills.served import Server, founded
from tests.kills.traced import SYNCS, calls, synced, tracing
from tests.processes import free_port, secret_in

COMMANDS, AT_ONCE, EACH = 20, 8, 5
DELAY = 0.2  # seconds by which each sync is held up
HELD_UP = f"{','.join(SYNCS)}:delay_exit={DELAY * 1e6:.0f}"
FAILING = f"{','.join(SYNCS)}:error=EIO"
COMMAND = """mutation ($input: UpdateAccountInput!) {
  updateAccount(input: $input) { account { name } userErrors { code } } }"""
ACCOUNTS = [f"Account:A-{place}" for place in range(writers.ACCOUNTS)]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[LocalDatabase]:
    with start_local(tmp_path / "graph", quick=True) as found:
        yield found


@pytest.fixture
async def client(
    database: LocalDatabase, tmp_path: Path, key: IdentifierKey
) -> AsyncIterator[httpx2.AsyncClient]:
    """Who gives commands to a server of its own on that database."""
    await founded(database)
    secret = secret_in(tmp_path, key)
    server = Server(database, secret, free_port())
    try:
        await server.start()
        headers = {"Authorization": bearer(secret.parent / "data")}
        async with httpx2.AsyncClient(base_url=server.url, headers=headers, timeout=60) as found:
            await command(found, 0, marker())  # planned
            yield found
    finally:
        await server.kill()


def marker() -> str:
    """A text that is found in the log as it is: too long to be packed."""
    return "".join(SystemRandom().choices(ascii_letters, k=64))


async def command(client: httpx2.AsyncClient, place: int, name: str) -> tuple[float, Any, float]:
    """Give an account a name: when it was sent, what came of it, and when that was told."""
    given = {"id": gid(ACCOUNTS[place % len(ACCOUNTS)]), "name": name}
    sent = time.time()
    said = await client.post("/graphql", json={"query": COMMAND, "variables": {"input": given}})
    return sent, said.json(), time.time()


async def test_what_is_acknowledged_was_synced_before(
    database: LocalDatabase, client: httpx2.AsyncClient, tmp_path: Path
) -> None:
    told: dict[str, tuple[float, Any, float]] = {}

    async def one(place: int) -> None:
        while True:  # a server that is this slow refuses some
            name = marker()
            found = await command(client, place, name)
            if "errors" not in found[1]:
                told[name] = found
                return
            assert found[1]["errors"][0]["extensions"]["code"] in writers.AWAY, found
            await asyncio.sleep(0.5)

    async def some(place: int) -> None:
        for _ in range(EACH):
            await one(place)

    assert database.pid
    with tracing(database.pid, tmp_path / "trace", HELD_UP):
        for place in range(COMMANDS):
            await one(place)
        await asyncio.gather(*map(some, range(AT_ONCE)))

    found = calls((tmp_path / "trace").read_text(errors="replace").splitlines())
    waits = []
    for name, (sent, said, answered) in told.items():
        assert said["data"]["updateAccount"]["account"] == {"name": name}, said
        sync = synced(found, name)
        assert sync is not None, "acknowledged, and never synced"
        assert sent <= sync.begun <= answered - DELAY, "acknowledged before it was synced"
        waits.append(answered - sync.begun)
    assert len(waits) == COMMANDS + AT_ONCE * EACH
    syncs = sum(each.name in SYNCS for each in found)
    sys.stdout.write(
        f"\n{len(waits)} commands, {syncs} syncs, each held up by {DELAY} s: from the beginning of"
        f" a sync to the acknowledgement {min(waits):.3f} to {max(waits):.3f} s\n"
    )


async def test_what_cannot_be_synced_is_not_acknowledged(
    database: LocalDatabase, client: httpx2.AsyncClient, tmp_path: Path
) -> None:
    assert database.pid
    with tracing(database.pid, tmp_path / "trace", FAILING):
        _, said, _ = await command(client, 0, marker())

    assert said["errors"][0]["extensions"]["code"] in writers.AWAY, said
