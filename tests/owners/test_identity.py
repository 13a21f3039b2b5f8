"""Who an owner is: by token and registration, and for how long."""

from datetime import UTC, datetime, timedelta

import pytest

from graph import policy
from graph.commands import owners
from graph.commands.identity import forget
from graph.errors import Forbidden, SetupError
from graph.policy import Viewer
from graph.registry import Registry
from graph.roles import Reach
from graph.session import Graph
from tests.transport.identity.asked import DAY, asking
from tests.transport.identity.provider import ISSUER, fixed, signed
from transport.identity import Identity
from transport.tokens import BadToken

A1 = frozenset({"Account:A-1"})


@pytest.fixture
def registry(owned: Graph) -> Registry:
    return Registry(owned)


@pytest.fixture
def open_(registry: Registry) -> Identity:
    """Owners are let in."""
    return Identity(ISSUER, fixed(), registry, owners=True)


async def registered(graph: Graph, sub: str = "O", life: timedelta = DAY) -> None:
    await owners.register(graph, sub, ["A-1"], life, datetime.now(UTC))


def token(sub: str = "O", *roles: str) -> str:
    return signed(sub=sub, roles=["TRADE_OWNER", *roles])


def refusal(viewer: Viewer) -> str:
    with pytest.raises(Forbidden) as refused:
        policy.reaching(viewer)
    return str(refused.value)


async def test_an_owner_is_known_by_their_subject(owned: Graph, open_: Identity) -> None:
    await registered(owned, "M-1")

    viewer = await asking(open_, token("M-1"))

    assert (viewer.id, viewer.owner) == ("owner:M-1", True)  # not the manager of that id
    assert viewer.named == A1
    assert viewer.near == {Reach.NAMED}
    assert open_.holds(viewer)


async def test_where_owners_are_not_let_in_they_are_told_so(owned: Graph) -> None:
    await registered(owned)

    viewer = await asking(Identity(ISSUER, fixed(), Registry(owned)), token())

    assert refusal(viewer) == "You may not ask this: the role TRADE_OWNER is off here."
    assert (viewer.named, viewer.permissions) == (frozenset(), ())


async def test_who_is_not_registered_is_told_so(owned: Graph, open_: Identity) -> None:
    await registered(owned)

    viewer = await asking(open_, token("P"))

    assert viewer.owner
    assert refusal(viewer) == policy.UNNAMED


async def test_another_role_beside_gives_nothing(owned: Graph, open_: Identity) -> None:
    await registered(owned)

    for role in ("HQ_ANALYST", "INTEGRATOR", "ADMIN"):
        viewer = await asking(open_, token("O", role))
        assert viewer.owner  # who runs no other documents either
        assert (viewer.permissions, viewer.sees_all, viewer.near) == ((), False, frozenset())


async def test_a_registration_that_ends_changes_or_is_revoked_ends_what_runs(
    owned: Graph, registry: Registry, open_: Identity
) -> None:
    await registered(owned)
    first = await asking(open_, token())
    await owners.register(owned, "O", ["A-2"], DAY, datetime.now(UTC))
    await registry.read()
    second = await asking(open_, token())
    assert (open_.holds(first), open_.holds(second)) == (False, True)

    await owners.revoke(owned, "O", datetime.now(UTC))
    await registry.read()
    assert not open_.holds(second)
    assert refusal(await asking(open_, token())) == policy.UNNAMED

    await registered(owned, life=timedelta(milliseconds=1))
    await registry.read()
    assert refusal(await asking(open_, token())) == policy.UNNAMED


async def test_owners_are_not_so_many_that_nobody_can_be_told_from_each_other(
    owned: Graph, registry: Registry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owners, "REGISTERED", 2)
    now = datetime.now(UTC)
    for sub in ("O", "P"):
        await owners.register(owned, sub, ["A-1"], DAY, now)
    with pytest.raises(SetupError, match="Revoke some"):
        await owners.register(owned, "Q", ["A-1"], DAY, now)
    await owners.register(owned, "P", ["A-2"], DAY, now)  # anew: no more than before

    await owners.revoke(owned, "O", now - timedelta(days=31))
    await forget(owned)  # what ended a month ago
    await owners.register(owned, "Q", ["A-1"], DAY, now)

    await registry.read()
    assert registry.known.owners.keys() == {"P", "Q"}


async def test_a_registration_that_runs_out_gives_nothing_from_that_moment(
    owned: Graph, open_: Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    await registered(owned)
    viewer = await asking(open_, token())

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]  # noqa: ARG003
            return datetime.now(UTC) + DAY

    monkeypatch.setattr("graph.registry.datetime", Later)  # nothing was read anew

    assert not open_.holds(viewer)
    assert refusal(await asking(open_, token())) == policy.UNNAMED


@pytest.mark.parametrize("sub", ["219-09-9999", "219099999"])
async def test_an_owner_is_not_known_by_a_social_security_number(open_: Identity, sub: str) -> None:
    with pytest.raises(BadToken, match="social security number"):
        await asking(open_, token(sub))
