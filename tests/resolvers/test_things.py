"""Things of every kind, the relationships between them, and who may not ask."""

from datetime import date

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.worlds import NodeRow, claim

NODE = """
  query ($id: ID!) {
    node(id: $id) {
      __typename
      ... on Entity { label }
      ... on Specialist { discipline { code reportsTo } center { code } active }
      ... on AccountManager { membership { validFrom type } }
      ... on RiskFlag { flag: kind { code label } severity evidence { name url } raisedOn }
      ... on SharedAttribute { kind { code } }
      ... on IsaParticipation { isa: status acceptedOn }
      ... on Issue { purpose issue: status dueOn }
      ... on Strategy { objective strategy: status }
      ... on HtsChapter { code title }
      ... on Port { code name }
    }
  }
"""
RELATIONSHIPS = """
  query ($id: ID!, $types: [RelationshipType!], $direction: Direction!, $former: Boolean!) {
    node(id: $id) {
      ... on Entity {
        relationships(types: $types, direction: $direction, includeFormer: $former) {
          totalCount { value }
          nodes { type basis scope { code } topic { code } }
        }
        degrees { type direction count { value } }
      }
    }
  }
"""
FLAGS = """
  query ($id: ID!, $all: Boolean!) {
    node(id: $id) { ... on RiskSubject { flags(includeResolved: $all) { label resolvedOn } } }
  }
"""


def node(label: str, id: str, **properties: object) -> NodeRow:
    return NodeRow(label, id, (label,), properties)


@pytest.fixture
async def office(graph: Graph, key: IdentifierKey) -> Graph:
    """A broker and its client, those who serve them, and what the program says of them."""
    day = date(2024, 1, 1)
    rows: list[worlds.Row] = [
        worlds.account("A-1", "Client Imports"),
        worlds.account("B-1", "Quay Brokers", "Broker", licenseNumber="0123"),
        worlds.number(key, "N-1", "98-7654321AA"),
        worlds.code("Q1Z"),
        worlds.organization("O-1", "Ring Holdings"),
        worlds.center("CEE005", "Base Metals"),
        worlds.manager("M-1", "R. Alder"),
        node("Specialist", "S-1", name="T. Cole", active=True),
        node(
            "Discipline",
            "REGULATORY_AUDITOR",
            code="REGULATORY_AUDITOR",
            name="Regulatory auditor",
            reportsTo="Program office",
        ),
        node("HtsChapter", "61", code="61", title="Knitted apparel"),
        node("Port", "2704", code="2704", name="Los Angeles"),
        node("SharedAttribute", "SA-1", kind="ADDRESS", hash="00"),
        node(
            "RiskFlag",
            "F-1",
            kind="IPR",
            severity=0.5,
            raisedOn=day,
            evidence=['{"name": "Notice", "url": "https://notice.example"}'],
        ),
        node(
            "RiskFlag",
            "F-2",
            kind="PENALTY",
            severity=0.9,
            raisedOn=day,
            resolvedOn=date(2024, 6, 1),
            evidence=['{"name": "Notice"}'],
        ),
        node("IsaParticipation", "I-1", status="APPLICANT", appliedOn=day),
        node("Issue", "IS-1", title="Late entries", purpose="ADVICE", status="OPEN", openedOn=day),
        node("Strategy", "ST-1", title="Train", objective="Fewer", status="ACTIVE", startsOn=day),
        claim("ImporterNumber:N-1", "IDENTIFIES", "Account:A-1"),
        claim("FilerCode:Q1Z", "IDENTIFIES", "Account:B-1"),
        claim("Party:O-1", "HOLDS", "ImporterNumber:N-1"),
        worlds.owns("Party:O-1", "Party:O-1", 10),
        claim("AccountManager:M-1", "MEMBER_OF", "Center:CEE005"),
        claim("Specialist:S-1", "MEMBER_OF", "Center:CEE005"),
        claim("Specialist:S-1", "PRACTISES", "Discipline:REGULATORY_AUDITOR"),
        claim("Specialist:S-1", "SERVES", "Account:A-1", topic="VALUATION"),
        claim("Account:A-1", "GRANTED_POA", "Account:B-1", scope="CUSTOMS_BUSINESS"),
        claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:I-1"),
        claim("RiskFlag:F-1", "FLAGS", "Account:A-1"),
        claim("RiskFlag:F-2", "FLAGS", "Account:A-1"),
        claim(
            "Account:A-1", "ASSIGNED_TO", "Center:CEE005", until=date(2023, 1, 1), basis="APPEAL"
        ),
    ]
    outcome = await write(graph, rows, at=worlds.RECORDED.replace(year=2024, month=7))
    assert outcome.refused == []
    return graph


THINGS: dict[str, dict[str, object]] = {
    "Specialist:S-1": {
        "label": "T. Cole",
        "discipline": {"code": "REGULATORY_AUDITOR", "reportsTo": "Program office"},
        "center": {"code": "CEE005"},
        "active": True,
    },
    "AccountManager:M-1": {
        "label": "R. Alder",
        "membership": {"validFrom": "2020-01-01", "type": "MEMBER_OF"},
    },
    "RiskFlag:F-1": {
        "label": "Ipr",
        "flag": {"code": "IPR", "label": "IPR"},
        "severity": 0.5,
        "evidence": [{"name": "Notice", "url": "https://notice.example"}],
        "raisedOn": "2024-01-01",
    },
    "SharedAttribute:SA-1": {"label": "Shared address", "kind": {"code": "ADDRESS"}},
    "IsaParticipation:I-1": {
        "label": "ISA I-1, applicant",
        "isa": "APPLICANT",
        "acceptedOn": None,
    },
    "Issue:IS-1": {"label": "Late entries", "purpose": "ADVICE", "issue": "OPEN", "dueOn": None},
    "Strategy:ST-1": {"label": "Train", "objective": "Fewer", "strategy": "ACTIVE"},
    "HtsChapter:61": {"label": "61 Knitted apparel", "code": "61", "title": "Knitted apparel"},
    "Port:2704": {"label": "Los Angeles", "code": "2704", "name": "Los Angeles"},
    "FilerCode:Q1Z": {"label": "Q1Z"},
}


async def test_things_of_every_kind_are_found_by_id(office: Graph, ask: Ask) -> None:
    for key, expected in THINGS.items():
        answer = await ask(NODE, id=ids.encode(key))

        assert answer["node"] == {"__typename": key.partition(":")[0], **expected}


async def test_relationships_are_filtered_by_type_and_direction(office: Graph, ask: Ask) -> None:
    async def of(
        *types: str, direction: str = "EITHER", former: bool = False
    ) -> list[tuple[str, str]]:
        answer = await ask(
            RELATIONSHIPS,
            id=ids.encode("Account:A-1"),
            types=list(types) or None,
            direction=direction,
            former=former,
        )
        return sorted(
            (one["type"], (one["scope"] or one["topic"] or {"code": one["basis"]})["code"])
            for one in answer["node"]["relationships"]["nodes"]
            if one["type"] in ("GRANTED_POA", "SERVES", "ASSIGNED_TO")
        )

    poa, serves = ("GRANTED_POA", "CUSTOMS_BUSINESS"), ("SERVES", "VALUATION")
    assert await of() == [poa, serves]
    assert await of(direction="OUT") == [poa]
    assert await of(direction="IN") == [serves]
    assert await of("SERVES") == [serves]
    assert await of("ASSIGNED_TO") == []
    assert await of("ASSIGNED_TO", former=True) == [("ASSIGNED_TO", "APPEAL")]


async def test_a_share_in_oneself_counts_both_ways(office: Graph, ask: Ask) -> None:
    answer = await ask(
        RELATIONSHIPS, id=ids.encode("Party:O-1"), types=["OWNS"], direction="IN", former=False
    )

    assert answer["node"]["relationships"]["totalCount"] == {"value": 1}
    owns = [d for d in answer["node"]["degrees"] if d["type"] == "OWNS"]
    assert [(d["direction"], d["count"]["value"]) for d in owns] == [("IN", 1), ("OUT", 1)]


async def test_resolved_flags_are_told_on_request(office: Graph, ask: Ask) -> None:
    opened = await ask(FLAGS, id=ids.encode("Account:A-1"), all=False)
    every = await ask(FLAGS, id=ids.encode("Account:A-1"), all=True)

    assert opened["node"]["flags"] == [{"label": "Ipr", "resolvedOn": None}]
    assert every["node"]["flags"] == [
        {"label": "Penalty", "resolvedOn": "2024-06-01"},
        {"label": "Ipr", "resolvedOn": None},
    ]


@pytest.mark.parametrize(
    "document",
    [
        "{ viewer { name } }",
        '{ account(by: {importerNumber: "98-7654321AA"}) { id } }',
        '{ node(id: "QWNjb3VudDpBLTE") { id } }',
        "{ parties { nodes { id } } }",
        "{ centers { code } }",
    ],
)
async def test_who_is_not_signed_in_is_refused_before_anything_is_asked(
    office: Graph, seal: Seal, key: IdentifierKey, document: str
) -> None:
    office.statements = 0

    answer = await schema.execute(document, context_value=Context(office, None, seal, key))

    assert answer.errors is not None
    assert [error.extensions["code"] for error in answer.errors] == ["UNAUTHENTICATED"]  # type: ignore[index]
    assert office.statements == 0
