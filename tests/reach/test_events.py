"""Every kind of change, and every type of relationship, to every role: told as the table says.

A kind or a type that is new has no row here, and somebody has to think about it.
"""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph import ids, policy
from graph.feed import FEEDS
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.queries import query
from graph.reach import forget
from graph.roles import Role
from graph.session import Graph
from graph.terms import ChangeKind, RelationshipType
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.feed.conftest import Stream
from tests.reach.conftest import Ask, following
from tests.reach.events_table import (
    KINDS,
    PLACES,
    READERS,
    SILENT,
    STREAMS,
    TYPES,
    entries,
    name,
    of_the_table,
)
from tests.reach.random_world import RECORDED, thing
from tests.worlds import claim

LISTED = """
  query ($after: String) {
    changes(first: 100, after: $after) { nodes { actor } pageInfo { hasNextPage endCursor } }
  }
"""
FOLLOWED = "subscription { changes { kind change { actor } } }"


@pytest.fixture
async def served(centers: Graph) -> Graph:
    """S-1, at CEE001, serves A-3."""
    rows: list[worlds.Row] = [
        thing("Specialist", "S-1", name="Specialist S-1", active=True),
        claim("Specialist:S-1", "MEMBER_OF", "Center:CEE001"),
        claim("Specialist:S-1", "SERVES", "Account:A-3"),
    ]
    outcome = await write(centers, rows, at=RECORDED)
    assert outcome.refused == []
    FEEDS.pop(centers, None)
    forget(centers, lambda: 0.0)
    return centers


async def logged(graph: Graph) -> None:
    """One entry of each kind and type at each place, named by its actor."""
    every = list(entries())
    at = datetime.now(UTC)

    async def work(tx: Any) -> None:
        given = {"count": len(every), "incarnation": "test", "at": at}
        [log] = await graph.run(tx, query("load/log_begin"), **given)
        rows = [
            {
                "sequence": number,
                "kind": kind,
                "actor": name(kind, type_, place),
                "subject": PLACES[place].get("account"),
                **PLACES[place],
                **({"relationshipType": type_} if type_ else {}),
                "accountSequence": number,
            }
            for number, (kind, type_, place) in enumerate(every, log["sequence"] + 1)
        ]
        await graph.run(tx, query("load/log_append"), rows=rows, at=at)

    await graph.write(work, name="test/log")


def test_every_kind_and_type_has_a_row() -> None:
    assert set(KINDS) == set(ChangeKind)
    assert set(TYPES) == set(RelationshipType)
    assert {role for one in READERS.values() for role in one.viewer.roles} == set(Role) - SILENT


@pytest.mark.parametrize("who", READERS)
async def test_a_role_is_told_in_lists_what_the_table_says(
    who: str, served: Graph, ask: Ask
) -> None:
    await logged(served)
    forget(served, lambda: 0.0)
    names = {name(*each) for each in entries()}
    told: list[str] = []
    after = None

    while True:
        found = await ask(READERS[who].viewer, LISTED, after=after)
        assert found.codes == []
        page = found.data["changes"]
        told += [each["actor"] for each in page["nodes"] if each["actor"] in names]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert told == of_the_table(READERS[who])


@pytest.mark.parametrize("named", [None, frozenset({"Account:A-1"})], ids=["off", "on"])
@pytest.mark.parametrize("role", sorted(SILENT))
async def test_who_reads_no_data_is_told_of_nothing(
    role: Role, named: frozenset[str] | None, ask: Ask
) -> None:
    """Owners, who are let in or not, are told of no change, not even of their accounts."""
    told = await ask(Viewer("V", "V", **policy.rights((role,), named=named)), LISTED)

    assert (told.data, told.codes, told.statements) == (None, ["FORBIDDEN"], 0)


@pytest.mark.parametrize("who", sorted(STREAMS))
async def test_a_role_is_told_in_streams_what_the_table_says(
    who: str, served: Graph, seal: Seal, key: IdentifierKey
) -> None:
    expected = of_the_table(READERS[who])
    stream = await following(served, seal, key, READERS[who].viewer, FOLLOWED)

    await logged(served)
    told = [await stream.next() for _ in expected]
    await write(served, [worlds.organization("O-1", "Mill Holding B.V.")], at=datetime.now(UTC))
    last = await stream.next()

    assert [each["change"]["actor"] for each in told] == expected
    assert last["change"]["actor"] not in expected  # nothing more was told before it


@pytest.mark.parametrize("who", sorted(set(READERS) - STREAMS))
async def test_who_may_not_follow_is_told_so(
    who: str, served: Graph, seal: Seal, key: IdentifierKey
) -> None:
    results: Any = await schema.stream(
        FOLLOWED, {}, Context(served, READERS[who].viewer, seal, key)
    )
    error = await Stream(results).refusal()

    assert (error.extensions or {})["code"] == "FORBIDDEN"


HANDED = "subscription { changes { kind change { id account { id } relationship { type } } } }"


async def test_a_hand_over_is_seen_once_by_both_sides(
    served: Graph, seal: Seal, key: IdentifierKey
) -> None:
    sides = {}
    for id_ in ("M-1", "M-2"):
        viewer = Viewer(id_, id_, **policy.rights((Role.ACCOUNT_MANAGER,)))
        results: Any = await schema.stream(HANDED, {}, Context(served, viewer, seal, key))
        sides[id_] = Stream(results)
        await sides[id_].next()
    moved = [
        claim("Account:A-2", "ASSIGNED_TO", "Center:CEE001", worlds.SINCE, date(2024, 1, 1)),
        claim("Account:A-2", "ASSIGNED_TO", "Center:CEE002", date(2024, 1, 1)),
    ]

    await write(served, moved, at=datetime.now(UTC))
    over = {id_: await stream.changes(2) for id_, stream in sides.items()}
    await write(served, [worlds.account("A-2", "Anchor Mill South")], at=datetime.now(UTC))
    party = worlds.organization("O-1", "Mill Holding B.V.")
    await write(served, [party], at=datetime.now(UTC))
    gives, takes = await sides["M-1"].next(), [await sides["M-2"].next() for _ in range(2)]

    told = {id_: [each["change"]["id"] for each in some] for id_, some in over.items()}
    assert told["M-1"] == told["M-2"]
    assert len(set(told["M-1"])) == 2
    assert gives["change"]["id"] == takes[1]["change"]["id"]  # not the name that it got then
    assert takes[0]["change"]["account"]["id"] == ids.encode("Account:A-2")
