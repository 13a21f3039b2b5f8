"""Events cut to reach: what others do is silence, and a hand-over is told to both sides."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph import ids
from graph.feed import FEEDS, feed
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.roles import Role
from graph.session import Graph
from tests import worlds
from tests.reach.conftest import MANAGER, following, member
from tests.worlds import claim

OTHER = member("M-2", Role.ACCOUNT_MANAGER)


@pytest.fixture(autouse=True)
def unread(centers: Graph) -> None:
    """Each test has a reader of its own: the log was emptied before it."""
    FEEDS.pop(centers, None)


def account_of(event: dict[str, Any]) -> str | None:
    account = event["change"]["account"]
    return ids.decode(account["id"]) if account else None


async def renamed(graph: Graph, id_: str, name: str) -> None:
    outcome = await write(graph, [worlds.account(id_, name)], at=datetime.now(UTC))
    assert outcome.refused == []


async def test_only_what_is_about_accounts_in_reach_is_told(
    centers: Graph, seal: Seal, key: IdentifierKey
) -> None:
    mine = await following(centers, seal, key, MANAGER)
    theirs = await following(centers, seal, key, OTHER)

    await renamed(centers, "A-3", "Gannet Mill and Son")
    await renamed(centers, "A-1", "Harbor Mill and Son")

    assert account_of(await mine.next()) == "Account:A-1"
    assert account_of(await theirs.next()) == "Account:A-3"


async def test_a_hand_over_is_told_to_who_gives_and_to_who_takes(
    centers: Graph, seal: Seal, key: IdentifierKey
) -> None:
    moved = [
        claim("Account:A-2", "ASSIGNED_TO", "Center:CEE001", worlds.SINCE, date(2024, 1, 1)),
        claim("Account:A-2", "ASSIGNED_TO", "Center:CEE002", date(2024, 1, 1)),
    ]
    mine = await following(centers, seal, key, MANAGER)
    theirs = await following(centers, seal, key, OTHER)

    await write(centers, moved, at=datetime.now(UTC))
    last, first = await mine.next(), await theirs.next()
    await renamed(centers, "A-2", "Anchor Mill South")
    await renamed(centers, "A-1", "Harbor Mill North")

    assert last["change"]["id"] == first["change"]["id"]
    # It is in reach of the other by now: its entry is told, and what it leads to is not shown.
    assert (account_of(last), account_of(first)) == (None, "Account:A-2")
    told = [await mine.next() for _ in range(2)]
    assert "Account:A-1" in map(account_of, told)


async def test_what_happens_elsewhere_is_silence_with_heartbeats(
    centers: Graph, seal: Seal, key: IdentifierKey
) -> None:
    feed(centers).pace = replace(feed(centers).pace, heartbeat=0.0)
    mine = await following(centers, seal, key, MANAGER)

    await renamed(centers, "A-3", "Gannet Mill and Son")

    assert (await mine.next())["kind"] == "HEARTBEAT"
