"""Clients of every way at once, over cuts, restarts and their own slowness: each change once.

A run has 12 clients and 160 changes; `make night` has 50, 10,000 and three restarts, with some that
read nothing for longer than the server waits, and holds the server's memory too. The seed is
printed: STREAM_SEED repeats its choices.
"""

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from random import Random, SystemRandom

import httpx2
import pytest

from graph import changes, ids
from graph.address import Address
from graph.errors import GraphError
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from scripts.bearer import bearer
from tests import worlds
from tests.beside import all_is_told, running, still
from tests.feed.listeners import LONG, WAYS, Listener, awake
from tests.feed.servers import Servers
from tests.feed.test_restart import numbers
from tests.processes import secret_in

FULL = "STREAM_EVENTS" in os.environ
CLIENTS = int(os.environ.get("STREAM_CLIENTS", "12"))
EVENTS = int(os.environ.get("STREAM_EVENTS", "160"))
RESTARTS = int(os.environ.get("STREAM_RESTARTS", "0"))
SEED = int(os.environ.get("STREAM_SEED", "0")) or SystemRandom().randrange(1, 1_000_000)
MEMORY = 100 * 1024 * 1024  # bytes that a server may grow by
WRITERS, OWN = 8, 3  # and accounts of each, written with one that all of them share
PATIENCE = 180.0  # seconds in which nobody sees anything
CUT = 0.5  # seconds from one cut to the next
LAST = "{ changes(last: 1) { edges { cursor node { id } } } }"


def slow(seen: int) -> float:
    """Rests for a second after each hundred."""
    return float(seen % 100 == 0)


def asleep(seen: int) -> float:
    """Reads nothing, once, for longer than the server waits."""
    return 45.0 if seen == EVENTS // 4 else 0.0


def gathered(url: str, authorization: str, cursor: str) -> list[Listener]:
    """As many of each way; a quarter is slow, and a quarter falls asleep in the full form."""
    found: list[Listener] = []
    for number in range(CLIENTS):
        turn = number // len(WAYS) % 4
        nap = {1: slow, 2: asleep if FULL else awake}.get(turn, awake)
        wide = "" if nap is awake else LONG
        found.append(WAYS[number % len(WAYS)](url, authorization, cursor, nap, wide))
    return found


async def place_of(url: str, authorization: str) -> tuple[str, int]:
    """The cursor of the last entry, from which all begin, and its number."""
    headers = {"Authorization": authorization}
    async with httpx2.AsyncClient(timeout=60, headers=headers) as client:
        while True:  # a cold plan may take longer than a statement may
            told = (await client.post(url, json={"query": LAST})).json()
            if "errors" not in told:
                [edge] = told["data"]["changes"]["edges"]
                return edge["cursor"], int(ids.decode(edge["node"]["id"]).partition(":")[2])


async def writing(graph: Graph, number: int) -> None:
    """Changes of one's own accounts and of one that all writers share, a commit each time."""
    mine = [*(f"W-{number}-{place}" for place in range(OWN)), "SHARED"]
    for turn in range(-(-EVENTS // (WRITERS * len(mine)))):
        rows: list[worlds.Row] = [worlds.account(id, f"Name {number}.{turn}") for id in mine]
        while True:
            with suppress(GraphError):  # a machine that is too busy: what is there is not changed
                assert (await write(graph, rows, at=datetime.now(UTC))).refused == []
                break


async def cutting(clients: list[Listener], cuts: Counter[str]) -> None:
    """Break a connection by chance, again and again."""
    random = Random(SEED)
    while True:
        await asyncio.sleep(CUT)
        one = random.choice(clients)
        one.cut()
        cuts[one.way] += 1


async def reached(graph: Graph, sequence: int, beside: list[asyncio.Task[None]]) -> None:
    """Wait until the log has come so far; raises what those met who work beside."""
    while (await changes.place(graph)).sequence < sequence:
        await still(beside)
        await asyncio.sleep(0.05)


async def all_seen(
    graph: Graph, start: int, clients: list[Listener], following: list[asyncio.Task[None]]
) -> list[str]:
    """The log, once all have it, or nobody has seen anything for long."""
    await all_is_told(graph)
    log = await numbers(graph, start)
    before, since = -1, time.monotonic()
    while time.monotonic() - since < PATIENCE:
        await still(following)
        if all(len(one.seen) >= len(log) for one in clients):
            break
        if (now := sum(len(one.seen) for one in clients)) != before:
            before, since = now, time.monotonic()
        await asyncio.sleep(1)
    await asyncio.sleep(1)  # what comes twice comes now
    return log


def tell(
    clients: list[Listener], log: list[str], cuts: Counter[str], servers: Servers, seconds: float
) -> None:
    """What was, in counts."""
    faults: Counter[str] = Counter()
    for one in clients:
        faults += one.faults
    connections = sum(one.connections for one in clients)
    lost = sum(len(set(log) - set(one.seen)) for one in clients)
    ways = Counter(one.way for one in clients)
    first, most = (size / 1024 / 1024 for size in (servers.first, servers.most))
    sys.stdout.write(
        f"{len(log)} changes in {seconds:.0f} s, {len(clients)} clients {dict(ways)},"
        f" {RESTARTS} restarts, {sum(cuts.values())} cuts {dict(cuts)}, {connections}"
        f" connections; met {dict(faults)}; {lost} lost;"
        f" memory {first:.0f} MB, at most {most:.0f}\n"
    )


async def test_each_client_of_every_way_is_told_each_change_once(
    graph: Graph,
    address: Address,
    key: IdentifierKey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sys.stdout.write(f"\nSTREAM_SEED={SEED}\n")
    monkeypatch.setenv("STREAMS_PER_CALLER", "1000")  # one that was cut is noticed later
    begun, secret, cuts = time.monotonic(), secret_in(tmp_path, key), Counter[str]()
    token, servers = bearer(secret.parent / "data"), Servers(address, secret)
    await write(graph, [worlds.account("SHARED", "Shared")], at=datetime.now(UTC))
    try:
        await servers.start(whole=FULL)
        url = f"{servers.url}/graphql"
        cursor, start = await place_of(url, token)
        clients = gathered(url, token, cursor)
        async with (
            running(*(one.follow() for one in clients)) as following,
            running(cutting(clients, cuts)),
            running(*(writing(graph, number) for number in range(WRITERS))) as writers,
        ):
            for turn in range(1, RESTARTS + 1):
                await reached(graph, start + EVENTS * turn // (RESTARTS + 1), following + writers)
                await servers.end(signal.SIGKILL if turn % 2 else signal.SIGTERM)
                await servers.start(whole=False)
            await asyncio.gather(*writers)
            log = await all_seen(graph, start, clients, following)
    finally:
        await servers.end()

    tell(clients, log, cuts, servers, time.monotonic() - begun)
    assert len(log) >= EVENTS
    for one in clients:
        assert one.seen == log, one.way
        assert all(mine == [*range(mine[0], mine[0] + len(mine))] for mine in one.accounts.values())
        assert one.connections > RESTARTS
    assert sum(one.connections for one in clients) > len(clients)
    assert not FULL or servers.most - servers.first <= MEMORY
