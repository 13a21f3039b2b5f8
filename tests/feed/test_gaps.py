"""What is no longer kept is said, never passed over in silence."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest

from graph import ids
from graph.feed import FEEDS
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.retention import prune
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.feed.conftest import Follow, labels, named
from tests.resolvers.conftest import Ask, asking

Wrote = Callable[..., Awaitable[None]]
ask = pytest.fixture(asking)
NOW = datetime.now(UTC)
OLD = NOW - timedelta(days=91)
PAGE = """
  query ($after: String, $before: String, $last: Int) {
    changes(after: $after, before: $before, last: $last) {
      totalCount { value } edges { cursor node { accountSequence subject { label } } }
    }
  }
"""
MINE = """
  query ($id: ID!, $after: String) { account(by: {id: $id}) { changes(after: $after) {
    totalCount { value } edges { cursor node { accountSequence } } } } }
"""


async def aged(graph: Graph, *names: str) -> None:
    """Importers recorded 91 days ago."""
    await write(graph, named(*names), at=OLD)


async def forgotten(graph: Graph, kept: int = 0) -> int:
    """Prune what is older than 90 days, but for the last entries."""
    return await prune(graph, NOW - timedelta(days=90), kept)


async def cursors(ask: Ask) -> list[str]:
    return [edge["cursor"] for edge in (await ask(PAGE))["changes"]["edges"]]


async def test_an_old_cursor_brings_a_gap_first_and_then_all_that_is_kept(
    graph: Graph, follow: Follow, wrote: Wrote, ask: Ask
) -> None:
    await aged(graph, "a", "b", "c")
    await wrote("d", "e")
    before = await cursors(ask)
    assert await forgotten(graph) == 3

    async with follow(after=before[0]) as stream:
        gap = await stream.next()
        rest = await stream.changes(2)
    async with follow(after=before[2]) as stream:  # the last one that is gone: nothing was missed
        whole = await stream.changes(2)
    async with follow(after=gap["cursor"]) as stream:
        again = await stream.changes(2)
    async with follow(after=gap["earliest"]) as stream:
        after = await stream.changes(1)

    assert (gap["kind"], gap["change"]) == ("GAP", None)
    assert labels(rest) == labels(whole) == labels(again) == ["d", "e"]
    assert labels(after) == ["e"]


async def test_a_page_says_so_too(graph: Graph, wrote: Wrote, ask: Ask) -> None:
    await aged(graph, "a", "b", "c")
    await wrote("d", "e")
    before = await cursors(ask)
    await forgotten(graph)

    await ask(PAGE, "CURSOR_EXPIRED", after=before[1])
    await ask(PAGE, "CURSOR_EXPIRED", last=1, before=before[1])
    whole = (await ask(PAGE))["changes"]
    after = (await ask(PAGE, after=before[2]))["changes"]["edges"]

    assert [edge["node"]["subject"]["label"] for edge in after] == ["d", "e"]
    assert whole == {"totalCount": {"value": 2}, "edges": after}


async def test_an_expired_cursor_is_answered_with_the_oldest_that_is_kept(
    graph: Graph, wrote: Wrote, ask: Ask, seal: Seal, key: IdentifierKey
) -> None:
    await aged(graph, "a", "b")
    await wrote("c", "d")
    before = await cursors(ask)
    await forgotten(graph)
    context = Context(graph, DEVELOPMENT, seal, key)

    refused = await schema.execute(PAGE, {"after": before[0]}, context_value=context)

    [error] = refused.errors or []
    told = error.extensions or {}
    assert told["code"] == "CURSOR_EXPIRED"
    after = (await ask(PAGE, after=told["earliest"]))["changes"]["edges"]
    assert [edge["node"]["subject"]["label"] for edge in after] == ["d"]


async def test_an_account_goes_on_counting_its_changes(
    graph: Graph, wrote: Wrote, ask: Ask
) -> None:
    mine = ids.encode("Account:a")
    for name in ("One", "Two", "Three"):
        await write(graph, [worlds.account("a", name)], at=OLD)
        await forgotten(graph)
    gone = (await ask(MINE, id=mine))["account"]["changes"]
    left = await graph.schema("MATCH (change:Change) RETURN count(change) AS number")
    await wrote("a")

    found = (await ask(MINE, id=mine))["account"]["changes"]

    assert gone == {"totalCount": {"value": 0}, "edges": []}
    assert [row["number"] for row in left] == [1]
    assert [edge["node"]["accountSequence"] for edge in found["edges"]] == [4]


async def test_what_the_networks_in_memory_follow_is_kept(graph: Graph, wrote: Wrote) -> None:
    await aged(graph, *(f"{number:02}" for number in range(20)))
    await wrote("new")

    assert await forgotten(graph, kept=15) == 6
    assert await forgotten(graph, kept=15) == 0
    assert await forgotten(graph, kept=0) == 14


async def test_a_younger_entry_keeps_all_after_it(graph: Graph, wrote: Wrote) -> None:
    await aged(graph, "a")
    await wrote("young")
    await aged(graph, "b", "c")  # by a clock that was set back

    assert await forgotten(graph) == 1


async def test_a_log_restored_from_another_time_is_told_as_a_gap(
    graph: Graph, follow: Follow, wrote: Wrote, ask: Ask
) -> None:
    await wrote("a", "b", "c")
    third = (await cursors(ask))[2]
    await graph.schema("MATCH (log:ChangeLog) SET log.incarnation = 'restored'")
    FEEDS.pop(graph, None)

    async with follow(after=third) as stream:
        gap = await stream.next()
        rest = await stream.changes(3)
    await ask(PAGE, "CURSOR_EXPIRED", after=third)

    assert gap["kind"] == "GAP"
    assert labels(rest) == ["a", "b", "c"]


async def test_a_log_that_ends_before_the_cursor_is_another_one(
    graph: Graph, follow: Follow, wrote: Wrote, ask: Ask
) -> None:
    await wrote("a", "b", "c")
    third = (await cursors(ask))[2]
    await graph.schema("MATCH (change:Change {sequence: 3}) DELETE change")
    await graph.schema("MATCH (log:ChangeLog) SET log.sequence = 2")
    FEEDS.pop(graph, None)

    async with follow(after=third) as stream:
        gap = await stream.next()
        rest = await stream.changes(2)

    assert (gap["kind"], labels(rest)) == ("GAP", ["a", "b"])


async def test_a_database_restored_under_a_running_server_is_told_to_those_who_listen(
    graph: Graph, follow: Follow, wrote: Wrote
) -> None:
    await wrote("a")
    async with follow() as stream:
        await stream.next()
        await graph.schema("MATCH (log:ChangeLog) SET log.incarnation = 'restored'")

        gap = await stream.next()

        assert gap["kind"] == "GAP"
        assert labels(await stream.changes(1)) == ["a"]
