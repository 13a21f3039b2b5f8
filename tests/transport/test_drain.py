"""The end of a server, and too many at once."""

import asyncio

import httpx2
import pytest

from tests.transport.serving import authenticate, running
from transport import Doors
from transport.admission import Admission, Busy

SLOW = {"query": "{ slow(seconds: 0.4) }"}


async def test_a_stopping_server_ends_what_runs_and_refuses_the_rest() -> None:
    async with running() as one, httpx2.AsyncClient() as client:
        slow = asyncio.create_task(client.post(one.graphql, json=SLOW))
        await asyncio.sleep(0.1)
        one.served.drain.begin()

        refused = await client.post(one.graphql, json=SLOW)
        ready = await client.get(one.url + "/health/ready")
        live = await client.get(one.url + "/health/live")
        answer = await slow

    assert refused.status_code == 503
    assert refused.headers["retry-after"] == "5"
    assert refused.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
    assert (ready.status_code, ready.json()["checks"]) == (503, {"server": "stopping"})
    assert live.status_code == 200
    assert answer.json() == {"data": {"slow": 0.4}}


async def test_a_server_waits_for_running_requests_when_it_stops() -> None:
    async with httpx2.AsyncClient() as client:
        async with running() as one:
            slow = asyncio.create_task(client.post(one.graphql, json=SLOW))
            await asyncio.sleep(0.1)

        assert (await slow).json() == {"data": {"slow": 0.4}}


async def test_one_too_many_is_refused_and_may_come_again() -> None:
    doors = Doors(authenticate, admission=Admission(at_once=1, waiting=1, seconds=0.1))

    async with running(doors) as one, httpx2.AsyncClient() as client:
        answers = await asyncio.gather(*(client.post(one.graphql, json=SLOW) for _ in range(3)))

    assert sorted(answer.status_code for answer in answers) == [200, 503, 503]
    refused = next(answer for answer in answers if answer.status_code == 503)
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}


async def test_who_waits_gets_the_turn_that_ends_in_time() -> None:
    admission = Admission(at_once=1, waiting=1, seconds=1.0)
    order = []

    async def work(name: str) -> None:
        async with admission.turn("Ada", 8):
            order.append(name)
            await asyncio.sleep(0.02)

    await asyncio.gather(work("first"), work("second"))
    async with admission.turn("Ada", 8):
        order.append("third")

    assert order == ["first", "second", "third"]


async def test_only_so_many_wait() -> None:
    admission = Admission(at_once=1, waiting=0, seconds=1.0)

    async with admission.turn("Ada", 8):
        with pytest.raises(Busy):
            async with admission.turn("Ada", 8):
                pass
