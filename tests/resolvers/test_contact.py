"""Who is the first point of contact, in as few statements as promised."""

from datetime import date
from pathlib import Path

from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

OPERATIONS = Path(__file__).parents[2] / "docs" / "operations"
FIRST_CONTACT = (OPERATIONS / "first-point-of-contact.graphql").read_text(encoding="utf-8")
STANDING = """
  query ($id: ID!) {
    account(by: {id: $id}) { pointOfContact { standing since person { name } center { code } } }
  }
"""


async def test_the_first_point_of_contact_costs_one_statement(harbor: Graph, ask: Ask) -> None:
    answer = await ask(FIRST_CONTACT, number="12-3456789AB")

    assert answer == {
        "account": {
            "id": "QWNjb3VudDpBLTE",
            "name": "Harbor Textiles",
            "status": "ACTIVE",
            "pointOfContact": {
                "standing": "PRIMARY_MANAGER",
                "since": "2020-01-01",
                "person": {"name": "R. Alder", "email": "m-1@cbp.example", "phone": None},
                "center": {
                    "code": "CEE004",
                    "name": "Apparel, Footwear and Textiles",
                    "office": "Somewhere",
                },
            },
            "managers": {
                "nodes": [{"name": "S. Birch", "email": "m-2@cbp.example", "phone": None}]
            },
        }
    }
    assert harbor.statements == 1


async def test_a_backup_stands_in_once_the_primary_has_left(harbor: Graph, ask: Ask) -> None:
    ended = worlds.claim(
        "Account:A-1",
        "MANAGED_BY",
        "AccountManager:M-1",
        until=date(2024, 5, 1),
        role="PRIMARY",
    )
    await write(harbor, [ended], at=worlds.RECORDED.replace(year=2024, month=5, day=2))

    answer = await ask(STANDING, id="QWNjb3VudDpBLTE")

    contact = answer["account"]["pointOfContact"]
    assert (contact["standing"], contact["person"]) == ("BACKUP_MANAGER", {"name": "S. Birch"})


async def test_nobody_assigned_leaves_the_desk_of_the_center(
    graph: Graph, key: IdentifierKey, ask: Ask
) -> None:
    rows: list[worlds.Row] = [
        worlds.account("A-9", "Quiet Imports"),
        worlds.number(key, "N-9", "98-7654321AA"),
        worlds.center("CEE005", "Base Metals"),
        worlds.claim("ImporterNumber:N-9", "IDENTIFIES", "Account:A-9"),
        worlds.claim("Account:A-9", "ASSIGNED_TO", "Center:CEE005", basis="HIGHEST_VALUE"),
    ]
    await write(graph, rows, at=worlds.RECORDED)

    answer = await ask(STANDING, id="QWNjb3VudDpBLTk")

    assert answer["account"]["pointOfContact"] == {
        "standing": "CENTER_DESK",
        "since": "2020-01-01",
        "person": None,
        "center": {"code": "CEE005"},
    }
