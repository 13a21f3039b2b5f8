"""When the circuit before the database opens, whom it refuses, and when it closes."""

import asyncio

import pytest
from neo4j.exceptions import ClientError, ConnectionAcquisitionTimeoutError, ServiceUnavailable

from graph import circuit as module
from graph.circuit import Circuit
from graph.errors import Unavailable


@pytest.fixture
def circuit() -> Circuit:
    """One that is closed."""
    return Circuit()


async def met(circuit: Circuit, *errors: type[Exception] | None) -> None:
    """Statements that end like this, one after the other."""
    for error in errors:
        try:
            async with circuit.within(5):
                if error:
                    raise error("as it is")
        except (ClientError, ServiceUnavailable, ConnectionAcquisitionTimeoutError, ValueError):
            pass


async def test_three_failures_without_an_answer_open_it(circuit: Circuit) -> None:
    await met(circuit, ServiceUnavailable, ServiceUnavailable)
    assert not circuit.open

    await met(circuit, ServiceUnavailable)

    assert circuit.open
    with pytest.raises(Unavailable):
        await met(circuit, None)


@pytest.mark.parametrize("answer", [None, ClientError])
async def test_an_answer_between_them_keeps_it_closed(
    circuit: Circuit, answer: type[Exception] | None
) -> None:
    lost = ServiceUnavailable

    await met(circuit, lost, lost, answer, lost, lost)

    assert not circuit.open


async def test_what_says_nothing_of_the_database_does_not_count(circuit: Circuit) -> None:
    full = ConnectionAcquisitionTimeoutError

    await met(circuit, full, full, full, full, ValueError, ValueError, ValueError)

    assert not circuit.open


async def test_failures_that_are_long_ago_do_not_count(
    circuit: Circuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "WITHIN", 0.1)
    await met(circuit, ServiceUnavailable, ServiceUnavailable)
    await asyncio.sleep(0.15)

    await met(circuit, ServiceUnavailable)

    assert not circuit.open


async def test_what_waits_ends_when_it_opens(circuit: Circuit) -> None:
    async def waiting() -> None:
        async with circuit.within(60):
            await asyncio.sleep(60)

    tasks = [asyncio.create_task(waiting()) for _ in range(3)]
    await asyncio.sleep(0)

    await met(circuit, *[ServiceUnavailable] * 3)

    ended = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 1)
    assert [type(one) for one in ended] == [Unavailable] * 3


async def test_one_may_try_when_its_time_has_come_and_an_answer_closes_it(
    circuit: Circuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AGAIN", 0.1)
    await met(circuit, *[ServiceUnavailable] * 3)
    await asyncio.sleep(0.15)

    await met(circuit, ServiceUnavailable)  # it tried: the next has to wait
    with pytest.raises(Unavailable):
        await met(circuit, None)
    await asyncio.sleep(0.15)
    await met(circuit, None)

    assert not circuit.open


async def test_where_something_watches_only_that_tries(
    circuit: Circuit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AGAIN", 0.05)
    away = True

    async def ask() -> None:
        if away:
            raise ServiceUnavailable

    watching = asyncio.create_task(circuit.watch(ask))
    await asyncio.sleep(0.4)
    with pytest.raises(Unavailable):
        await met(circuit, None)
    away = False
    await asyncio.sleep(0.2)

    assert not circuit.open
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    assert not circuit.watched
