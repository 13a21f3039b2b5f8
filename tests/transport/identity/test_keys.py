"""Keys of services: registered, taken over, moved; and what is revoked."""

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest

from graph import registry
from graph.commands import identity as acts
from graph.errors import Forbidden, SetupError, Unavailable
from graph.policy import admit
from graph.registry import Registry
from graph.roles import READS, Reach
from graph.session import Graph
from graph.terms import Permission
from tests.transport.identity.asked import DAY, asking, made
from tests.transport.identity.provider import ISSUER, fixed, signed
from transport.identity import NO_KEY, Identity
from transport.tokens import BadToken


async def test_a_key_opens_what_its_service_is_registered_for(
    graph: Graph, callers: Identity
) -> None:
    key = await made(graph)

    viewer = await asking(callers, key)

    assert (viewer.id, viewer.name) == ("service:ledger", "ledger")
    assert set(viewer.permissions) == READS
    assert admit(viewer) is viewer
    assert key not in repr(viewer)


async def test_a_token_of_a_service_opens_the_same(graph: Graph, callers: Identity) -> None:
    await made(graph)

    known = await asking(callers, signed(sub="ledger", roles=["INTEGRATOR"]))
    unknown = await asking(callers, signed(sub="other", roles=["INTEGRATOR"]))

    assert known.id == "service:ledger"
    assert set(known.permissions) == READS
    with pytest.raises(Forbidden, match="if it is registered"):
        admit(unknown)


async def test_only_the_whole_key_opens(graph: Graph, callers: Identity) -> None:
    key = await made(graph)
    other = "A" if key[-10] != "A" else "B"

    for wrong in (key[:-1], key + "a", key[:-10] + other + key[-9:], "agk_", key.lower()):
        with pytest.raises(BadToken, match=re.escape(NO_KEY)):
            await callers.authenticate(f"Bearer {wrong}", None)


async def test_only_a_hash_of_a_key_is_kept(graph: Graph) -> None:
    key = await made(graph)

    kept = repr(await graph.schema("MATCH (key:ServiceKey) RETURN properties(key) AS all"))

    assert key.split("_")[1] in kept
    assert key.split("_")[2][:43] not in kept


async def test_a_service_has_two_keys_at_most_and_one_may_take_over(graph: Graph) -> None:
    first, _ = await made(graph), await made(graph)

    with pytest.raises(SetupError, match="revoke one of them first"):
        await made(graph)
    await acts.revoke_key(graph, first.split("_")[1], datetime.now(UTC))

    assert await made(graph)


async def test_two_at_once_make_no_third_key(graph: Graph) -> None:
    found = await asyncio.gather(*(made(graph) for _ in range(6)), return_exceptions=True)

    assert sum(isinstance(each, str) for each in found) == 2
    assert len((await registry.read(graph)).keys) == 2


@pytest.mark.parametrize(
    ("life", "rights", "told"),
    [
        (timedelta(days=91), sorted(READS), "at most 90 days"),
        (timedelta(0), sorted(READS), "at most 90 days"),
        (DAY, [Permission.WRITE_STAFF], "may not have WRITE_STAFF"),
        (DAY, None, "say by --right"),
    ],
)
async def test_a_key_that_may_not_be_is_not_made(
    graph: Graph, life: timedelta, rights: list[Permission] | None, told: str
) -> None:
    with pytest.raises(SetupError, match=told):
        await acts.create_key(graph, "ledger", rights, life, datetime.now(UTC))

    known = await registry.read(graph)
    assert (known.services, known.keys) == ({}, {})


async def test_an_expired_key_opens_nothing(graph: Graph, callers: Identity) -> None:
    key = await made(graph, life=timedelta(milliseconds=1))

    with pytest.raises(BadToken):
        await asking(callers, key)


async def test_what_is_revoked_opens_nothing_from_the_next_reading_on(
    graph: Graph, server: Graph
) -> None:
    registry_ = Registry(graph)
    callers = Identity(ISSUER, fixed(), registry_)
    key = await made(graph)
    person, token, service = [
        await asking(callers, text) for text in (signed(sub="P-1"), signed(jti="two"), key)
    ]
    now = datetime.now(UTC)
    assert all(map(callers.holds, (person, token, service)))

    await acts.revoke_subject(graph, "P-1", now)
    await acts.revoke_token(graph, "two", now)
    await acts.revoke_key(graph, key.split("_")[1], now)
    await registry_.read()

    for text in (signed(sub="P-1"), signed(sub="P-1", jti="new"), signed(jti="two"), key):
        with pytest.raises(BadToken):
            await asking(callers, text)
    assert not any(map(callers.holds, (person, token, service)))
    assert await asking(callers, signed())
    await acts.lift(graph, "P-1")
    await registry_.read()
    assert await asking(callers, signed(sub="P-1"))


async def test_a_service_that_is_revoked_opens_nothing_by_its_keys_either(
    graph: Graph, server: Graph
) -> None:
    registry_ = Registry(graph)
    callers = Identity(ISSUER, fixed(), registry_)
    key = await made(graph)
    viewer = await asking(callers, key)

    await acts.revoke_subject(graph, viewer.name, datetime.now(UTC))
    await registry_.read()

    with pytest.raises(BadToken, match="revoked"):
        await asking(callers, key)
    assert not callers.holds(viewer)
    await acts.lift(graph, viewer.name)
    await registry_.read()
    assert await asking(callers, key)


async def test_a_service_registered_anew_signs_in_anew(graph: Graph) -> None:
    registry_ = Registry(graph)
    callers = Identity(ISSUER, fixed(), registry_)
    viewer = await asking(callers, await made(graph))

    more = [*READS, Permission.SUBSCRIBE]
    await acts.create_key(graph, "ledger", more, DAY, datetime.now(UTC))
    await registry_.read()

    assert not callers.holds(viewer)


async def test_a_service_moved_to_other_centers_signs_in_anew(graph: Graph) -> None:
    registry_ = Registry(graph)
    callers = Identity(ISSUER, fixed(), registry_)
    text = await made(graph)
    everywhere = await asking(callers, text)

    await acts.create_key(graph, "ledger", None, DAY, datetime.now(UTC), ["CEE001"])
    await registry_.read()
    north = await asking(callers, text)

    assert (everywhere.sees_all, callers.holds(everywhere)) == (True, False)
    assert north.near == {Reach.REGISTERED}
    assert north.centers == {"CEE001"}
    assert callers.holds(north)


async def test_revocations_that_are_over_are_forgotten(graph: Graph) -> None:
    long_ago = datetime.now(UTC) - timedelta(days=200)
    await acts.revoke_token(graph, "old", long_ago)
    await acts.revoke_token(graph, "new", datetime.now(UTC))
    await acts.revoke_subject(graph, "P-1", long_ago)
    await acts.create_key(graph, "ledger", sorted(READS), DAY, long_ago)

    await acts.forget(graph)

    known = await registry.read(graph)
    assert set(known.revoked) == {"jti:new", "sub:P-1"}
    assert known.keys == {}


async def test_more_than_can_be_known_opens_nothing(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "MOST", 2)
    await made(graph)

    with pytest.raises(Unavailable, match="no token can be trusted"):
        await registry.read(graph)


async def test_what_is_not_there_cannot_be_revoked(graph: Graph) -> None:
    with pytest.raises(SetupError, match="no key of this id"):
        await acts.revoke_key(graph, "none", datetime.now(UTC))
    with pytest.raises(SetupError, match="not revoked"):
        await acts.lift(graph, "nobody")
