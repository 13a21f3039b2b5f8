"""Hypothetical worlds: what they change, what they refuse, and that nothing is written."""

from datetime import date, datetime
from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.resolvers.conftest import Ask

MILL, HOLDINGS, IRIS = (ids.encode(f"Party:{id_}") for id_ in ("O-2", "O-1", "P-1"))
DOCUMENT = """query ($id: ID!, $scenario: ScenarioInput) { node(id: $id) {
  ... on Organization {
    ultimateOwners(scenario: $scenario) {
      owners { owner { ... on Entity { label } } share { min max } paths { text } }
      remainder { min max } reproduction { document variables } }
    controllingGroup(scenario: $scenario) { controller { ... on Entity { label } } verdict }
    blockedStatus(scenario: $scenario) {
      verdict listed aggregate { min max } counted { id from { label } source { name } } } } } }"""
Scenario = dict[str, Any]


def owning(share: dict[str, float] | None = None, **more: Any) -> Scenario:
    claim = {"type": "OWNS", "fromId": IRIS, "toId": MILL, **more}
    return {"record": [claim | ({"share": share} if share else {})]}


async def claim_id(graph: Graph, owner: str, owned: str) -> str:
    found = await graph.read(
        Query("MATCH ({key: $a})-[c:OWNS]->({key: $b}) RETURN c.id AS id"), a=owner, b=owned
    )
    return ids.encode(f"Relationship:{found[0]['id']}")


async def test_what_is_imagined_counts_and_is_not_written(harbor: Graph, ask: Ask) -> None:
    before = await digest(harbor)
    sold = await claim_id(harbor, "Party:O-1", "Party:O-2")
    scenario = owning({"min": 30, "max": 45.5}, interest="SHAREHOLDING") | {"end": [sold]}

    node = (await ask(DOCUMENT, id=MILL, scenario=scenario))["node"]

    [iris] = node["ultimateOwners"]["owners"]
    assert (iris["owner"]["label"], iris["share"]) == ("Iris Fenwick", {"min": 30, "max": 45.5})
    assert iris["paths"] == [{"text": "Iris Fenwick -[OWNS 30-45.5%]-> Harbor Mill"}]
    assert node["ultimateOwners"]["remainder"] == {"min": 54.5, "max": 70}
    assert node["controllingGroup"] == {"controller": None, "verdict": "NO"}
    assert await digest(harbor) == before


async def test_an_imagined_holding_adds_to_what_the_owner_has(harbor: Graph, ask: Ask) -> None:
    scenario = owning({"min": 15, "max": 15}, toId=HOLDINGS)

    node = (await ask(DOCUMENT, id=HOLDINGS, scenario=scenario))["node"]

    shares = {e["owner"]["label"]: e["share"] for e in node["ultimateOwners"]["owners"]}
    assert shares["Iris Fenwick"] == {"min": 75, "max": 75}
    assert shares["Not disclosed"] == {"min": 0, "max": 25}


async def test_a_large_scenario_is_read_in_batches(harbor: Graph, ask: Ask) -> None:
    document = """query ($id: ID!, $scenario: ScenarioInput) { node(id: $id) {
      ... on Party { blockedStatus(scenario: $scenario) { verdict } } } }"""
    people: list[worlds.Row] = [worlds.person(f"P-{at}", f"Buyer {at}") for at in range(10, 30)]
    assert (await write(harbor, people, at=worlds.RECORDED)).refused == []
    record = [
        owning({"min": 1, "max": 1}, fromId=ids.encode(f"Party:P-{at}"))["record"][0]
        for at in range(10, 30)
    ]
    counts = []
    for number in (1, 1, 20):  # the first follows the log
        harbor.statements = 0
        await ask(document, id=MILL, scenario={"record": record[:number]})
        counts.append(harbor.statements)

    assert counts[1] == counts[2]


async def test_a_flag_imagined_lists_a_party_and_one_resolved_no_longer(
    harbor: Graph, ask: Ask
) -> None:
    raised = {"raise": [{"subjectId": IRIS, "kind": "SANCTIONED_OWNER"}]}
    assert (await ask(DOCUMENT, id=MILL))["node"]["blockedStatus"]["verdict"] == "NO"

    if not await harbor.read(Query("MATCH (t:Term {key: 'Term:RISK_FLAG_KIND.SANCTIONED_OWNER'})"
                                   " RETURN t.key AS key")):  # fmt: skip
        await harbor.schema("CREATE (:Term {key: 'Term:RISK_FLAG_KIND.SANCTIONED_OWNER',"
                            " vocabulary: 'RISK_FLAG_KIND', code: 'SANCTIONED_OWNER',"
                            " label: 'Sanctioned owner'})")  # fmt: skip
    status = (await ask(DOCUMENT, id=MILL, scenario=raised))["node"]["blockedStatus"]
    assert (status["verdict"], status["listed"]) == ("YES", False)
    assert status["aggregate"] == {"min": 100, "max": 100}

    rows: list[worlds.Row] = [
        worlds.NodeRow(
            "RiskFlag", "F-1", ("RiskFlag",),
            {"kind": "SANCTIONED_OWNER", "severity": 0.9, "raisedOn": date(2021, 1, 1)},
        ),
        worlds.claim("RiskFlag:F-1", "FLAGS", "Party:P-1"),
    ]  # fmt: skip
    assert (await write(harbor, rows, at=datetime.now(worlds.RECORDED.tzinfo))).refused == []
    assert (await ask(DOCUMENT, id=MILL))["node"]["blockedStatus"]["verdict"] == "YES"
    resolved = {"resolve": [ids.encode("RiskFlag:F-1")]}
    status = (await ask(DOCUMENT, id=MILL, scenario=resolved))["node"]["blockedStatus"]
    assert status["verdict"] == "NO"


async def test_a_reproduction_gives_the_answer_again(harbor: Graph, ask: Ask) -> None:
    scenario = owning({"min": 10, "max": 10}, toId=HOLDINGS, validFrom="2020-01-01")
    first = (await ask(DOCUMENT, id=HOLDINGS, scenario=scenario))["node"]["ultimateOwners"]
    later: list[worlds.Row] = [worlds.owns("Party:P-1", "Party:O-1", 45)]
    assert (await write(harbor, later, at=datetime.now(worlds.RECORDED.tzinfo))).refused == []

    again = first["reproduction"]
    found = (await ask(again["document"], **again["variables"]))["node"]["ultimateOwners"]

    assert [each["share"] for each in found["owners"]] == [e["share"] for e in first["owners"]]
    now = (await ask(DOCUMENT, id=HOLDINGS, scenario=scenario))["node"]["ultimateOwners"]
    assert now["owners"][0]["share"] == {"min": 55, "max": 55}


@pytest.mark.parametrize(
    ("scenario", "told"),
    [
        (owning({"min": 60, "max": 40}), "scenario.record[0].share.min"),
        (owning(validFrom="2024-01-01", validTo="2024-01-01"), "scenario.record[0].validTo"),
        (owning(validFrom="2999-01-01"), "scenario.record[0]"),
        (owning(type="MANAGED_BY"), "scenario.record[0].type"),
        (owning(type="OFFICER_OF", share={"min": 1, "max": 1}), "scenario.record[0].share"),
        (owning(type="OFFICER_OF", interest="SETTLOR"), "scenario.record[0].interest"),
        (owning(toId=IRIS), "scenario.record[0].toId"),
        (owning(fromId=ids.encode("Party:P-404")), "scenario.record[0].fromId"),
        (owning(fromId="nonsense"), "scenario.record[0].fromId"),
        (owning(fromId=ids.encode("Account:A-1")), "scenario.record[0].fromId"),
        ({"end": [IRIS]}, "scenario.end[0]"),
        ({"end": [ids.encode("Relationship:R-404")]}, "scenario.end[0]"),
        ({"raise": [{"subjectId": IRIS, "kind": "NONSENSE"}]}, "scenario.raise[0].kind"),
        ({"raise": [{"subjectId": ids.encode("Center:CEE004"), "kind": "IPR"}]}, "subjectId"),
        ({"resolve": [IRIS]}, "scenario.resolve[0]"),
        ({"resolve": [ids.encode("RiskFlag:F-404")]}, "scenario.resolve[0]"),
        (owning({"min": 60, "max": 60}, toId=HOLDINGS), "scenario.record[0].share"),
    ],
)
async def test_a_scenario_against_the_rules_is_refused(
    harbor: Graph, seal: Seal, key: IdentifierKey, scenario: Scenario, told: str
) -> None:
    document = """query ($id: ID!, $scenario: ScenarioInput) { node(id: $id) {
      ... on Party { blockedStatus(scenario: $scenario) { verdict } } } }"""
    context = Context(harbor, DEVELOPMENT, seal, key)
    variables = {"id": MILL, "scenario": scenario}
    answer = await schema.execute(document, variables, context_value=context)

    assert answer.data == {"node": {"blockedStatus": None}}
    [error] = answer.errors or []
    assert (error.extensions or {})["code"] == "BAD_USER_INPUT"
    assert told in error.message


async def test_a_relationship_cannot_end_twice_nor_where_it_does_not_hold(
    harbor: Graph, ask: Ask
) -> None:
    held = await claim_id(harbor, "Party:O-1", "Party:O-2")

    await ask(DOCUMENT, *["BAD_USER_INPUT"] * 3, id=MILL, scenario={"end": [held, held]})
    earlier = ids.encode("Party:O-2@2019-01-01/")
    await ask(DOCUMENT, *["BAD_USER_INPUT"] * 3, id=earlier, scenario={"end": [held]})
