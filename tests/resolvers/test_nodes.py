"""Objects by global id, and what no id finds."""

import pytest

from graph import ids
from graph.session import Graph
from tests.resolvers.conftest import Ask

NODES = """
  query ($ids: [ID!]!) {
    nodes(ids: $ids) {
      __typename
      id
      ... on Entity { label degrees { type direction count { value relation } } }
      ... on Relationship { type validFrom validTo }
    }
  }
"""
ANY = "query ($id: ID!) { node(id: $id) { id } }"
OWNS = """
  {
    party(by: {id: "UGFydHk6Ty0y"}) {
      ... on Organization { owners { edges { relationship { id } } } }
    }
  }
"""


async def test_objects_come_in_the_order_asked(harbor: Graph, ask: Ask) -> None:
    owners = (await ask(OWNS))["party"]["owners"]
    relationship = owners["edges"][0]["relationship"]["id"]
    harbor.statements = 0

    answer = await ask(NODES, ids=["UGFydHk6Ty0x", "bm90IGFuIGlk", relationship, "UGFydHk6Ty0x"])

    party = {
        "__typename": "Organization",
        "id": "UGFydHk6Ty0x",
        "label": "Harbor Holdings",
        "degrees": [
            {"type": "HOLDS", "direction": "OUT", "count": {"value": 2, "relation": "EXACT"}},
            {"type": "OWNS", "direction": "IN", "count": {"value": 2, "relation": "EXACT"}},
            {"type": "OWNS", "direction": "OUT", "count": {"value": 1, "relation": "EXACT"}},
        ],
    }
    claim = {
        "__typename": "Relationship",
        "id": relationship,
        "type": "OWNS",
        "validFrom": "2020-01-01",
        "validTo": None,
    }
    assert answer["nodes"] == [party, None, claim, party]
    assert harbor.statements == 3  # things, claims, degrees


@pytest.mark.parametrize(
    "id",
    [
        "",
        "x",
        "UGFydHk6Ty0x=",
        ids.encode("Party:none"),
        ids.encode("Nothing:O-1"),
        ids.encode("Party:O-1@"),
        ids.encode("Party:O-1@/"),
        ids.encode("Party:O-1@2022-13-01/"),
        ids.encode("Party:O-1@/2999-01-01T00:00:00.000000Z"),
        ids.encode("Party:O-1@2022-01-01"),
        "é",
    ],
)
async def test_what_is_no_id_is_null(harbor: Graph, ask: Ask, id: str) -> None:
    assert await ask(ANY, id=id) == {"node": None}


async def test_too_many_ids_are_refused(harbor: Graph, ask: Ask) -> None:
    await ask(NODES, "LIMIT_EXCEEDED", ids=["x"] * 101)
