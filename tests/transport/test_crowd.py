"""Far too many at once, on a virtual clock: who is let in ends soon, who is not knows."""

import asyncio
import random
from dataclasses import dataclass, field

import pytest

from tests.transport.virtual import run
from transport.crowd import Crowd, Full
from transport.keeping_up import LEAST

WORK = 0.023  # seconds of the one processor for an operation: 43 a second
SLICE = 0.005  # after which another has its turn at it
CAN = 1 / WORK
SECONDS = 30.0


@dataclass
class Shop:
    """A server of one processor: what came of those who asked."""

    crowd: Crowd
    processor: asyncio.Lock = field(default_factory=asyncio.Lock)
    answered: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    waiting: int = 0

    async def ask(self, work: float, sleep: float = 0.0) -> None:
        """One operation: `work` seconds of the processor, `sleep` of a database that has more."""
        loop = asyncio.get_running_loop()
        due = loop.time()
        try:
            async with self.crowd.turn():
                await asyncio.sleep(sleep)
                while work > 0:
                    async with self.processor:
                        await asyncio.sleep(min(work, SLICE))
                    work -= SLICE
                self.answered.append(loop.time() - due)
        except Full:
            self.refused.append(loop.time() - due)

    async def load(self, rate: float, work: float, sleep: float = 0.0) -> "Shop":
        """So many a second at random, always the same way; what came of them, and a fresh page."""
        chance, at = random.Random(22), 0.0
        loop = asyncio.get_running_loop()
        begun = loop.time()
        async with asyncio.TaskGroup() as asked:
            while (at := at + chance.expovariate(rate)) < SECONDS:
                await asyncio.sleep(max(0.0, begun + at - loop.time()))
                asked.create_task(self.ask(work * chance.uniform(0.5, 1.5), sleep))
                self.waiting = max(self.waiting, self.crowd.waiting)
        told = Shop(self.crowd, self.processor, self.answered, self.refused, self.waiting)
        self.answered, self.refused, self.waiting = [], [], 0
        return told


def shop(at_once: int = 64, waiting: int = 64, seconds: float = 1.0) -> Shop:
    return Shop(Crowd(at_once, waiting, seconds, asyncio.get_running_loop().time))


def p99(took: list[float]) -> float:
    return sorted(took)[int(len(took) * 0.99)]


def test_at_five_times_what_it_can_those_let_in_end_soon_and_the_others_know_at_once() -> None:
    async def work() -> tuple[Shop, Shop, Shop]:
        one = shop()
        usual = await one.load(0.8 * CAN, WORK)
        return usual, await one.load(5 * CAN, WORK), await one.load(0.8 * CAN, WORK)

    usual, crowded, after = run(work())

    assert p99(crowded.answered) <= 2 * p99(usual.answered) <= 2
    assert p99(crowded.refused) == 0
    assert max(crowded.refused) <= 1
    assert len(crowded.answered) >= 0.97 * CAN * SECONDS
    assert crowded.waiting <= 64
    assert len(usual.refused) + len(after.refused) <= 0.015 * 2 * 0.8 * CAN * SECONDS


def test_a_crowd_that_comes_to_a_server_that_never_had_rest_ends_within_two_seconds() -> None:
    async def work() -> Shop:
        return await shop().load(5 * CAN, WORK)

    crowded = run(work())

    assert p99(crowded.answered) <= 2
    assert p99(crowded.refused) == 0
    assert len(crowded.answered) >= 0.97 * CAN * SECONDS


def test_a_slow_database_that_can_more_is_asked_more_at_once() -> None:
    async def work() -> tuple[Shop, int]:
        one = shop()
        await one.load(2, 0.0, 0.5)
        told = await one.load(100, 0.0, 0.5)  # fifty at once
        return told, one.crowd.limit

    told, limit = run(work())

    assert limit >= 40
    assert len(told.answered) >= 70 * SECONDS


def test_a_slow_caller_leaves_room_for_the_others() -> None:
    async def work() -> tuple[Shop, int]:
        one = shop()
        await one.load(10, WORK)
        slow = [one.crowd.turn() for _ in range(3 * LEAST)]
        await asyncio.gather(*(each.__aenter__() for each in slow))  # and none of them ends
        told = await one.load(0.5 * CAN, WORK)
        return told, one.crowd.limit

    told, limit = run(work())

    assert limit > 3 * LEAST
    assert len(told.refused) <= 10
    assert p99(told.answered) <= 0.5


@pytest.mark.parametrize("sleep", [0.0, 0.1, 0.4, 0.9])
def test_eight_clients_are_no_crowd_however_slow_what_they_ask(sleep: float) -> None:
    async def work() -> tuple[int, Shop]:
        one = shop()
        await one.load(5 * CAN, WORK)
        limit, one.refused = one.crowd.limit, []

        async def client() -> None:
            for _ in range(20):
                await one.ask(WORK, sleep)

        await asyncio.gather(*(client() for _ in range(8)))
        return limit, one

    limit, told = run(work())

    assert limit < 8
    assert told.refused == []


def test_a_burst_after_rest_is_answered() -> None:
    async def work() -> Shop:
        one = shop()
        await one.load(10, WORK)
        await asyncio.gather(*(one.ask(WORK) for _ in range(40)))
        return one

    told = run(work())

    assert len(told.answered) == 40
    assert max(told.answered) <= 1.1


def test_who_is_too_many_by_the_pace_is_refused_at_once() -> None:
    async def work() -> Shop:
        one = shop(at_once=1)
        asked = [asyncio.create_task(one.ask(0.0, 0.3)) for _ in range(2)]
        await asyncio.sleep(0.7)  # the second has had its turn; 0.3 s lay before it
        asked += [asyncio.create_task(one.ask(0.0, 0.3)) for _ in range(5)]
        await asyncio.gather(*asked)
        return one

    told = run(work())

    assert told.answered == pytest.approx([0.3, 0.6, 0.3, 0.6, 0.9, 1.2])
    assert told.refused == [0]


def test_a_turn_that_comes_too_late_is_the_next_one_s() -> None:
    async def work() -> list[str]:
        crowd, order = shop(at_once=1).crowd, []

        async def one(name: str) -> None:
            async with crowd.turn():
                order.append(name)

        first = crowd.turn()
        await first.__aenter__()
        late, next_one = asyncio.create_task(one("late")), asyncio.create_task(one("next"))
        await asyncio.sleep(0)
        await first.__aexit__(None, None, None)  # gives the turn to `late`, who is cancelled
        late.cancel()
        await asyncio.gather(late, next_one, return_exceptions=True)
        return order

    assert run(work()) == ["next"]


@pytest.mark.parametrize("at_once", [1, 2, 64])
def test_never_more_run_than_may(at_once: int) -> None:
    async def work() -> int:
        one = shop(at_once)
        running = most = 0

        async def ask() -> None:
            nonlocal running, most
            try:
                async with one.crowd.turn():
                    running += 1
                    most = max(most, running)
                    await asyncio.sleep(0.02)
                    running -= 1
            except Full:
                pass

        for _ in range(200):
            await asyncio.gather(*(ask() for _ in range(100)))
        return most

    assert run(work()) <= at_once
