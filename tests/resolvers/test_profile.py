"""The account profile, as far as it is built, and what lies behind a number."""

from graph.session import Graph
from tests.resolvers.conftest import Ask

PROFILE = """
  query ($id: ID!) {
    account(by: {id: $id}) {
      __typename id name status national openedOn version
      principal { __typename name country { code label } ... on Organization { lei } }
      importerNumbers(first: 50) {
        totalCount { value relation }
        edges { relationship { validFrom } node { display type status continuousBond } }
      }
      filerCodes { nodes { code } }
      pointOfContact { standing person { name email phone } }
      center { code name }
      centerAssignment { basis validFrom source { name reference } }
    }
  }
"""
BEHIND = """
  query ($number: String!) {
    importerNumber(number: $number) {
      display type status
      holder { id name aliases }
      siblings { nodes { display status account { id name } } }
      accounts(includeFormer: true) { edges { relationship { validFrom } node { name } } }
      relationships(types: [HOLDS]) { nodes { type from { label } to { label } } }
      flags { kind { label } severity }
    }
  }
"""
OWNERS = """
  query ($id: ID!) {
    party(by: {id: $id}) {
      ... on Organization {
        owners {
          totalCount { value relation }
          edges {
            share { min max exact disclosed }
            relationship { interest from { label } to { label } }
            node {
              __typename
              ... on Party { name }
              ... on UnspecifiedParty { unspecifiedReason }
            }
          }
        }
      }
      holdings { nodes { name } }
    }
  }
"""


async def test_the_profile_costs_two_statements(harbor: Graph, ask: Ask) -> None:
    answer = await ask(PROFILE, id="QWNjb3VudDpBLTE")

    assert answer["account"] == {
        "__typename": "ImporterAccount",
        "id": "QWNjb3VudDpBLTE",
        "name": "Harbor Textiles",
        "status": "ACTIVE",
        "national": True,
        "openedOn": "2020-01-01",
        "version": 1,
        "principal": {
            "__typename": "Organization",
            "name": "Harbor Holdings",
            "country": {"code": "NL", "label": "NL"},
            "lei": None,
        },
        "importerNumbers": {
            "totalCount": {"value": 2, "relation": "EXACT"},
            "edges": [
                {
                    "relationship": {"validFrom": "2020-01-01"},
                    "node": {
                        "display": "12-3456789AB",
                        "type": "IRS_EIN",
                        "status": "ACTIVE",
                        "continuousBond": None,
                    },
                },
                {
                    "relationship": {"validFrom": "2020-01-01"},
                    "node": {
                        "display": "12-3456789AC",
                        "type": "IRS_EIN",
                        "status": "INACTIVE",
                        "continuousBond": None,
                    },
                },
            ],
        },
        "filerCodes": {"nodes": []},
        "pointOfContact": {
            "standing": "PRIMARY_MANAGER",
            "person": {"name": "R. Alder", "email": "m-1@cbp.example", "phone": None},
        },
        "center": {"code": "CEE004", "name": "Apparel, Footwear and Textiles"},
        "centerAssignment": {
            "basis": "PREDOMINANT_NUMBER",
            "validFrom": "2020-01-01",
            "source": {"name": "Register", "reference": "row 1"},
        },
    }
    assert harbor.statements == 2  # the account with its parts, and the country's term


async def test_what_lies_behind_a_number(harbor: Graph, ask: Ask) -> None:
    answer = await ask(BEHIND, number="12-3456789AB")

    assert answer["importerNumber"] == {
        "display": "12-3456789AB",
        "type": "IRS_EIN",
        "status": "ACTIVE",
        "holder": {"id": "UGFydHk6Ty0x", "name": "Harbor Holdings", "aliases": ["Häfen & Söhne"]},
        "siblings": {
            "nodes": [
                {
                    "display": "12-3456789AC",
                    "status": "INACTIVE",
                    "account": {"id": "QWNjb3VudDpBLTE", "name": "Harbor Textiles"},
                }
            ]
        },
        "accounts": {
            "edges": [
                {
                    "relationship": {"validFrom": "2020-01-01"},
                    "node": {"name": "Harbor Textiles"},
                }
            ]
        },
        "relationships": {
            "nodes": [
                {
                    "type": "HOLDS",
                    "from": {"label": "Harbor Holdings"},
                    "to": {"label": "12-3456789AB"},
                }
            ]
        },
        "flags": [],
    }
    # The number; its holder, siblings, accounts, relationships and flags; the sibling's account.
    assert harbor.statements == 7


async def test_an_owner_not_specified_is_an_edge_of_its_own(harbor: Graph, ask: Ask) -> None:
    answer = await ask(OWNERS, id="UGFydHk6Ty0x")

    assert answer["party"] == {
        "owners": {
            "totalCount": {"value": 2, "relation": "EXACT"},
            "edges": [
                {
                    "share": {"min": 60, "max": 60, "exact": 60, "disclosed": True},
                    "relationship": {
                        "interest": "SHAREHOLDING",
                        "from": {"label": "Iris Fenwick"},
                        "to": {"label": "Harbor Holdings"},
                    },
                    "node": {"__typename": "Person", "name": "Iris Fenwick"},
                },
                {
                    "share": {"min": 0, "max": 100, "exact": None, "disclosed": False},
                    "relationship": {
                        "interest": "SHAREHOLDING",
                        "from": {"label": "Not disclosed"},
                        "to": {"label": "Harbor Holdings"},
                    },
                    "node": {
                        "__typename": "UnspecifiedParty",
                        "name": "Not disclosed",
                        "unspecifiedReason": "PARTY_EXEMPT",
                    },
                },
            ],
        },
        "holdings": {"nodes": [{"name": "Harbor Mill"}]},
    }
    assert harbor.statements == 3  # the party, its owners, its holdings
