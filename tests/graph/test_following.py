"""What is read whole into memory: who waits for whom, what goes on, and what is given up."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from graph.changes import Place
from graph.following import KEPT, Following, Standing
from graph.records.moment import Moment
from graph.session import Graph
from tests.days import today


class Reading:
    """Reads that end when they are let."""

    def __init__(self) -> None:
        self.begun: list[Moment] = []
        self.has_begun = asyncio.Event()
        self.may_end = asyncio.Event()

    async def read(self, _graph: Graph, moment: Moment, place: Place) -> Standing:
        """As a large graph is: slowly, of a past day."""
        self.begun.append(moment)
        self.has_begun.set()
        if moment.as_of < today():
            await self.may_end.wait()
        return Standing(place, moment.known_at, 0.0)

    async def advance(
        self, _graph: Graph, moment: Moment, before: Standing, place: Place
    ) -> Standing:
        """Nothing is read."""
        return replace(before, place=place, known_at=moment.known_at)


@pytest.fixture
def reading() -> Reading:
    return Reading()


@pytest.fixture
def held(reading: Reading) -> Following[Standing]:
    return Following(reading.read, reading.advance)


def day(before: int) -> Moment:
    return Moment.given(today() - timedelta(days=before), None, Moment.now())


async def test_a_past_moment_that_is_being_read_holds_up_nobody_else(
    graph: Graph, reading: Reading, held: Following[Standing]
) -> None:
    slow = asyncio.create_task(held.at(graph, day(1)))
    await reading.has_begun.wait()

    await asyncio.wait_for(held.at(graph, Moment.now()), 30)

    assert not slow.done()
    reading.may_end.set()
    await slow


async def test_a_reading_goes_on_when_who_asked_has_left(
    graph: Graph, reading: Reading, held: Following[Standing]
) -> None:
    left = asyncio.create_task(held.at(graph, day(1)))
    await reading.has_begun.wait()
    left.cancel()
    await asyncio.gather(left, return_exceptions=True)
    reading.may_end.set()

    await held.at(graph, day(1))
    await held.at(graph, day(1))

    assert len(reading.begun) == 1


async def test_the_present_stays_whatever_past_moments_are_asked_for(
    graph: Graph, reading: Reading, held: Following[Standing]
) -> None:
    reading.may_end.set()
    await held.at(graph, Moment.now())
    for before in range(1, KEPT + 2):
        await held.at(graph, day(before))
    begun = len(reading.begun)

    await held.at(graph, Moment.now())
    assert len(reading.begun) == begun

    await held.at(graph, day(1))
    assert len(reading.begun) == begun + 1
