"""Powers of attorney: an importer's brokers, and a broker's clients however many they are."""

from datetime import date
from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.lists import FIRST, LAST
from graph.load.write import write
from graph.migration_files import migrations
from graph.queries import query
from graph.session import Graph
from tests import worlds
from tests.plans import profile, steps
from tests.resolvers.conftest import Ask

CLIENTS = """
  query ($id: ID!, $former: Boolean, $moment: MomentInput,
         $first: Int, $after: String, $last: Int, $before: String) {
    account(by: {id: $id}, moment: $moment) {
      ... on BrokerAccount {
        licenseNumber
        clients(
          includeFormer: $former, first: $first, after: $after, last: $last, before: $before
        ) {
          totalCount { value relation }
          edges {
            relationship { type scope { code } validFrom validTo }
            node { name center { code } }
          }
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
      }
    }
  }
"""
BROKERS = """
  query ($id: ID!, $former: Boolean, $moment: MomentInput) {
    account(by: {id: $id}, moment: $moment) {
      ... on ImporterAccount {
        brokers(includeFormer: $former) {
          totalCount { value }
          edges { relationship { scope { code } validFrom validTo } node { name } }
        }
      }
    }
  }
"""
MANY = """
UNWIND $brokers AS row
CREATE (broker:Entity:Account:Broker {key: row[0], id: row[0], name: 'Hub', searchName: 'hub',
  status: 'ACTIVE', openedOn: date('2020-01-01'), recordedAt: $at})
WITH broker, row UNWIND range(1, row[1]) AS number
WITH broker, row[2] + toString(1000000 + number) AS client
CREATE (:Entity:Account:Importer {key: client, id: client, name: client, searchName: client,
    status: 'ACTIVE', openedOn: date('2020-01-01'), recordedAt: $at})
  -[:GRANTED_POA {id: 'R-' + client, broker: broker.key, client: client, source: 'Register',
    version: 1, validFrom: date('2020-01-01'), validTo: date('9999-12-31'), recordedAt: $at,
    recordedTo: datetime('9999-12-31T00:00:00Z')}]->(broker)
"""


def account(id_: str) -> str:
    return ids.encode(f"Account:{id_}")


def names(page: dict[str, Any]) -> list[str]:
    return [edge["node"]["name"] for edge in page["edges"]]


@pytest.fixture
async def brokerage(graph: Graph) -> Graph:
    """
    A-1 .. A-5 -power-> B-1 (ENTRY); A-5's ended in 2024
    A-1 -power-> B-2 since 2023
    """
    rows: list[worlds.Row] = [
        worlds.account("B-1", "Pelican Point", "Broker", licenseNumber="12345"),
        worlds.account("B-2", "Anchor", "Broker"),
        *(worlds.account(f"A-{n}", f"Mill {n}") for n in range(1, 6)),
        *(
            worlds.claim(f"Account:A-{n}", "GRANTED_POA", "Account:B-1", scope="ENTRY")
            for n in range(1, 5)
        ),
        worlds.claim("Account:A-5", "GRANTED_POA", "Account:B-1", until=date(2024, 1, 1)),
        worlds.claim("Account:A-1", "GRANTED_POA", "Account:B-2", date(2023, 1, 1)),
    ]
    outcome = await write(graph, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    graph.statements = 0
    return graph


async def test_clients_are_walked_forward_and_back(brokerage: Graph, ask: Ask) -> None:
    async def page(**arguments: object) -> dict[str, Any]:
        found = (await ask(CLIENTS, id=account("B-1"), **arguments))["account"]
        assert found["licenseNumber"] == "12345"
        return found["clients"]  # type: ignore[no-any-return]

    first = await page(first=2)
    assert brokerage.statements == 3  # the broker, its page, the Centers of the page
    second = await page(first=2, after=first["pageInfo"]["endCursor"])
    last = await page(last=3)
    back = await page(last=9, before=last["pageInfo"]["startCursor"])
    between = await page(
        first=9, after=first["pageInfo"]["startCursor"], before=second["pageInfo"]["endCursor"]
    )

    shown = [names(each) for each in (first, second, last, back, between)]
    assert shown == [
        ["Mill 1", "Mill 2"],
        ["Mill 3", "Mill 4"],
        ["Mill 2", "Mill 3", "Mill 4"],
        ["Mill 1"],
        ["Mill 2", "Mill 3"],
    ]
    ends = [
        (each["pageInfo"]["hasPreviousPage"], each["pageInfo"]["hasNextPage"])
        for each in (first, second, last, back)
    ]
    assert ends == [(False, True), (True, False), (True, False), (False, True)]
    assert first["totalCount"] == {"value": 4, "relation": "EXACT"}
    assert first["edges"][0]["relationship"] == {
        "type": "GRANTED_POA",
        "scope": {"code": "ENTRY"},
        "validFrom": "2020-01-01",
        "validTo": None,
    }


@pytest.mark.usefixtures("brokerage")
async def test_powers_are_those_of_the_moment(ask: Ask) -> None:
    async def clients(**more: object) -> list[str]:
        found = await ask(CLIENTS, id=account("B-1"), **more)
        return names(found["account"]["clients"])

    async def brokers(**more: object) -> list[str]:
        found = await ask(BROKERS, id=account("A-1"), **more)
        return names(found["account"]["brokers"])

    assert await brokers() == ["Anchor", "Pelican Point"]
    assert await brokers(moment={"asOf": "2022-06-01"}) == ["Pelican Point"]
    assert len(await clients(moment={"asOf": "2023-12-31"})) == 5
    assert await clients(former=True) == [f"Mill {n}" for n in range(1, 6)]
    assert len(await clients()) == 4


@pytest.mark.usefixtures("brokerage")
async def test_a_size_out_of_range_and_a_cursor_of_another_broker_are_refused(ask: Ask) -> None:
    page = (await ask(CLIENTS, id=account("B-1"), first=1))["account"]["clients"]

    await ask(CLIENTS, "BAD_USER_INPUT", id=account("B-1"), first=0)
    await ask(
        CLIENTS, "CURSOR_INVALID", id=account("B-2"), first=1, after=page["pageInfo"]["endCursor"]
    )


async def test_clients_recorded_before_their_keys_were_kept_are_found(
    brokerage: Graph, ask: Ask
) -> None:
    await _run(brokerage, "MATCH ()-[p:GRANTED_POA]->() REMOVE p.client, p.broker")
    (file,) = [each for each in migrations() if each.name.endswith("power_of_attorney_ends")]
    for statement in file.statements:
        await brokerage.schema(statement)

    page = (await ask(CLIENTS, id=account("B-1")))["account"]["clients"]

    assert names(page) == [f"Mill {n}" for n in range(1, 5)]


async def test_a_page_of_a_hub_costs_what_a_page_of_ten_costs(graph: Graph, ask: Ask) -> None:
    hub, small = "Account:HUB", "Account:TEN"
    await _run(graph, MANY, brokers=[[hub, 3000, "Account:C"], [small, 10, "Account:D"]])

    middle = "Account:C1001500"
    for name in ("broker/clients", "broker/clients_backwards"):
        of_ten = await _hits(graph, name, small, FIRST)
        for key, after in ((hub, FIRST), (hub, (middle, ""))):
            assert await _hits(graph, name, key, after) <= 2 * of_ten
    page = (await ask(CLIENTS, id=account("HUB"), first=5))["account"]["clients"]

    assert page["totalCount"] == {"value": 1000, "relation": "AT_LEAST"}
    assert len(page["edges"]) == 5


async def _run(graph: Graph, text: str, **parameters: Any) -> None:
    async with graph._driver.session() as session:
        await session.run(Query(text), at=worlds.RECORDED, **parameters)


async def _hits(graph: Graph, name: str, key: str, after: tuple[str, str]) -> int:
    """The database hits of one page of five, whose plan must not sort."""
    given = {
        "keys": [key],
        "after": list(after if name == "broker/clients" else FIRST),
        "before": list(LAST if name == "broker/clients" or after == FIRST else after),
        "former": False,
        "limit": 6,
        "counted": False,
        "most": 1001,
        "asOf": date(2026, 1, 1),
        "knownAt": worlds.RECORDED,
        "reachesAll": True,
        "reach": {},
    }
    ran = steps(await profile(graph, query(name), given))
    names = [step["operatorType"] for step in ran]
    assert any("RelationshipIndexSeek" in each for each in names), names
    assert not any("Top" in each for each in names), names  # the index gives the order
    return sum(step.get("dbHits", 0) for step in ran)
