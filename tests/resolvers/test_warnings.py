"""Warnings as callers ask for them: with the account, for many at once, at a moment."""

import pytest

from graph import ids
from graph.session import Graph
from tests.resolvers.conftest import Ask

ONE = """
  query ($id: ID!, $moment: MomentInput) {
    account(by: {id: $id}, moment: $moment) {
      warnings { code message about { __typename id label } }
    }
  }
"""
MANY = """
  query ($id: ID!) { party(by: {id: $id}) { accounts { nodes { warnings { code } } } } }
"""
HARBOR = ids.encode("Account:A-1")


async def test_an_account_tells_its_warnings(harbor: Graph, ask: Ask) -> None:
    answer = await ask(ONE, id=HARBOR)

    assert answer["account"]["warnings"] == [
        {
            "code": "NUMBER_NOT_ACTIVE",
            "message": "Its importer number 12-3456789AC is inactive.",
            "about": [
                {
                    "__typename": "ImporterNumber",
                    "id": ids.encode("ImporterNumber:N-2"),
                    "label": "12-3456789AC",
                }
            ],
        }
    ]
    assert harbor.statements == 4  # the account, and a statement for each kind of warning


@pytest.mark.usefixtures("harbor")
async def test_they_are_those_of_the_moment(ask: Ask) -> None:
    before = await ask(ONE, id=HARBOR, moment={"asOf": "2019-06-01"})
    then = await ask(ONE, id=HARBOR, moment={"asOf": "2021-06-01"})

    assert before["account"]["warnings"] == []
    about = then["account"]["warnings"][0]["about"][0]["id"]
    assert ids.decode(about) == "ImporterNumber:N-2@2021-06-01/"


async def test_many_accounts_are_looked_at_together(harbor: Graph, ask: Ask) -> None:
    answer = await ask(MANY, id=ids.encode("Party:O-1"))

    nodes = answer["party"]["accounts"]["nodes"]
    assert nodes == [{"warnings": [{"code": "NUMBER_NOT_ACTIVE"}]}]
    assert harbor.statements == 5
