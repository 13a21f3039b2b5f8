"""Ways to follow the change log, and to write to it."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.feed import FEEDS, Feed, Pace, feed
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT, Viewer
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds

FOLLOW = """
  subscription ($after: String, $filter: ChangeFilter) {
    changes(after: $after, filter: $filter) {
      kind cursor earliest change { id kind accountSequence account { id } subject { label } }
    }
  }
"""
Event = dict[str, Any]
Events = AsyncGenerator[Any, None]
Follow = Callable[..., AbstractAsyncContextManager["Stream"]]


class Stream:
    """A stream that a test takes events from."""

    def __init__(self, results: Events) -> None:
        self._results = results

    async def next(self) -> Event:
        """The next event; a stream that says nothing for long fails the test."""
        async with asyncio.timeout(30):
            result = await anext(self._results)
        assert result.errors is None, result.errors
        event: Event = result.data["changes"]
        return event

    async def changes(self, number: int) -> list[Event]:
        """So many events, which must be changes."""
        found = [await self.next() for _ in range(number)]
        assert {event["kind"] for event in found} <= {"CHANGE"}
        return found

    async def refusal(self) -> Any:
        """The error that ends the stream."""
        async with asyncio.timeout(30):
            result = await anext(self._results)
        [error] = result.errors
        return error


@pytest.fixture
def pace(graph: Graph) -> Callable[..., Feed]:
    """The graph's reader at another pace."""

    def paced(**given: float) -> Feed:
        found = feed(graph)
        found.pace = replace(Pace(), **given)  # type: ignore[arg-type]
        return found

    return paced


@pytest.fixture(autouse=True)
def unread(graph: Graph) -> None:
    """Each test has a reader of its own: the log was emptied before it."""
    FEEDS.pop(graph, None)


@pytest.fixture
def follow(graph: Graph, seal: Seal, key: IdentifierKey) -> Follow:
    """Follow the log: follow(after=, filter=)."""

    @asynccontextmanager
    async def following(
        document: str = FOLLOW, viewer: Viewer = DEVELOPMENT, **variables: object
    ) -> AsyncIterator[Stream]:
        context = Context(graph, viewer, seal, key)
        results: Any = await schema.stream(document, variables, context)
        async with aclosing(results):
            yield Stream(results)

    return following


def named(*names: str) -> list[worlds.Row]:
    """Importers of these names, one change each; the name is the id too."""
    return [worlds.account(name, name) for name in names]


@pytest.fixture
def wrote(graph: Graph) -> Callable[..., Awaitable[None]]:
    """Write importers, one change each."""

    async def written(*names: str) -> None:
        outcome = await write(graph, named(*names), at=datetime.now(UTC))
        assert outcome.refused == []

    return written


def labels(events: list[Event]) -> list[str]:
    return [event["change"]["subject"]["label"] for event in events]
