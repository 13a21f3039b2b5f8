"""Who is asking: tokens and keys of services against a real registry."""

import asyncio
import re
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from graph.errors import Forbidden, Unavailable
from graph.load.write import write
from graph.policy import admit
from graph.practising import LOOKED, Practising
from graph.registry import Registry
from graph.roles import FOLLOWS, Part, Reach, Role
from graph.session import Graph
from graph.terms import Permission
from tests import worlds
from tests.transport.identity.asked import asking
from tests.transport.identity.provider import ISSUER, fixed, signed
from transport.identity import SCHEME, Identity
from transport.tokens import BadToken, NotNow


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


async def audits(graph: Graph, until: date | None = None) -> None:
    """M-31 practises auditing, until a day."""
    key = "REGULATORY_AUDITOR"
    discipline = worlds.NodeRow("Discipline", key, ("Discipline",), {"code": key, "name": key})
    person = worlds.NodeRow("Specialist", "M-31", ("Specialist",), {"name": "Ada", "active": True})
    practises = worlds.claim(person.key, "PRACTISES", discipline.key, worlds.SINCE, until)
    outcome = await write(graph, [discipline, person, practises], at=datetime.now(UTC))
    assert outcome.refused == []


async def test_a_specialist_has_the_rights_of_what_they_practise(graph: Graph) -> None:
    await audits(graph)
    callers = Identity(ISSUER, fixed(), Registry(graph), Practising(graph))

    auditor = await asking(callers, signed(roles=["SPECIALIST"]))
    other = await asking(callers, signed(roles=["SPECIALIST"], sub="M-32"))

    assert Permission.READ_OWNERSHIP in auditor.permissions
    assert set(other.permissions) == {Permission.READ_PERFORMANCE, Permission.WRITE_ISSUES}


async def test_who_practises_something_else_signs_in_anew(graph: Graph) -> None:
    await audits(graph)
    now = [0.0]
    practising = Practising(graph, lambda: now[0])
    callers = Identity(ISSUER, fixed(), Registry(graph), practising)
    auditor = await asking(callers, signed(roles=["SPECIALIST"]))
    manager = await asking(callers, signed(roles=["ACCOUNT_MANAGER"]))

    await audits(graph, until=worlds.SINCE + timedelta(days=1))
    assert callers.holds(auditor)
    now[0] = LOOKED
    assert callers.holds(auditor)  # which has it read anew
    async with asyncio.timeout(60):
        while callers.holds(auditor):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert callers.holds(manager)
    again = await asking(callers, signed(roles=["SPECIALIST"]))
    assert Permission.READ_OWNERSHIP not in again.permissions
    assert callers.holds(again)


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
