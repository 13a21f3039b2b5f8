"""The change log as a stream: from a place on, each change once, in order."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from graph import feed, follower, ids
from graph.feed import Feed
from graph.policy import DEVELOPMENT
from graph.reach import Reached
from graph.records import Change
from graph.session import Graph
from graph.terms import Permission
from tests.feed.conftest import Event, Follow, labels
from tests.resolvers.conftest import Ask, asking

ask = pytest.fixture(asking)
Wrote = Callable[..., Awaitable[None]]
PAGE = """
  query ($after: String) {
    changes(first: 100, after: $after) { edges { cursor node { id } } pageInfo { endCursor } }
  }
"""


async def test_a_stream_begins_with_its_place_and_goes_on_with_what_is_written(
    follow: Follow, wrote: Wrote
) -> None:
    await wrote("before")
    async with follow() as stream:
        first = await stream.next()
        await wrote("one", "two")
        await wrote("three")

        found = await stream.changes(3)

    assert (first["kind"], first["change"]) == ("HEARTBEAT", None)
    assert labels(found) == ["one", "two", "three"]


async def test_what_is_behind_and_what_comes_have_no_seam(follow: Follow, wrote: Wrote) -> None:
    names = [f"{number:04}" for number in range(600)]  # more than two blocks, and than one page
    await wrote(*names)
    async with follow() as stream:
        beginning = (await stream.next())["cursor"]
    await wrote(*(f"{name}b" for name in names))

    async with follow(after=beginning) as stream:
        found = await stream.changes(300)
        await wrote("live")
        found += await stream.changes(301)

    assert labels(found) == [*(f"{name}b" for name in names), "live"]


async def test_each_event_carries_the_place_to_go_on_from(
    follow: Follow, wrote: Wrote, ask: Ask
) -> None:
    async with follow() as stream:
        start = (await stream.next())["cursor"]
    await wrote("a", "b", "c", "d")
    async with follow(after=start) as stream:
        whole = await stream.changes(4)

    for place, event in enumerate(whole[:-1]):
        async with follow(after=event["cursor"]) as stream:
            rest = await stream.changes(3 - place)
        pulled = (await ask(PAGE, after=event["cursor"]))["changes"]["edges"]

        assert [each["change"] for each in rest] == [each["change"] for each in whole[place + 1 :]]
        assert [each["node"]["id"] for each in pulled] == [
            each["change"]["id"] for each in whole[place + 1 :]
        ]


async def test_cursors_of_pages_of_accounts_and_of_writes_go_on_in_the_stream(
    follow: Follow, wrote: Wrote, ask: Ask
) -> None:
    await wrote("a", "b")
    mine = ids.encode("Account:a")
    page = (await ask(PAGE))["changes"]["edges"]
    document = """
      query ($id: ID!) { account(by: {id: $id}) { changes(first: 1) { edges { cursor } } } }
    """
    part = (await ask(document, id=mine))["account"]["changes"]["edges"]
    document = """
      mutation ($id: ID!) {
        updateAccount(input: {id: $id, name: "changed"}) { cursor userErrors { message } }
      }
    """
    cursor = (await ask(document, id=mine))["updateAccount"]["cursor"]
    await wrote("c")

    async with follow(after=page[1]["cursor"]) as stream:
        assert labels(await stream.changes(2)) == ["changed", "c"]
    async with follow(after=part[0]["cursor"], filter={"accountIds": [mine]}) as stream:
        assert labels(await stream.changes(1)) == ["changed"]
    async with follow(after=cursor) as stream:
        assert labels(await stream.changes(1)) == ["c"]


async def test_one_s_own_write_is_no_gap(follow: Follow, wrote: Wrote, ask: Ask) -> None:
    async with follow() as other:  # the log is being read, and stands before the write
        await other.next()
        document = 'mutation { saveParty(input: {kind: ORGANIZATION, name: "Own"}) { cursor } }'
        cursor = (await ask(document))["saveParty"]["cursor"]

        async with follow(after=cursor) as stream:
            await wrote("next")

            assert labels(await stream.changes(1)) == ["next"]


async def test_a_cursor_that_is_none_is_refused(follow: Follow, wrote: Wrote) -> None:
    await wrote("a")

    async with follow(after="nonsense") as stream:
        error = await stream.refusal()

    assert error.extensions["code"] == "CURSOR_INVALID"


async def test_the_quiet_are_told_how_far_the_log_has_come(
    follow: Follow, wrote: Wrote, pace: Callable[..., Feed]
) -> None:
    pace(heartbeat=0.2)
    other = {"accountIds": [ids.encode("Account:nobody")]}
    async with follow(filter=other) as stream:
        first = await stream.next()
        await wrote("a", "b")
        await asyncio.sleep(0.5)
        later = [await stream.next() for _ in range(3)][-1]
    async with follow(after=later["cursor"]) as stream:
        await wrote("c")
        after: Event = await stream.next()
        while after["kind"] == "HEARTBEAT":
            after = await stream.next()

    assert (later["kind"], later["cursor"] == first["cursor"]) == ("HEARTBEAT", False)
    assert labels([after]) == ["c"]


async def test_far_behind_the_store_passes_over_what_does_not_match(
    follow: Follow, wrote: Wrote, graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "FAR", 50)
    monkeypatch.setattr(follower, "SPAN", 70)
    async with follow() as stream:
        start = (await stream.next())["cursor"]
    await wrote(*(f"{number:03}" for number in range(300)))
    wanted = [f"{number:03}" for number in (0, 1, 69, 70, 71, 139, 140, 299)]
    keys = [ids.encode(f"Account:{name}") for name in wanted]

    async with follow(after=start, filter={"accountIds": keys}) as stream:
        found = await stream.changes(len(wanted))
    async with follow(after=start) as stream:
        everything = await stream.changes(300)

    assert labels(found) == wanted
    assert labels(everything) == [f"{number:03}" for number in range(300)]


async def test_whoever_may_not_follow_is_refused(follow: Follow) -> None:
    some = tuple(each for each in Permission if each is not Permission.SUBSCRIBE)

    async with follow(viewer=replace(DEVELOPMENT, permissions=some)) as stream:
        error = await stream.refusal()

    assert error.extensions["code"] == "FORBIDDEN"


async def test_each_event_is_told_only_to_who_may_see_it(
    follow: Follow, wrote: Wrote, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hidden(_reached: object, change: Change) -> bool:
        return change.subject_key != "Account:secret"

    async with follow() as stream:
        await stream.next()
        monkeypatch.setattr(Reached, "tells", hidden)
        await wrote("seen", "secret", "too")

        assert labels(await stream.changes(2)) == ["seen", "too"]


async def test_a_client_too_slow_is_told_where_to_go_on(
    follow: Follow, wrote: Wrote, pace: Callable[..., Feed]
) -> None:
    pace(patience=0.0, behind=10)
    async with follow() as stream:
        await stream.next()
        await wrote("first")
        taken = await stream.next()
        await wrote(*(f"{number:02}" for number in range(20)))
        await asyncio.sleep(0.5)  # so that the reader knows
        error = await stream.refusal()

    assert error.extensions == {"code": "LIMIT_EXCEEDED", "cursor": taken["cursor"]}


async def test_the_last_to_leave_ends_the_reading(
    follow: Follow, wrote: Wrote, graph: Graph
) -> None:
    async with follow() as one, follow() as two:
        await one.next()
        await two.next()
        assert feed.numbers(graph)["feed_followers"] == 2
    await asyncio.sleep(0.1)  # a statement on its way ends
    graph.statements = 0

    await asyncio.sleep(3 * feed.EVERY)

    assert graph.statements == 0
    assert feed.numbers(graph)["feed_followers"] == 0
