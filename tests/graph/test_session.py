"""The one way a statement reaches the database, and what its failures are told as."""

import asyncio
import gc
import os
import signal
import time
import warnings
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from neo4j import AsyncManagedTransaction, AsyncSession, Query
from neo4j.exceptions import ClientError

from graph.address import Address
from graph.errors import LimitExceeded, TimedOut, Unavailable, Unconfirmed
from graph.local import start_local
from graph.session import PATIENT, Graph, connect

ENDLESS = "UNWIND range(1, 10000000000) AS i WITH i WHERE i < 0 RETURN count(i) AS found"
WIDE = "UNWIND range(1, 1000000000) AS i RETURN collect(toString(i)) AS found"
CREATE = Query("CREATE (:Kept {id: $id})", metadata={"query": "test/create"})
COUNT = Query("MATCH (kept:Kept) RETURN count(kept) AS found")


RUNNING = """SHOW TRANSACTIONS YIELD currentQuery
  WHERE currentQuery CONTAINS 'UNWIND range' AND NOT currentQuery STARTS WITH 'SHOW'
  RETURN currentQuery"""
GONE = 1.0  # seconds after its time limit, or after who asked has left


async def gone(graph: Graph) -> float:
    """How long it takes until the server runs nothing of these any more."""
    begun = time.monotonic()
    while await graph.schema(RUNNING):
        assert time.monotonic() - begun < 30
    return time.monotonic() - begun


def named(text: str, timeout: float = 5.0) -> Query:
    return Query(text, metadata={"query": "test/question"}, timeout=timeout)


async def test_a_question_ends_at_its_time_limit(graph: Graph) -> None:
    with pytest.raises(TimedOut, match="test/question"):
        await graph.read(named(ENDLESS, 0.3))

    assert graph.statements == 1  # not asked again
    assert await gone(graph) <= GONE


async def test_a_question_ends_in_the_server_when_who_asked_has_left(graph: Graph) -> None:
    asked = asyncio.create_task(graph.read(named(ENDLESS, 30.0)))
    while not await graph.schema(RUNNING):
        assert not asked.done()

    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked

    assert await gone(graph) <= GONE


async def test_a_question_may_not_eat_the_memory(graph: Graph) -> None:
    with pytest.raises(LimitExceeded, match="test/question"):
        await graph.read(named(WIDE, 20.0))

    assert graph.statements == 1


async def test_a_fault_of_ours_stays_what_it_is(graph: Graph) -> None:
    with pytest.raises(ClientError):
        await graph.read(named("RETURN nothing"))


async def test_a_session_cancelled_while_it_closes_is_closed_all_the_same(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The driver leaves it open; collected as garbage it would be a warning in another's test."""
    close, sessions = AsyncSession.close, []

    async def cancelled_once(session: AsyncSession) -> None:
        if session not in sessions:
            sessions.append(session)
            raise asyncio.CancelledError
        await close(session)

    monkeypatch.setattr(AsyncSession, "close", cancelled_once)
    with pytest.raises(asyncio.CancelledError):
        await graph.read(named("RETURN 1 AS one"))

    assert [session.closed() for session in sessions] == [True]


async def test_questions_cancelled_while_their_connections_open_leave_none_behind(
    address: Address,
) -> None:
    gc.collect()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        for turns in range(16):
            async with connect(address) as graph:
                asked = [asyncio.create_task(graph.read(COUNT)) for _ in range(20)]
                for _ in range(turns):
                    await asyncio.sleep(0)
                for one in asked:
                    one.cancel()
                ended = await asyncio.gather(*asked, return_exceptions=True)
            assert all(isinstance(one, asyncio.CancelledError) for one in ended)
        gc.collect()

    assert [str(one.message) for one in told] == []


async def test_a_question_cannot_write(graph: Graph) -> None:
    with pytest.raises(ClientError):
        await graph.read(CREATE, id=1)

    assert await graph.read(COUNT) == [{"found": 0}]


async def test_a_change_happens_whole_or_not_at_all(graph: Graph) -> None:
    async def broken(tx: AsyncManagedTransaction) -> None:
        await graph.run(tx, CREATE, id=1)
        raise ValueError("half way")

    async def whole(tx: AsyncManagedTransaction) -> str:
        await graph.run(tx, CREATE, id=1)
        await graph.run(tx, CREATE, id=2)
        return "done"

    with pytest.raises(ValueError, match="half way"):
        await graph.write(broken, name="test/broken")
    before = await graph.read(COUNT)
    done = await graph.write(whole, name="test/whole")

    assert (before, done, await graph.read(COUNT)) == ([{"found": 0}], "done", [{"found": 2}])


async def test_a_change_ends_at_its_time_limit(graph: Graph) -> None:
    async def slow(tx: AsyncManagedTransaction) -> None:
        await graph.run(tx, CREATE, id=1)
        await graph.run(tx, Query(ENDLESS))

    with pytest.raises(TimedOut, match="test/slow"):
        await graph.write(slow, name="test/slow", seconds=0.5)

    assert await graph.read(COUNT) == [{"found": 0}]


async def test_a_change_may_not_eat_the_memory(graph: Graph) -> None:
    async def wide(tx: AsyncManagedTransaction) -> None:
        await graph.run(tx, named(WIDE))

    with pytest.raises(LimitExceeded):
        await graph.write(wide, name="test/wide", seconds=20)

    assert graph.statements == 1


async def test_a_server_that_is_not_there_is_told_with_the_remedy() -> None:
    with pytest.raises(Unavailable, match="Check GRAPH_URI"):
        async with connect(Address("bolt://127.0.0.1:1", "neo4j", "x")):
            pass


async def test_a_wrong_password_is_told_without_it(address: Address) -> None:
    wrong = replace(address, password="certainly wrong")

    with pytest.raises(Unavailable, match="Unauthorized") as told:
        async with connect(wrong):
            pass

    assert "certainly wrong" not in str(told.value)


async def test_a_routing_address_works_too(address: Address) -> None:
    routing = replace(address, uri=address.uri.replace("bolt://", "neo4j://"))

    async with connect(routing) as graph:
        assert await graph.read(COUNT) == [{"found": 0}]


async def test_a_commit_while_the_server_stops_is_never_taken_for_done(tmp_path: Path) -> None:
    """Whether it is in time depends on the machine: but what is said to be done is there."""
    done = False
    with start_local(tmp_path / "graph", quick=True) as database:
        async with connect(database.address) as graph:

            async def interrupted(tx: AsyncManagedTransaction) -> None:
                await graph.run(tx, CREATE, id=1)
                assert database.pid is not None
                os.kill(database.pid, signal.SIGTERM)
                await asyncio.sleep(0.4)

            with suppress(Unconfirmed, Unavailable):
                await graph.write(interrupted, name="test/interrupted")
                done = True

    with start_local(tmp_path / "graph", quick=True) as database:
        async with connect(database.address, PATIENT) as graph:
            [row] = await graph.read(COUNT)
    assert row["found"] >= done
