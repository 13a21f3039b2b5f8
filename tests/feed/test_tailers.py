"""Three that read the log as it grows, while 32 write: no number is skipped, and none comes late.

A run takes three seconds; `make night` takes LOG_SECONDS, an hour.
"""

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from neo4j import Query

from graph import changes, ids
from graph.address import Address
from graph.changes import Filter
from graph.errors import GraphError, TimedOut, Unavailable
from graph.feed import Feed
from graph.follower import Follower
from graph.identifiers import IdentifierKey
from graph.lists import Window
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import PATIENT, Graph, connect
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.beside import running, still
from tests.commands.conftest import gid

SECONDS = float(os.environ.get("LOG_SECONDS", "3"))
WRITERS, LOADERS, ACCOUNTS = 24, 8, 6  # that give commands, that load, and what they write about
AWAY = {"UNAVAILABLE", "TIMED_OUT"}
LEAST = 100  # changes acknowledged, however busy the machine is
RENAME = """mutation ($input: UpdateAccountInput!) { updateAccount(input: $input) {
  changes { id } userErrors { code } } }"""
THERE = Query("""MATCH (change:Change) WHERE change.sequence > $after
  WITH change.sequence AS sequence, change.account AS account, change.accountSequence AS own
  ORDER BY sequence RETURN collect([sequence, account, own]) AS found""")

Entry = tuple[int, str | None, int | None]


class Tailer:
    """Reads on from what it has seen, and notes what is not the next."""

    def __init__(self, start: int) -> None:
        self.last, self.wrong = start, list[str]()
        self.seen = 0
        self._own: dict[str, int] = {}

    def take(self, sequence: int, account: str | None, own: int | None) -> None:
        """One entry more."""
        if sequence != self.last + 1:
            self.wrong.append(f"{sequence} after {self.last}")
        if account and own and own != self._own.setdefault(account, own - 1) + 1:
            self.wrong.append(f"{account}: {own} after {self._own[account]}")
        self.last, self.seen = sequence, self.seen + 1
        if account and own:
            self._own[account] = own

    async def tail(self, graph: Graph) -> None:
        """Read until cancelled."""
        raise NotImplementedError


class ByPages(Tailer):
    """As a page of the log is read."""

    async def tail(self, graph: Graph) -> None:
        while True:
            found = await changes.excerpt(graph, Filter(), Window(100, (self.last,)))
            for change in found.changes:
                self.take(change.sequence, change.account_key, change.account_sequence)


class ByFeed(Tailer):
    """As a stream is told, by a server that does not write itself."""

    async def tail(self, graph: Graph) -> None:
        feed = Feed(graph)
        async with feed.following():
            follower = Follower(graph, feed, Filter(), self.last, None)
            while True:
                for change in (await follower.step()).changes:
                    self.take(change.sequence, change.account_key, change.account_sequence)


class ByStore(Tailer):
    """All that is there, by a statement of its own."""

    async def tail(self, graph: Graph) -> None:
        while True:
            [row] = await graph.read(THERE, after=self.last)
            for entry in row["found"]:
                self.take(*entry)


class Writers:
    """What is written, and what of it was acknowledged."""

    def __init__(self, made: tuple[Graph, Seal, IdentifierKey]) -> None:
        self._made = made
        self._end = time.monotonic() + SECONDS
        self.told: set[int] = set()
        self.came: Counter[str] = Counter()

    def done(self) -> bool:
        """Whether the time is over, and something was written in it."""
        return time.monotonic() >= self._end and len(self.told) >= LEAST

    async def command(self, number: int) -> None:
        """Rename accounts that others rename too."""
        turn = 0
        while not self.done():
            turn += 1
            graph, seal, key = self._made
            given = {"id": gid(f"Account:A-{turn % ACCOUNTS}"), "name": f"Name {number}.{turn}"}
            context = Context(graph, DEVELOPMENT, seal, key)
            answer = await schema.execute(RENAME, {"input": given}, context_value=context)
            if answer.errors:
                codes = {str((error.extensions or {}).get("code")) for error in answer.errors}
                assert codes <= AWAY, answer.errors
                self.came.update(codes)
                continue
            found: Any = (answer.data or {})["updateAccount"]
            assert found["userErrors"] == []
            self.came["commands"] += 1
            self.told |= {number_of(change["id"]) for change in found["changes"]}

    async def load(self, number: int) -> None:
        """Load accounts of one's own, and one that others rename."""
        turn = 0
        while not self.done():
            turn += 1
            names = [f"L-{number}", f"L-{number}-{turn % 9}", f"A-{turn % ACCOUNTS}"]
            rows: list[worlds.Row] = [worlds.account(n, f"Load {number}.{turn}") for n in names]
            try:
                assert (await write(self._made[0], rows, at=datetime.now(UTC))).refused == []
                self.came["loads"] += 1
            except GraphError as away:  # gave way to others for too long
                self.came[away.code] += 1


def number_of(id_: str) -> int:
    return int(ids.decode(id_).partition(":")[2])


@asynccontextmanager
async def tailing(
    address: Address, tailers: list[Tailer]
) -> AsyncIterator[list[asyncio.Task[None]]]:
    """Each over a connection of its own, as another server has."""

    async def one(tailer: Tailer) -> None:
        while True:
            with suppress(Unavailable, TimedOut):  # a machine that is too busy: it reads on
                async with connect(address, PATIENT) as graph:
                    await tailer.tail(graph)

    async with running(*map(one, tailers)) as tasks:
        yield tasks


async def all_read(tailers: list[Tailer], last: int, tasks: list[asyncio.Task[None]]) -> None:
    """Wait until each has read so far; raises what one met."""
    while any(one.last < last for one in tailers):
        await still(tasks)
        await asyncio.sleep(0.05)


async def test_who_reads_the_log_as_it_grows_misses_nothing(
    graph: Graph, address: Address, seal: Seal, key: IdentifierKey
) -> None:
    rows = [worlds.account(f"A-{place}", f"Importer {place}") for place in range(ACCOUNTS)]
    await write(graph, rows, at=datetime.now(UTC))
    start = (await changes.place(graph)).sequence
    tailers = [ByPages(start), ByFeed(start), ByStore(start)]
    writers = Writers((graph, seal, key))
    async with tailing(address, tailers) as tasks:
        await asyncio.gather(
            *(writers.command(number) for number in range(WRITERS)),
            *(writers.load(number) for number in range(LOADERS)),
        )
        last = (await changes.place(graph)).sequence
        with suppress(TimeoutError):  # then what is missing is told
            await asyncio.wait_for(all_read(tailers, last, tasks), 120)
    seen = [one.seen for one in tailers]
    sys.stdout.write(
        f"\n{last - start} changes in {SECONDS} s: {dict(writers.came)}; seen {seen}\n"
    )
    assert [one.wrong for one in tailers] == [[], [], []]
    assert seen == [last - start] * len(tailers)
    assert len(writers.told) >= LEAST
    assert writers.told <= set(range(start + 1, last + 1))
