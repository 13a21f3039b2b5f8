"""What is in reach and not theirs to read: money, ownership, flags."""

from typing import Any

import pytest
from neo4j import Query

from graph import ids, policy
from graph.load.write import write
from graph.policy import Viewer
from graph.roles import Role
from graph.session import Graph
from graph.terms import Permission
from tests import worlds
from tests.reach.conftest import MANAGER, Ask, member
from tests.reach.random_world import FLAG, MONTHS, RECORDED, thing
from tests.resolvers.test_segments import segment
from tests.worlds import claim

OWNS = Query("MATCH ()-[claim:OWNS]->() RETURN claim.id AS id")
AUDITOR = member("auditor", Role.AUDITOR)
SPECIALIST = member("S-1", Role.SPECIALIST)
OWNER = Viewer(
    "service:ledger",
    "ledger",
    **policy.rights(
        (Role.INTEGRATOR,),
        frozenset({Permission.READ_OWNERSHIP, Permission.SUBSCRIBE}),
        frozenset({"CEE001"}),
    ),
)


@pytest.fixture
async def served(centers: Graph) -> Graph:
    """
    S-1, of entry at CEE001, serves A-3; I-2, which entry owns, concerns A-2
    O-2 owns half of O-1; a flag on A-1 and one on O-1; figures of A-3
    """
    entry = "Discipline:ENTRY_SPECIALIST"
    rows: list[worlds.Row] = [
        thing("Discipline", "ENTRY_SPECIALIST", code="ENTRY_SPECIALIST", name="Entry"),
        thing("Specialist", "S-1", name="Specialist S-1", active=True),
        thing("Issue", "I-2", purpose="ADVICE", title="Entry", status="OPEN",
              openedOn=worlds.SINCE),
        thing("RiskFlag", "F-1", **FLAG),
        thing("RiskFlag", "F-2", **FLAG),
        thing("PerformancePeriod", "PP-1", month=MONTHS[0], chapter="61", origin="VN",
              currency="USD", entrySummaries=1, lines=7, enteredValue=500),
        worlds.organization("O-2", "Anchor Trust"),
        worlds.owns("Party:O-2", "Party:O-1", 50),
        claim("Specialist:S-1", "MEMBER_OF", "Center:CEE001"),
        claim("Specialist:S-1", "PRACTISES", entry),
        claim("Specialist:S-1", "SERVES", "Account:A-3"),
        claim("Issue:I-2", "CONCERNS", "Account:A-2"),
        claim("Issue:I-2", "HANDLED_BY", entry, part="LEAD"),
        claim("RiskFlag:F-1", "FLAGS", "Account:A-1"),
        claim("RiskFlag:F-2", "FLAGS", "Party:O-1"),
        claim("PerformancePeriod:PP-1", "MEASURES", "Account:A-3"),
    ]  # fmt: skip
    outcome = await write(centers, rows, at=RECORDED)
    assert outcome.refused == []
    return centers


async def names(ask: Ask, viewer: Viewer) -> list[str]:
    told = await ask(viewer, "{ accounts { nodes { name } } }")
    return [each["name"] for each in told.data["accounts"]["nodes"]]


async def test_a_specialist_reaches_whom_they_serve_and_whom_their_discipline_helps(
    served: Graph, ask: Ask
) -> None:
    assert await names(ask, SPECIALIST) == ["Anchor Mill", "Gannet Mill"]


async def test_an_auditor_reaches_all_and_a_service_its_centers(served: Graph, ask: Ask) -> None:
    assert len(await names(ask, AUDITOR)) == 4
    assert await names(ask, OWNER) == ["Anchor Mill", "Harbor Mill"]


FIGURES = """
  query ($id: ID!) { account(by: {id: $id}) { performance {
    total { lines %s } breakdown(by: HTS_CHAPTER) { lines }
  } } }
"""


@pytest.mark.parametrize("viewer", [SPECIALIST, AUDITOR], ids=lambda viewer: viewer.id)
async def test_figures_are_told_without_money(served: Graph, ask: Ask, viewer: Viewer) -> None:
    account = ids.encode("Account:A-3")

    counts = await ask(viewer, FIGURES % "", id=account)
    money = await ask(viewer, FIGURES % "enteredValue { amount }", id=account)
    sorted_ = await ask(viewer, "{ accounts(orderBy: ENTERED_VALUE_DESC) { nodes { name } } }")
    worth = "{ accounts(filter: {minEnteredValue: 1}) { nodes { name } } }"

    assert counts.codes == []
    assert counts.data["account"]["performance"]["total"] == {"lines": 7}
    assert (money.data["account"]["performance"], money.codes) == (None, ["FORBIDDEN"])
    assert sorted_.codes == (await ask(viewer, worth)).codes == ["FORBIDDEN"]


RELATED = """
  query ($id: ID!, $claim: ID!, $flag: ID!) {
    party(by: {id: $id}) {
      degrees { type } relationships { totalCount { value } edges { node { type } } }
    }
    claim: node(id: $claim) { id }
    flag: node(id: $flag) { id }
    changes(first: 100) { nodes { kind relationship { type } } }
  }
"""


async def related(served: Graph, ask: Ask, viewer: Viewer) -> tuple[set[str], Any, set[str]]:
    [owns] = await served.read(OWNS)
    told = await ask(
        viewer,
        RELATED,
        id=ids.encode("Party:O-1"),
        claim=ids.encode(f"Relationship:{owns['id']}"),
        flag=ids.encode("RiskFlag:F-2"),
    )
    assert told.codes == []
    party = told.data["party"]
    types = {each["node"]["type"] for each in party["relationships"]["edges"]}
    assert {each["type"] for each in party["degrees"]} == types
    assert party["relationships"]["totalCount"]["value"] == len(party["relationships"]["edges"])
    kinds = {each["kind"] for each in told.data["changes"]["nodes"]}
    return types, (bool(told.data["claim"]), bool(told.data["flag"])), kinds


async def test_relationships_are_told_as_far_as_there_is_a_right(served: Graph, ask: Ask) -> None:
    manager, manager_sees, manager_kinds = await related(served, ask, MANAGER)
    owner, owner_sees, owner_kinds = await related(served, ask, OWNER)
    auditor, auditor_sees, auditor_kinds = await related(served, ask, AUDITOR)

    assert (manager, manager_sees) == ({"HOLDS", "OWNS", "FLAGS"}, (True, True))
    assert (owner, owner_sees) == ({"HOLDS", "OWNS"}, (True, False))
    assert (auditor, auditor_sees) == ({"HOLDS"}, (False, False))
    assert "RISK_FLAG_RAISED" in manager_kinds
    assert "RISK_FLAG_RAISED" not in owner_kinds | auditor_kinds


async def test_a_filter_by_flags_needs_the_right(served: Graph, ask: Ask) -> None:
    for document in (
        '{ parties(flagKinds: ["PENALTY"]) { nodes { name } } }',
        '{ accounts(filter: {flagKinds: ["PENALTY"]}) { nodes { name } } }',
    ):
        told = await ask(OWNER, document)
        assert (told.data, told.codes) == (None, ["FORBIDDEN"])


@pytest.mark.parametrize(
    ("rule", "needed"),
    [
        ({"minEnteredValue": 1}, Permission.READ_PERFORMANCE),
        ({"controlledBy": ids.encode("Party:O-2")}, Permission.READ_OWNERSHIP),
        ({"not": {"warnings": ["OVERSUBSCRIBED"]}}, Permission.READ_OWNERSHIP),
    ],
    ids=["figures", "ownership", "warnings"],
)
async def test_who_is_in_a_segment_is_told_to_who_may_ask_what_its_rule_asks(
    served: Graph, ask: Ask, rule: dict[str, Any], needed: Permission
) -> None:
    await write(served, [segment("Large", 1, rule)], at=RECORDED)
    listed = ids.encode("RiskSegment:large.1")
    told = []

    for rights in ({Permission.READ_RISK}, {Permission.READ_RISK, needed}):
        given = policy.rights((Role.INTEGRATOR,), frozenset(rights), frozenset({"CEE001"}))
        viewer = Viewer("service:s", "s", **given)
        by = await ask(viewer, "{ accounts { nodes { segment { name } } } }")
        of = await ask(
            viewer, f'{{ accounts(filter: {{segmentIds: ["{listed}"]}}) {{ nodes {{ name }} }} }}'
        )
        told.append((set(by.codes), set(of.codes)))

    assert told == [({"FORBIDDEN"}, {"FORBIDDEN"}), (set(), set())]
