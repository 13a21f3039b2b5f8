"""Webhooks are sent what their owners may be told now, and nothing once that is nothing."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from graph import policy
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.policy import Viewer
from graph.reach import forget
from graph.registry import Known, ServiceKey
from graph.roles import Role
from graph.session import Graph
from graph.terms import Permission
from graph.webhooks.owners import Owners
from tests import worlds
from tests.reach.conftest import program
from tests.reach.random_world import RECORDED
from tests.webhooks.conftest import Do, Sending, Told, state, subjects, wrote
from tests.webhooks.receiver import Receiver, agrees, says
from tests.worlds import claim

P = Permission
RIGHTS = frozenset({P.READ_OWNERSHIP, P.READ_RISK, P.MANAGE_WEBHOOKS})
NORTH = frozenset({"CEE001"})
MOVED = [
    claim("Account:A-2", "ASSIGNED_TO", "Center:CEE001", worlds.SINCE, date(2024, 1, 1)),
    claim("Account:A-2", "ASSIGNED_TO", "Center:CEE002", date(2024, 1, 1)),
]


def service(
    name: str, rights: frozenset[Permission] = RIGHTS, centers: frozenset[str] | None = NORTH
) -> Viewer:
    """A service as it signs in."""
    id_ = f"service:{name}"
    return Viewer(id_, name, **policy.rights((Role.INTEGRATOR,), rights, centers))


@pytest.fixture
async def north(graph: Graph, key: IdentifierKey, sending: Sending) -> Graph:
    """Two Centers with their accounts; the service `n` is registered for one of them."""
    assert (await write(graph, program(key), at=RECORDED)).refused == []
    forget(graph, lambda: 0.0)
    sending.registry.known = Known(services={"n": RIGHTS}, centers={"n": NORTH})
    return graph


async def test_what_is_out_of_reach_or_without_a_right_is_not_sent(
    north: Graph, sending: Sending, receiver: Receiver, register: Do, key: IdentifierKey
) -> None:
    await register(service("n"))
    await wrote(north, "A-3=Gannet Mill and Son", "A-1=Harbor Mill and Son", "A-2=Anchor")

    await sending.settled()

    assert sorted(subjects(receiver)) == ["A-1", "A-2"]
    stored = await north.schema("MATCH (d:WebhookDelivery) RETURN d.lane AS lane")
    assert sorted(row["lane"] for row in stored) == ["Account:A-1", "Account:A-2"]


async def test_a_change_of_kinds_that_take_a_right_is_not_sent_without_it(
    north: Graph, sending: Sending, receiver: Receiver, register: Do
) -> None:
    await register(service("n"))
    await wrote(north, "A-1=Harbor Mill and Son")
    await north.schema(
        "MATCH (c:Change) WHERE c.account = 'Account:A-1' WITH c ORDER BY c.sequence DESC LIMIT 1"
        " SET c.kind = 'PERFORMANCE_LOADED'"
    )

    await sending.settled()

    assert receiver.taken == []


async def test_a_hand_over_is_sent_once_to_who_gives_even_after_a_failure(
    north: Graph, sending: Sending, receiver: Receiver, register: Do
) -> None:
    await register(service("n"))
    await sending.turns(2)
    receiver.answer = says("500 Oops")

    await write(north, MOVED, at=datetime.now(UTC))
    await sending.settled()
    receiver.answer = agrees
    sending.clock.go(timedelta(minutes=1))
    await wrote(north, "A-2=Anchor South")
    await sending.settled()

    told = [taken.event["data"] for taken in receiver.taken]
    kinds = [each["kind"] for each in told]  # what waited behind it follows it
    assert kinds == ["RELATIONSHIP_ENDED", "RELATIONSHIP_ENDED", "CENTER_ASSIGNED"]
    assert all(each["account"] is None for each in told)  # it is another's by now
    assert len({each["change"] for each in told}) == 2


async def test_what_waits_is_not_sent_when_it_may_not_be_told_any_more(
    north: Graph, sending: Sending, receiver: Receiver, register: Do, do: Do
) -> None:
    await register(service("n"))
    receiver.answer = says("500 Oops")
    await wrote(north, "A-2=Anchor")
    await sending.settled()
    await write(north, MOVED, at=datetime.now(UTC))
    receiver.answer = agrees
    sending.clock.go(timedelta(minutes=1))
    forget(north)  # five seconds later
    before = len(receiver.taken)

    await sending.settled()

    told = (await state(do, service("n")))["deliveries"]
    assert "Not sent" in [str(each["error"])[:8] for each in told]
    accounts = [taken.event["data"]["account"] for taken in receiver.taken[before:]]
    assert set(accounts) <= {None}


ENDED = {
    "revoked": lambda known: replace(known, revoked={"sub:n": datetime.now(UTC)}),
    "not registered": lambda known: replace(known, services={}),
    "without the right": lambda known: replace(known, services={"n": RIGHTS - {P.MANAGE_WEBHOOKS}}),
}


@pytest.mark.parametrize("how", ENDED)
async def test_who_is_revoked_is_sent_nothing_in_the_very_next_turn(
    north: Graph, sending: Sending, receiver: Receiver, register: Do, how: str
) -> None:
    await register(service("n"))
    await wrote(north, "A-1=Harbor")
    await sending.settled()
    stands = sending.registry.known
    before = len(receiver.taken)
    assert before == 1

    sending.registry.known = ENDED[how](stands)
    await wrote(north, "A-1=Harbor Mill")
    await sending.settled()
    assert len(receiver.taken) == before

    sending.registry.known = stands
    await sending.settled()
    assert len(receiver.taken) == before + 1  # nothing was lost meanwhile


async def test_centers_that_are_taken_away_count_at_once(
    north: Graph, sending: Sending, receiver: Receiver, register: Do
) -> None:
    await register(service("n"))
    await sending.turns(2)
    sending.registry.known = Known(services={"n": RIGHTS}, centers={"n": frozenset({"CEE002"})})

    await wrote(north, "A-1=Harbor Mill", "A-3=Gannet")
    await sending.settled()

    assert subjects(receiver) == ["A-3"]


async def test_a_webhook_is_its_owners_alone(
    north: Graph, sending: Sending, register: Do, do: Do
) -> None:
    await register(service("n"))

    told = await do("{ viewer { webhooks { id } } }", service("m"))

    assert told == {"viewer": {"webhooks": []}}


def test_a_service_that_signs_in_by_key_stands_while_a_key_holds(graph: Graph) -> None:
    now = datetime.now(UTC)
    good = ServiceKey("K", "n", now, now + timedelta(days=1), None, "")
    registry = Told(graph)
    owners = Owners(registry, development=False)

    def stands(**keys: ServiceKey) -> bool:
        registry.known = Known(services={"n": RIGHTS}, keys=keys)
        return owners.standing("service:n", by_key=True) is not None

    assert stands(K=good)
    assert not stands()
    assert not stands(K=replace(good, revoked=now))
    assert not stands(K=replace(good, expires=now - timedelta(seconds=1)))
    assert not stands(K=replace(good, service="m"))
    assert owners.standing("service:n", by_key=False)  # an issuer vouches for it
    assert owners.standing("development", by_key=False) is None  # at home only
    assert owners.standing("M-1", by_key=False) is None
