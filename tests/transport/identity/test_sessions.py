"""Sessions on the pages: who they are, how long they last, and what ends them."""

import asyncio
import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.commands import identity as acts
from graph.commands import sessions as session_acts
from graph.errors import Unavailable
from graph.policy import Viewer
from graph.roles import FOLLOWS, Role
from graph.session import Graph
from graph.sessions import Limits, Secrets
from graph.terms import Permission
from tests.transport.identity.asked import asking
from tests.transport.identity.provider import ISSUER, signed
from tests.transport.identity.sessions import House, somebody
from transport.tokens import BadToken, NotNow

ALL = "MATCH (session:Session) RETURN session {.*} AS session ORDER BY session.at"


@pytest.fixture
def house(graph: Graph) -> House:
    return House(graph)


async def kept(graph: Graph) -> list[dict[str, Any]]:
    return [row["session"] for row in await graph.schema(ALL)]


async def test_a_session_makes_the_caller_that_a_token_makes(house: House) -> None:
    viewer = await house.viewer(await house.begin())
    token = await asking(house.identity, signed(name="Name of M-31"))

    assert replace(viewer, expires=None) == replace(token, expires=None)
    assert set(viewer.permissions) == FOLLOWS | {Permission.WRITE_RISK}


async def test_of_the_secret_only_the_hash_is_kept(graph: Graph, house: House) -> None:
    secret = await house.begin()

    [session] = await kept(graph)
    raw = base64.urlsafe_b64decode(secret)
    assert session.keys() == {
        "id", "issuer", "sub", "person", "name", "roles", "at", "seen", "expires",
    }  # fmt: skip
    assert len(secret) == 64
    assert not any(form in str(session) for form in (secret, raw[:32].hex(), secret[:43]))
    assert secret not in repr(await house.find(secret))


async def test_a_secret_that_is_not_ours_costs_no_question(graph: Graph, house: House) -> None:
    secret = await house.begin()
    graph.statements = 0
    other = ("B" if secret[0] == "A" else "A") + secret[1:]
    wrong = [Secrets(b"of another").make(), secret[:-1] + "!", other, "", "A" * 64]

    assert [await house.find(each) for each in wrong] == [None] * 5
    assert graph.statements == 0


async def test_a_session_in_use_is_read_once_in_a_while(graph: Graph, house: House) -> None:
    secret = await house.begin()
    await house.find(secret)
    graph.statements = 0

    for _ in range(10):
        await house.find(secret)

    assert graph.statements == 0


async def test_who_signs_out_is_out_with_the_next_request(graph: Graph, house: House) -> None:
    secret = await house.begin()
    viewer = await house.viewer(secret)

    await house.door.end(secret)

    assert await house.find(secret) is None
    assert not house.identity.holds(viewer)
    assert await kept(graph) == []


async def test_who_signs_out_at_one_server_is_out_at_the_others(graph: Graph, house: House) -> None:
    other = House(graph)
    secret = await house.begin()
    viewer = await other.viewer(secret)

    await house.door.end(secret)
    await other.sessions.read()

    assert await other.find(secret) is None
    assert not other.identity.holds(viewer)


async def test_a_session_that_is_not_used_ends(graph: Graph, house: House) -> None:
    secret = await house.begin()
    viewer = await house.viewer(secret)
    house.clock.ahead = timedelta(minutes=29)
    await house.viewer(secret)
    house.clock.ahead = timedelta(minutes=58)
    await house.viewer(secret)

    house.clock.ahead = timedelta(minutes=88, seconds=1)

    assert not house.identity.holds(viewer)
    assert await house.find(secret) is None


async def test_that_a_stream_runs_is_no_use(house: House) -> None:
    secret = await house.begin()
    viewer = await house.viewer(secret)
    for minutes in range(30):
        house.clock.ahead = timedelta(minutes=minutes)
        assert house.identity.holds(viewer)

    house.clock.ahead = timedelta(minutes=30, seconds=1)

    assert not house.identity.holds(viewer)


async def test_no_session_outlives_twelve_hours(house: House) -> None:
    secret = await house.begin()
    for minutes in range(0, 12 * 60, 20):
        house.clock.ahead = timedelta(minutes=minutes)
        viewer = await house.viewer(secret)

    house.clock.ahead = timedelta(hours=12)

    assert await house.find(secret) is None
    assert viewer.expires is not None
    assert 0 < datetime.now(UTC).timestamp() + 12 * 3600 - viewer.expires < 60


async def test_uses_are_noted_once_a_minute(graph: Graph, house: House) -> None:
    secret = await house.begin()
    [before] = await kept(graph)
    house.clock.ahead = timedelta(seconds=50)
    await house.find(secret)
    await house.sessions.read()
    [same] = await kept(graph)

    house.clock.ahead = timedelta(seconds=70)
    await house.find(secret)
    await house.sessions.read()

    [noted] = await kept(graph)
    assert before["seen"] == same["seen"]
    assert timedelta(seconds=69) < noted["seen"].to_native() - before["seen"].to_native()


async def test_a_further_session_ends_the_oldest_of_the_same_person(graph: Graph) -> None:
    house = House(graph, Limits(most=2))
    other = await house.begin("M-32")
    first, second, third = [await house.begin() for _ in range(3)]

    found = [await house.find(secret) for secret in (first, second, third, other)]

    assert [each is not None for each in found] == [False, True, True, True]


async def test_a_revoked_subject_is_out_and_stays_out(graph: Graph, house: House) -> None:
    secret = await house.begin()
    viewer = await house.viewer(secret)
    await acts.revoke_subject(graph, "M-31", datetime.now(UTC))
    await house.registry.read()

    with pytest.raises(BadToken, match="revoked"):
        await house.find(secret)
    with pytest.raises(BadToken, match="revoked"):
        await house.begin()
    assert not house.identity.holds(viewer)

    await acts.lift(graph, "M-31")
    await house.registry.read()
    await house.sessions.read()
    assert await house.find(secret) is None


async def test_a_session_of_another_issuer_opens_nothing(graph: Graph, house: House) -> None:
    local = House(graph, issuer=replace(ISSUER, name="account-graph-development"))

    assert await house.find(await local.begin()) is None
    assert await local.find(await house.begin()) is None


async def test_a_role_that_is_not_mapped_any_more_is_none(graph: Graph, house: House) -> None:
    less = House(graph, issuer=replace(ISSUER, mapping={"auditor": Role.AUDITOR}))
    secret = await house.begin("M-31", Role.HQ_ANALYST, Role.AUDITOR)

    assert (await less.viewer(secret)).roles == (Role.AUDITOR,)


@pytest.mark.parametrize("role", [Role.INTEGRATOR, Role.TRADE_OWNER])
async def test_services_and_owners_have_no_sessions(house: House, role: Role) -> None:
    with pytest.raises(BadToken, match="send a token"):
        await house.begin("somebody", role)


async def test_what_is_over_is_forgotten(graph: Graph, house: House) -> None:
    for sub in ("unused", "old", "new"):
        await house.begin(sub)
    past = {"unused": "seen = datetime() - duration('PT31M')", "old": "expires = datetime()"}
    for sub, change in past.items():
        await graph.schema(f"MATCH (s:Session {{sub: '{sub}'}}) SET s.{change}")

    await session_acts.forget(graph, Limits())

    assert [session["sub"] for session in await kept(graph)] == ["new"]


async def test_while_sessions_cannot_be_read_nobody_is_told_from_another(
    graph: Graph, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = await house.begin()

    async def away(*_: object, **__: object) -> None:
        raise Unavailable("away")

    monkeypatch.setattr(graph, "read", away)
    with pytest.raises(NotNow):
        await house.find(secret)
    monkeypatch.setattr(graph, "write", away)
    with pytest.raises(NotNow):
        await house.door.begin(somebody())


async def test_one_that_ends_while_it_is_read_is_over(graph: Graph, house: House) -> None:
    secret = await house.begin()
    found: list[Viewer | None] = list(
        await asyncio.gather(house.find(secret), house.door.end(secret), house.find(secret))
    )

    assert found[1] is None
    assert await house.find(secret) is None
