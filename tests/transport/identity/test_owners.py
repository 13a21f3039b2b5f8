"""Owners of accounts: registered for some, until a day, and revoked."""

from datetime import UTC, datetime, timedelta

import pytest

from graph import registry
from graph.commands import identity, owners
from graph.errors import SetupError
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.transport.identity.asked import DAY

SUB = "importer|7"
A1, A2 = "Account:A-1", "Account:A-2"


@pytest.fixture
async def mills(graph: Graph) -> Graph:
    """Two accounts, and a party that has the id of none."""
    rows: list[worlds.Row] = [
        worlds.account("A-1", "Harbor Mill"),
        worlds.account("A-2", "Anchor Mill"),
        worlds.organization("O-1", "Mill Holding"),
    ]
    assert not (await write(graph, rows, at=worlds.RECORDED)).refused
    return graph


async def registered(graph: Graph, *accounts: str, life: timedelta = DAY) -> None:
    await owners.register(graph, SUB, accounts, life, datetime.now(UTC))


async def test_an_owner_reads_what_was_registered_last(mills: Graph) -> None:
    await registered(mills, "A-1")
    first = await registry.read(mills)
    await registered(mills, "A-2", "A-2")
    then = await registry.read(mills)

    assert first.owned(SUB) == {A1}
    assert then.owned(SUB) == {A2}
    assert first.owned("somebody else") == frozenset()


async def test_a_registration_that_has_ended_or_is_revoked_gives_nothing(mills: Graph) -> None:
    await registered(mills, "A-1", life=timedelta(milliseconds=1))
    ended = await registry.read(mills)
    await registered(mills, "A-1")
    await owners.revoke(mills, SUB, datetime.now(UTC))
    revoked = await registry.read(mills)
    await registered(mills, "A-1")
    again = await registry.read(mills)

    assert ended.owned(SUB) == revoked.owned(SUB) == frozenset()
    assert set(ended.owners) == set(revoked.owners) == {SUB}
    assert again.owned(SUB) == {A1}


@pytest.mark.parametrize(
    ("accounts", "life", "told"),
    [
        (["A-1", "A-9"], DAY, "no account with the id A-9"),
        (["O-1"], DAY, "no account with the id O-1"),
        ([], DAY, "1 to 100 accounts"),
        ([f"A-{n}" for n in range(101)], DAY, "1 to 100 accounts"),
        (["A-1 "], DAY, "1 to 100 accounts"),
        (["A-1"], timedelta(days=367), "at most 366 days"),
        (["A-1"], timedelta(0), "at most 366 days"),
        (["219-09-9999"], DAY, "social security number"),
    ],
)
async def test_what_may_not_be_registered_is_not(
    mills: Graph, accounts: list[str], life: timedelta, told: str
) -> None:
    await registered(mills, "A-2")

    with pytest.raises(SetupError, match=told):
        await registered(mills, *accounts, life=life)

    assert (await registry.read(mills)).owned(SUB) == {A2}


@pytest.mark.parametrize("sub", ["219-09-9999", "219099999", "", "a\nb", "x" * 256])
async def test_a_subject_that_may_not_be_is_refused(mills: Graph, sub: str) -> None:
    with pytest.raises(SetupError):
        await owners.register(mills, sub, ["A-1"], DAY, datetime.now(UTC))

    assert not (await registry.read(mills)).owners


async def test_nobody_is_revoked_who_is_not_registered(mills: Graph) -> None:
    with pytest.raises(SetupError, match="owner list"):
        await owners.revoke(mills, SUB, datetime.now(UTC))


async def test_what_ended_a_month_ago_is_forgotten(mills: Graph) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=200)
    await owners.register(mills, "old", ["A-1"], DAY, long_ago)
    await registered(mills, "A-1", life=timedelta(milliseconds=1))

    await identity.forget(mills)

    assert set((await registry.read(mills)).owners) == {SUB}
