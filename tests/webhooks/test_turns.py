"""What a turn costs, who takes it, and that one receiver holds up no other."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from graph.webhooks import Receivers, Webhooks, sender, store
from graph.webhooks.owners import Owners
from graph.webhooks.posting import Posts
from graph.webhooks.secrets import Locksmith
from graph.webhooks.sender import Sender
from tests.webhooks.conftest import Do, Sending, Told, state, subjects, wrote
from tests.webhooks.receiver import Receiver, Taken, agrees, says

READER = "change/following"  # reads the log for all who follow it, four times a second


@pytest.fixture
def asked(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """The statements that are sent, counted by name."""
    found: Counter[str] = Counter()
    read, run = graph._read, graph.run

    async def reads(query: Any, parameters: Any) -> Any:
        if query.metadata["query"] != READER:
            found[query.metadata["query"]] += 1
        return await read(query, parameters)

    async def runs(tx: Any, query: Any, **parameters: Any) -> Any:
        found[query.metadata["query"]] += 1
        return await run(tx, query, **parameters)

    monkeypatch.setattr(graph, "_read", reads)
    monkeypatch.setattr(graph, "run", runs)
    return found


@pytest.mark.parametrize(("sends", "least"), [(True, 1), (False, 0)])
async def test_a_server_that_does_not_send_asks_nothing(
    graph: Graph, seal: Seal, key: IdentifierKey, asked: Counter[str], sends: bool, least: int
) -> None:
    webhooks, owners = Webhooks(key), Owners(Told(graph), development=True)

    async with webhooks.running(graph, seal, owners, alone=True, sends=sends):
        await asyncio.sleep(0.5)

    assert min(asked["webhook/beat"], 1) == least
    assert webhooks.numbers["webhooks_sending"] == 0


async def test_a_server_without_webhooks_asks_one_question(
    sending: Sending, asked: Counter[str]
) -> None:
    await sending.turns(3)

    assert asked == {"webhook/beat": 3}


async def test_nothing_more_is_asked_however_many_wait(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, asked: Counter[str]
) -> None:
    for number in range(5):
        await register(url=f"{receiver.url}&n={number}")
    receiver.answer = says("500 Oops")
    await wrote(graph, "A-1", "A-2", "A-3")
    await sending.settled()
    assert len(receiver.taken) >= 5
    asked.clear()

    await sending.turns(4)

    assert asked == {"webhook/beat": 4}


async def test_a_batch_is_one_statement_of_each_kind(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, asked: Counter[str]
) -> None:
    await register()
    await register(url=f"{receiver.url}&n=2")
    await sending.turns(2)
    await wrote(graph, *(f"A-{n}" for n in range(20)))
    asked.clear()

    await sending.turns(1)
    assert asked == {"webhook/beat": 1, "webhook/put": 1}
    asked.clear()
    await sending.turns(1)  # four of each webhook begin
    assert asked == {"webhook/beat": 1}
    asked.clear()
    await sending.turns(1)

    assert asked == {"webhook/beat": 1, "webhook/results": 1, "webhook/settle": 1}
    assert len(receiver.taken) == 16


async def test_what_does_not_match_is_passed_over(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do, asked: Counter[str]
) -> None:
    await register(filter={"kinds": ["RISK_RATING_CHANGED"]})
    await wrote(graph, *(f"A-{n}" for n in range(20)))

    await sending.settled()

    assert receiver.taken == []
    assert asked["webhook/put"] == 0  # the place is stored now and then only
    assert (await state(do))["deliveries"] == []


async def test_a_slow_receiver_holds_up_nobody(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do
) -> None:
    await register(url=f"{receiver.url}&slow")
    await register()
    free = asyncio.Event()

    async def slowly(taken: Taken, writer: asyncio.StreamWriter) -> None:
        if "slow" in taken.headers["first"]:
            await free.wait()
        await agrees(taken, writer)

    receiver.answer = slowly
    await wrote(graph, *(f"A-{n}" for n in range(30)))
    running = asyncio.create_task(sending.sender.run())
    async with asyncio.timeout(60):
        while sum("slow" not in each.headers["first"] for each in receiver.taken) < 30:
            receiver.news.clear()
            await receiver.news.wait()

    assert sum("slow" in each.headers["first"] for each in receiver.taken) == sender.OF_ONE
    free.set()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_one_of_two_servers_sends_and_the_other_goes_on(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do, seal: Seal,
    key: IdentifierKey, receivers: Receivers,
) -> None:  # fmt: skip
    await register()
    posts, owners = Posts(receivers), Owners(Told(graph), development=True)
    other = Sender(graph, seal, Locksmith(key), owners, posts, clock=sending.clock)
    await sending.turns(1)
    await wrote(graph, "A-1")

    for _ in range(3):
        await other.turn()
    assert (sending.sender.counts.sending, other.counts.sending) == (True, False)
    await sending.settled()
    assert subjects(receiver) == ["A-1"]

    await graph.schema("MATCH (l:MigrationLock {id: 'webhooks'}) SET l.until = datetime()")
    await wrote(graph, "A-2")
    async with asyncio.timeout(60):
        while len(receiver.taken) < 2:
            await other.turn()
            await asyncio.sleep(0.05)
    posts.close()
    assert subjects(receiver) == ["A-1", "A-2"]
    assert other.counts.sending
    assert not await sending.sender._leads(await store.beat(graph, sending.clock()))
    await other._following.aclose()


async def test_a_server_that_stops_lets_another_go_on_at_once(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do
) -> None:
    await register()
    await wrote(graph, "A-1")
    running = asyncio.create_task(sending.sender.run())
    async with asyncio.timeout(60):
        await receiver.news.wait()
    assert (await store.beat(graph, sending.clock())).held

    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert not (await store.beat(graph, sending.clock())).held


async def test_results_of_a_server_that_lost_the_lease_are_not_stored(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    await register()
    await wrote(graph, "A-1")
    await sending.turns(2)
    await graph.schema("MATCH (l:MigrationLock {id: 'webhooks'}) SET l.holder = 'another'")
    await sending.sender._tell()

    [delivery] = (await state(do))["deliveries"]

    assert (len(receiver.taken), delivery["delivered"]) == (1, False)


async def test_metrics_count(
    graph: Graph, sending: Sending, receiver: Receiver, register: Do, key: IdentifierKey
) -> None:
    await register()
    await wrote(graph, "A-1", "A-2")
    receiver.answer = says("500 Oops")
    await sending.settled()
    receiver.answer = agrees
    sending.clock.go(timedelta(minutes=1))
    await sending.settled()

    found = Webhooks(key)
    found.sender = sending.sender
    assert found.numbers == {
        "webhooks_sent_total": 2,
        "webhooks_failed_total": 2,
        "webhooks_waiting": 0,
        "webhooks_sending": 1.0,
    }
