"""What the same costs without rules, history and log: the peers of `make bench-writes`.

`python -m benchmarks.writes_bare PORT` sends every text that one socket tells it to all others.
"""

import asyncio
import csv
import json
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
from neo4j import AsyncDriver, AsyncGraphDatabase
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, broadcast, serve

from benchmarks.writes_world import STAFF
from graph.address import Address

Once = Callable[[int, int], Awaitable[None]]
BATCH = 5000  # rows, as our loader writes
LOCK = """
  UNWIND $keys AS key MATCH (thing:Entity {key: key}) SET thing._lock = true REMOVE thing._lock
  RETURN thing.version AS version ORDER BY key"""
RENAME = "MATCH (account:Entity {key: $account}) SET account.bareName = $name"
ASSIGN = """
  MATCH (account:Entity {key: $account}), (manager:Entity {key: $manager})
  OPTIONAL MATCH (account)-[old:BARE]->() WHERE old.validTo IS NULL
  SET old.validTo = date()
  CREATE (account)-[:BARE {validFrom: date()}]->(manager)"""
THINGS = "UNWIND $rows AS row CREATE (:Bare {key: row.id, name: row.name})"
CLAIMS = """
  UNWIND $rows AS row MATCH (start:Bare {key: row.from}), (end:Bare {key: row.to})
  CREATE (start)-[:BARE_OWNS {share: toInteger(row.share)}]->(end)"""


def driver(address: Address) -> AsyncDriver:
    """The bare driver."""
    return AsyncGraphDatabase.driver(address.uri, auth=(address.user, address.password))


def rows(bare: AsyncDriver) -> Once:
    """One transaction that writes what one of our commands is about: a name, or a manager."""

    async def once(writer: int, turn: int) -> None:
        account, manager = f"Account:A-{writer}", f"AccountManager:M-{turn % STAFF}"
        given = {"account": account, "name": f"Importer {turn}", "manager": manager}
        async with bare.session() as session, await session.begin_transaction() as tx:
            await (await tx.run(ASSIGN if turn % 2 else RENAME, given)).consume()
            await tx.commit()

    return once


def statements(bare: AsyncDriver, number: int) -> Once:
    """One transaction that locks and reads two things in each of so many statements."""

    async def once(writer: int, _: int) -> None:
        keys = [f"Account:A-{writer}", f"AccountManager:M-{writer % STAFF}"]
        async with bare.session() as session, await session.begin_transaction() as tx:
            for _ in range(number):
                await (await tx.run(LOCK, keys=keys)).consume()
            await tx.commit()

    return once


async def loaded(address: Address, parties: Path, claims: Path) -> float:
    """Seconds for relationships read from a file and created, in batches like ours."""
    async with driver(address) as bare, bare.session() as session:
        constraint = "CREATE CONSTRAINT bare FOR (thing:Bare) REQUIRE thing.key IS UNIQUE"
        await (await session.run(constraint)).consume()
        await _created(session, THINGS, parties)
        began = time.perf_counter()
        await _created(session, CLAIMS, claims)
        return time.perf_counter() - began


async def _created(session: Any, statement: str, file: Path) -> None:
    with file.open(newline="") as lines:
        rows = csv.DictReader(lines)
        while some := list(islice(rows, BATCH)):
            await (await session.run(statement, rows=some)).consume()


def told(number: int) -> str:
    """An event of the shape and size of ours."""
    account = {"id": f"QWNjb3VudDpBLTA{number:08}", "name": f"Importer {number}"}
    change = {"id": f"Q2hhbmdl{number:08}", "kind": "ACCOUNT_UPDATED", "account": account}
    event = {"kind": "CHANGE", "cursor": "c" * 80, "change": change if number else None}
    payload = {"data": {"changes": event}}
    return json.dumps({"id": "1", "type": "next", "payload": payload})


@contextmanager
def sockets(port: int) -> Iterator[tuple[str, psutil.Process]]:
    """The server of bare sockets: its address, and its process."""
    command = [sys.executable, "-m", "benchmarks.writes_bare", str(port)]
    with subprocess.Popen(command) as process:
        try:
            yield f"ws://127.0.0.1:{port}", psutil.Process(process.pid)
        finally:
            process.terminate()


async def opened(url: str) -> ClientConnection:
    """A socket that is told everything; waits for its server."""
    for _ in range(100):
        try:
            return await connect(url, open_timeout=60)
        except OSError:
            await asyncio.sleep(0.1)
    raise AssertionError("the bare server does not answer")


async def _served(port: int) -> None:
    following: set[ServerConnection] = set()

    async def follow(socket: ServerConnection) -> None:
        following.add(socket)
        await socket.send(told(0))
        try:
            async for text in socket:
                broadcast(following - {socket}, text)
                await socket.send("ok")
        finally:
            following.discard(socket)

    async with serve(follow, "127.0.0.1", port) as server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_served(int(sys.argv[1])))
