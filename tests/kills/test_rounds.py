"""kill -9 of the server, of the database or of both, at random instants, while eight write.

A run makes three rounds; `make night` makes 20. The seed is printed: KILL_SEED repeats its choices.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random, SystemRandom

import pytest

from graph import changes, local_admin
from graph.identifiers import IdentifierKey
from graph.local import LocalDatabase, start_local
from graph.session import PATIENT, connect
from scripts.bearer import bearer
from tests.beside import all_is_told
from tests.feed.test_restart import until
from tests.kills import truth
from tests.kills.follower import Follower
from tests.kills.served import Server, founded
from tests.kills.writers import Client, Told, Writer
from tests.processes import free_port, secret_in

ROUNDS = int(os.environ.get("KILL_ROUNDS", "3"))
SEED = int(os.environ.get("KILL_SEED", "0")) or SystemRandom().randrange(1, 1_000_000)
WRITERS = 8
BEFORE, AFTER = (0.05, 3.0), 2.0  # seconds of writing before a kill, and after all is back
VICTIMS = ("server", "database", "both")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalDatabase]:
    """A database that may be killed."""
    with start_local(tmp_path_factory.mktemp("rounds"), quick=True) as found:
        yield found


@pytest.fixture
def secret(tmp_path: Path, key: IdentifierKey) -> Path:
    return secret_in(tmp_path, key)


async def killed(victim: str, server: Server, database: LocalDatabase) -> None:
    """Kill, and bring everything back."""
    gone = victim != "server"
    if gone:
        os.kill(database.pid or 0, signal.SIGKILL)
    if victim != "database":
        await server.kill()
    if gone:
        database.launch()
        await asyncio.to_thread(database.wait)
    if victim != "database":
        await server.start()
    await server.ready()


async def test_what_was_acknowledged_survives_kills_whole_and_is_seen_once(
    database: LocalDatabase, secret: Path, key: IdentifierKey
) -> None:
    sys.stdout.write(f"\nKILL_SEED={SEED} KILL_ROUNDS={ROUNDS}\n")
    random, told = Random(SEED), Told()
    await founded(database)
    server = Server(database, secret, free_port())
    token = bearer(secret.parent / "data")
    follower = Follower(int(server.url.rpartition(":")[2]), token)
    client = Client(f"{server.url}/graphql", token, told)
    crew = [Writer(number, client, SEED) for number in range(WRITERS)]
    following = asyncio.create_task(follower.follow())
    try:
        await server.start()
        async with asyncio.timeout(240):
            await follower.begun.wait()
        async with connect(database.address, PATIENT) as graph:
            await all_is_told(graph)
            start = (await changes.place(graph)).sequence
        await asyncio.sleep(1)
        follower.forget()
        for round_ in range(ROUNDS):
            victim = VICTIMS[round_ % len(VICTIMS)]
            delay = random.uniform(*BEFORE)
            await one_round(crew, server, database, victim, delay)
            async with connect(database.address, PATIENT) as graph:
                await all_is_told(graph)
                kept, log = await truth.every_write_is_whole(graph, key, told, start)
            with suppress(TimeoutError):  # then what is missing is told
                await until(lambda log=log: len(follower.seen) >= len(log))  # type: ignore[misc]
            await asyncio.sleep(0.5)  # what comes twice comes now
            if following.done():  # it never ends by itself: something else came than changes
                following.result()
            truth.every_change_was_seen_once(follower, log)
            tell(round_, victim, delay, kept, log, told, follower)
    finally:
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
        await server.kill()

    database.rest(120)
    local_admin.check(database)  # by Neo4j's own tool
    assert len(told.written) >= ROUNDS
    assert told.faults
    assert follower.connections > 1


async def one_round(
    crew: list[Writer], server: Server, database: LocalDatabase, victim: str, delay: float
) -> None:
    """Eight write; something is killed and comes back; they end what they have begun."""
    over = asyncio.Event()
    writing = [asyncio.create_task(writer.write(over.is_set)) for writer in crew]
    await asyncio.sleep(delay)
    await killed(victim, server, database)
    await asyncio.sleep(AFTER)
    over.set()
    async with asyncio.timeout(600):  # cold plans of a busy machine run past their limit at first
        await asyncio.gather(*writing)


def tell(
    round_: int, victim: str, delay: float, kept: int, log: list[str], told: Told, who: Follower
) -> None:
    """One line of counts so far."""
    sys.stdout.write(
        f"{round_ + 1:3} {victim:8} killed after {delay:4.2f} s: {len(told.written)} acknowledged,"
        f" {len(told.refused)} refused, {len(told.abandoned)} abandoned; {kept} are there;"
        f" {len(log)} changes, {len(who.seen)} seen over {who.connections} connections;"
        f" writers met {dict(told.faults)}, the subscriber {dict(who.faults)}\n"
    )
    sys.stdout.flush()
