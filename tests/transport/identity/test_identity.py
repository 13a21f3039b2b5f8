"""Who is asking: tokens and keys of services against a real registry."""

import asyncio
import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from graph import registry
from graph.commands import identity as acts
from graph.errors import Forbidden, SetupError, Unavailable
from graph.load.write import write
from graph.policy import Viewer, admit
from graph.practising import Practising
from graph.registry import Registry
from graph.roles import FOLLOWS, READS, Part, Reach, Role
from graph.session import Graph
from graph.terms import Permission
from tests import worlds
from tests.transport.identity.provider import ISSUER, fixed, signed
from transport.identity import NO_KEY, SCHEME, Identity
from transport.tokens import BadToken, NotNow

DAY = timedelta(days=1)


@pytest.fixture
def callers(graph: Graph) -> Identity:
    return Identity(ISSUER, fixed(), Registry(graph))


async def asking(callers: Identity, text: str) -> Viewer:
    viewer = await callers.authenticate(f"Bearer {text}", None)
    assert viewer is not None
    return viewer


async def made(graph: Graph, service: str = "ledger", life: timedelta = DAY) -> str:
    return (await acts.create_key(graph, service, sorted(READS), life, datetime.now(UTC))).text


async def test_without_an_authorization_nobody_asks(callers: Identity) -> None:
    assert await callers.authenticate(None, "127.0.0.1") is None


@pytest.mark.parametrize(
    "given",
    ["", "Bearer", "Bearer ", "Basic dXNlcjpwYXNz", "Bearer a b", "Bearer a,b", "Token abc", "abc"],
)
async def test_another_scheme_is_refused(callers: Identity, given: str) -> None:
    with pytest.raises(BadToken, match=re.escape(SCHEME)):
        await callers.authenticate(given, None)


async def test_a_token_names_a_person_with_the_rights_of_their_roles(callers: Identity) -> None:
    expires = int(time.time()) + 500

    viewer = await asking(callers, signed(name="Ada Mar", exp=expires))

    assert (viewer.id, viewer.name, viewer.expires) == ("M-31", "Ada Mar", expires)
    assert viewer.roles == (Role.HQ_ANALYST,)
    assert set(viewer.permissions) == FOLLOWS | {Permission.WRITE_RISK}
    assert viewer.lacks == {Part.FLAGS}
    assert admit(viewer) is viewer


async def test_a_setting_keeps_managers_to_what_they_manage(graph: Graph) -> None:
    strict = Identity(ISSUER, fixed(), Registry(graph), own_only=True)
    usual = Identity(ISSUER, fixed(), Registry(graph))
    roles = ["ACCOUNT_MANAGER", "CENTER_DIRECTOR"]

    reaches = [
        (await asking(callers, signed(roles=some))).near
        for callers in (usual, strict)
        for some in (roles[:1], roles)
    ]

    assert reaches == [
        {Reach.MANAGED},
        {Reach.MANAGED, Reach.CENTER},
        {Reach.OWN},
        {Reach.OWN, Reach.CENTER},
    ]


async def test_a_token_without_a_role_opens_no_data(callers: Identity) -> None:
    viewer = await asking(callers, signed(roles=None))

    with pytest.raises(Forbidden, match="no role of this program"):
        admit(viewer)


async def test_the_development_role_is_of_the_local_issuer_only(callers: Identity) -> None:
    viewer = await asking(callers, signed(roles=["DEVELOPMENT"]))

    assert (viewer.roles, viewer.permissions, viewer.sees_all) == ((), (), False)


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


async def test_a_specialist_has_the_rights_of_what_they_practise(graph: Graph) -> None:
    key = "REGULATORY_AUDITOR"
    discipline = worlds.NodeRow("Discipline", key, ("Discipline",), {"code": key, "name": key})
    person = worlds.NodeRow("Specialist", "M-31", ("Specialist",), {"name": "Ada", "active": True})
    practises = worlds.claim(person.key, "PRACTISES", discipline.key)
    await write(graph, [discipline, person, practises], at=worlds.RECORDED)
    callers = Identity(ISSUER, fixed(), Registry(graph), Practising(graph))

    auditor = await asking(callers, signed(roles=["SPECIALIST"]))
    other = await asking(callers, signed(roles=["SPECIALIST"], sub="M-32"))

    assert Permission.READ_OWNERSHIP in auditor.permissions
    assert set(other.permissions) == {Permission.READ_PERFORMANCE, Permission.WRITE_ISSUES}


async def test_a_viewer_holds_no_longer_than_the_token(graph: Graph, callers: Identity) -> None:
    viewer = await asking(callers, signed())

    assert callers.holds(viewer)
    assert not callers.holds(replace(viewer, expires=time.time() - 1))
    assert not callers.holds(replace(viewer, credential=None))


async def test_while_revocations_cannot_be_read_nobody_is_let_in(
    graph: Graph, callers: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise Unavailable("away")

    monkeypatch.setattr(graph, "read", away)

    with pytest.raises(NotNow):
        await asking(callers, signed())
    assert not callers.ready()


async def test_a_request_costs_no_statement_of_its_own(graph: Graph) -> None:
    registry_ = Registry(graph)
    callers = Identity(ISSUER, fixed(), registry_)
    await registry_.read()
    graph.statements = 0

    for _ in range(10):
        await asking(callers, signed())

    assert graph.statements == 0


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
