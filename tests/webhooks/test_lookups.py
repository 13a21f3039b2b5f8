"""A name server that hangs keeps few threads of one owner, and spends no attempt of another."""

import asyncio
import socket
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from types import SimpleNamespace

import pytest

from graph.session import Graph
from graph.webhooks import lookups
from graph.webhooks.addresses import Address
from graph.webhooks.lookups import AT_ONCE, OF_ONE, Crowded, Lookups
from tests.webhooks.conftest import Do, Sending, state, subjects, wrote
from tests.webhooks.receiver import Receiver


class Names:
    """The system's look-up, which hangs for some names until it is let go."""

    def __init__(self) -> None:
        self.hanging = 0
        self.free = threading.Event()
        self._lock = threading.Lock()

    def getaddrinfo(self, host: str, port: int, type: int) -> list[object]:
        if host.startswith("hang"):
            with self._lock:
                self.hanging += 1
            self.free.wait(120)
            return [(None, None, None, "", ("192.0.2.1", port))]
        return list(socket.getaddrinfo(host, port, type=type))


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> Iterator[Names]:
    found = Names()
    fake = SimpleNamespace(getaddrinfo=found.getaddrinfo, SOCK_STREAM=socket.SOCK_STREAM)
    monkeypatch.setattr(lookups, "socket", fake)
    yield found
    found.free.set()


async def hang(
    looks: Lookups, names: Names, owner: str, number: int
) -> list[asyncio.Task[Sequence[Address]]]:
    """So many look-ups of an owner that hang, once as many threads do as may."""
    before = names.hanging
    began = [asyncio.create_task(looks.found(f"hang{n}", 443, owner)) for n in range(number)]
    while names.hanging < before + min(number, OF_ONE):  # noqa: ASYNC110 - threads tell it so
        await asyncio.sleep(0.01)
    return began


async def test_one_owner_takes_two_threads_and_the_next_one_finds_a_free_one(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Lookups()
    monkeypatch.setattr(lookups, "WAIT", 0.2)
    began = await hang(looks, names, "one", 20)
    monkeypatch.setattr(lookups, "WAIT", 60.0)

    assert await looks.found("localhost", 443, "another")
    refused, hanging = await asyncio.wait(began, timeout=1.0)
    while len(hanging) > OF_ONE:
        more, hanging = await asyncio.wait(hanging, return_when=asyncio.FIRST_COMPLETED)
        refused |= more

    assert {type(each.exception()) for each in refused} == {Crowded}
    assert (names.hanging, len(refused)) == (OF_ONE, 20 - OF_ONE)
    names.free.set()
    assert await asyncio.gather(*hanging)
    assert await looks.found("localhost", 443, "one")
    looks.close()


async def test_a_thread_is_not_free_before_it_has_ended(
    names: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Lookups()
    for number in range(AT_ONCE // OF_ONE):
        for each in await hang(looks, names, f"owner {number}", OF_ONE):
            each.cancel()
            await asyncio.gather(each, return_exceptions=True)

    monkeypatch.setattr(lookups, "WAIT", 0.1)
    with pytest.raises(Crowded):
        await looks.found("localhost", 443, "another")
    monkeypatch.setattr(lookups, "WAIT", 60.0)
    names.free.set()

    assert await looks.found("localhost", 443, "another")
    looks.close()


async def test_a_webhook_whose_name_nobody_looks_up_now_has_spent_no_attempt(
    names: Names, graph: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    await register()
    await wrote(graph, "A-1=One")
    [stored] = await graph.schema("MATCH (w:Webhook) RETURN w.owner AS owner")
    looks = sending.sender._attempts._posts._names
    began = await hang(looks, names, stored["owner"], OF_ONE)
    monkeypatch.setattr(lookups, "WAIT", 0.1)

    await sending.turns(5)

    [stored] = await graph.schema("MATCH (d:WebhookDelivery) RETURN properties(d) AS said")
    assert (stored["said"].get("attempt", 0), receiver.taken) == (0, [])
    assert sending.sender.counts.failed == 0

    names.free.set()
    await asyncio.gather(*began)
    monkeypatch.setattr(lookups, "WAIT", 60.0)
    sending.clock.go(timedelta(seconds=2))
    await sending.settled()

    [delivery] = (await state(do))["deliveries"]
    assert (subjects(receiver), delivery["attempt"]) == (["A-1"], 1)
