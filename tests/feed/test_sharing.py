"""What streams cost the database: as much for a thousand as for one."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from graph import feed
from graph.changes import Excerpt
from graph.session import Graph
from tests.feed.conftest import Follow, Stream, labels

Wrote = Callable[..., Awaitable[None]]
SHOWN = """
  subscription ($after: String, $filter: ChangeFilter) {
    changes(after: $after, filter: $filter) {
      kind cursor
      change {
        id subject { label } account { name } relationship { id type from { id } } cause { id }
      }
    }
  }
"""


async def listening(stack: AsyncExitStack, follow: Follow, number: int) -> list[Stream]:
    """So many streams that have begun."""
    streams = [await stack.enter_async_context(follow(SHOWN)) for _ in range(number)]
    await asyncio.gather(*(stream.next() for stream in streams))
    return streams


@pytest.mark.parametrize("number", [1, 1000])
async def test_the_idle_cost_one_question_at_each_look(
    follow: Follow, graph: Graph, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    looks, enough = 0, asyncio.Event()
    learn = feed.Feed._learn

    def counted(self: feed.Feed, found: Excerpt) -> None:
        nonlocal looks
        learn(self, found)
        looks += 1
        if looks == 10:
            enough.set()

    monkeypatch.setattr(feed.Feed, "_learn", counted)
    monkeypatch.setattr(feed, "EVERY", 0.02)
    async with AsyncExitStack() as stack:
        waiting = [
            asyncio.create_task(stream.next()) for stream in await listening(stack, follow, number)
        ]
        await asyncio.sleep(0)  # all of them wait
        graph.statements = looks = 0
        await enough.wait()
        asked = graph.statements - looks
        for one in waiting:
            one.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    assert abs(asked) <= 1  # one may be on its way before and after


@pytest.mark.parametrize("number", [1, 50])
async def test_an_event_is_read_once_for_all_who_are_told(
    follow: Follow, graph: Graph, wrote: Wrote, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(feed, "EVERY", 3600.0)  # only commits wake the reader
    monkeypatch.setattr(feed, "FRESH", 3600.0)
    async with AsyncExitStack() as stack:
        streams = await listening(stack, follow, number)
        waiting = [asyncio.create_task(stream.changes(3)) for stream in streams]
        await asyncio.sleep(0.3)
        before = graph.statements
        await wrote("a", "b", "c")
        writing = graph.statements - before
        found = await asyncio.gather(*waiting)

    assert all(labels(events) == ["a", "b", "c"] for events in found)
    # The entries, then the things they show: accounts and subjects are the same here.
    assert graph.statements - before - writing <= 2
