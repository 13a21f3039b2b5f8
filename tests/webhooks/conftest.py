"""A sender whose clock the tests move, its owners, and receivers."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from graph import ids
from graph.feed import FEEDS
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT, Viewer
from graph.registry import Known, Registry
from graph.session import Graph
from graph.webhooks import Receivers, Webhooks
from graph.webhooks.owners import Owners
from graph.webhooks.posting import Posts
from graph.webhooks.secrets import Locksmith
from graph.webhooks.sender import Sender
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.webhooks.receiver import Receiver

SAVE = """
  mutation ($input: WebhookInput!) {
    saveWebhook(input: $input) {
      secret webhook { id version active } userErrors { code message path }
    }
  }
"""
STATE = """
  { viewer { webhooks { id active pausedReason cursor deliveries(limit: 100) {
    id attempt delivered httpStatus error nextAttemptAt change { id } } } } }
"""
Do = Callable[..., Awaitable[dict[str, Any]]]


@dataclass
class Clock:
    """The instant, as a test says."""

    at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.at

    def go(self, by: timedelta) -> None:
        self.at += by


class Told(Registry):
    """A registry that knows what a test says."""

    async def current(self) -> Known:
        return self.known


@dataclass
class Sending:
    """A sender, whose turns a test takes, and all that it stands on."""

    graph: Graph
    sender: Sender
    registry: Told
    clock: Clock
    again: Callable[[], Sender]

    async def turns(self, number: int = 1) -> None:
        """Take turns; all attempts that begin in one end before the next."""
        for _ in range(number):
            if self.sender._follows:
                await self.sender._feed.look()  # else it would be told of news a moment later
            await self.sender.turn()
            while self.sender._tasks:
                await asyncio.gather(*self.sender._tasks)

    async def settled(self) -> None:
        """Until nothing is due."""
        async with asyncio.timeout(120):
            while True:
                sent = self.sender.counts.sent, self.sender.counts.failed
                await self.turns(3)
                if sent == (self.sender.counts.sent, self.sender.counts.failed):
                    return


@pytest.fixture(autouse=True)
def unread(graph: Graph) -> None:
    """Each test has a reader of its own: the log was emptied before it."""
    FEEDS.pop(graph, None)


@pytest.fixture
async def receiver(tmp_path: Path) -> AsyncIterator[Receiver]:
    """A receiver at localhost."""
    found = Receiver(tmp_path)
    await found.begin()
    yield found
    await found.end()


@pytest.fixture
def receivers(receiver: Receiver) -> Receivers:
    """What lets it be sent to."""
    return Receivers(inside=frozenset({("localhost", receiver.port)}), ca=receiver.ca)


@pytest.fixture
async def sending(
    graph: Graph, seal: Seal, key: IdentifierKey, receivers: Receivers
) -> AsyncIterator[Sending]:
    """A sender that nobody runs."""
    registry, clock = Told(graph), Clock()
    posts = Posts(receivers)
    owners = Owners(registry, development=True)
    made: list[Sender] = []

    def sender() -> Sender:
        FEEDS.pop(graph, None)  # as a server that starts anew
        given = (graph, seal, Locksmith(key), owners, posts)
        made.append(Sender(*given, alone=True, clock=clock, chance=lambda: 0.5))
        return made[-1]

    yield Sending(graph, sender(), registry, clock, sender)
    for each in made:
        await each._following.aclose()
    posts.close()


@pytest.fixture
def do(graph: Graph, seal: Seal, key: IdentifierKey, receivers: Receivers) -> Do:
    """The data of one operation: do(document, viewer=, **variables)."""

    async def done(
        document: str, viewer: Viewer = DEVELOPMENT, **variables: object
    ) -> dict[str, Any]:
        webhooks = Webhooks(key, receivers)
        context = Context(graph, viewer, seal, key, webhooks=webhooks)
        result = await schema.execute(document, variables, context_value=context)
        assert result.errors is None, result.errors
        return result.data or {}

    return done


@pytest.fixture
def register(do: Do, receiver: Receiver) -> Do:
    """A webhook to the receiver: its id and its secret."""

    async def registered(viewer: Viewer = DEVELOPMENT, **input: object) -> dict[str, Any]:
        given = {"url": receiver.url, **input}
        answer: dict[str, Any] = (await do(SAVE, viewer, input=given))["saveWebhook"]
        assert answer["userErrors"] == []
        return {**answer["webhook"], "secret": answer["secret"]}

    return registered


async def state(do: Do, viewer: Viewer = DEVELOPMENT) -> dict[str, Any]:
    """The only webhook, with what was sent."""
    [found] = (await do(STATE, viewer))["viewer"]["webhooks"]
    told: dict[str, Any] = found
    return told


async def wrote(graph: Graph, *names: str) -> None:
    """Accounts of these names, one change each; the name is the id too. Or `ID=NAME`."""
    rows: list[worlds.Row] = []
    for each in names:
        id_, _, name = each.partition("=")
        rows.append(worlds.account(id_, name or id_))
    assert (await write(graph, rows, at=datetime.now(UTC))).refused == []


def subjects(receiver: Receiver) -> list[str]:
    """The ids of the accounts of the changes that came, in order."""
    found = [each.event["data"] for each in receiver.taken if each.kind == "change"]
    return [ids.decode(told["account"]).partition(":")[2] for told in found]
