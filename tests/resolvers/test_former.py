"""Things as they were known: the same question at the same moment has the same answer for good."""

import json
from datetime import UTC, datetime
from typing import Any

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

ACCOUNT = ids.encode("Account:A-1")
THEN = {"asOf": "2021-06-01", "knownAt": "2021-06-01T00:00:00Z"}
FIRST, SECOND = datetime(2022, 1, 1, tzinfo=UTC), datetime(2023, 1, 1, tzinfo=UTC)
DOCUMENT = """
  query ($id: ID!, $moment: MomentInput) {
    account(by: {id: $id}, moment: $moment) {
      id name status version
      principal { name country { code } }
      managers { nodes { name active } edges { relationship { role } } }
      importerNumbers { nodes { display status } }
      center { name }
    }
  }
"""


async def test_a_changed_thing_says_at_an_earlier_instant_what_it_said_then(
    harbor: Graph, ask: Ask
) -> None:
    await write(harbor, [worlds.account("A-1", "Harbor Fabrics", status="SUSPENDED")], at=FIRST)
    await write(harbor, [worlds.account("A-1", "Harbor Cloth", status="ACTIVE")], at=SECOND)
    wanted = "query ($id: ID!, $m: MomentInput) { account(by: {id: $id}, moment: $m)"
    wanted += " { name status national version } }"
    answers = []
    for at in ("2021-06-01", "2022-06-01", "2023-06-01"):
        harbor.statements = 0
        found = await ask(wanted, id=ACCOUNT, m={"knownAt": f"{at}T00:00:00Z"})
        answers.append((*found["account"].values(), harbor.statements))

    assert answers == [
        ("Harbor Textiles", "ACTIVE", True, 1, 2),
        ("Harbor Fabrics", "SUSPENDED", False, 2, 2),
        ("Harbor Cloth", "ACTIVE", False, 3, 1),
    ]
    harbor.statements = 0
    assert (await ask(wanted, id=ACCOUNT))["account"]["name"] == "Harbor Cloth"
    assert harbor.statements == 1


async def test_an_instant_of_a_moment_ago_is_one_too(harbor: Graph, ask: Ask) -> None:
    before = datetime.now(UTC)
    await write(harbor, [worlds.account("A-1", "Harbor Fabrics")], at=datetime.now(UTC))
    wanted = "query ($id: ID!, $m: MomentInput) { account(by: {id: $id}, moment: $m) { name } }"

    found = await ask(wanted, id=ACCOUNT, m={"knownAt": before.isoformat()})

    assert found["account"]["name"] == "Harbor Textiles"
    assert (await ask(wanted, id=ACCOUNT))["account"]["name"] == "Harbor Fabrics"


async def test_later_edits_change_no_answer_about_an_earlier_moment(
    harbor: Graph, ask: Ask, key: IdentifierKey
) -> None:
    before = await ask(DOCUMENT, id=ACCOUNT, moment=THEN)

    edits: list[worlds.Row] = [
        worlds.account("A-1", "Harbor Fabrics", status="SUSPENDED"),
        worlds.manager("M-2", "S. Birch-Alder"),
        worlds.number(key, "N-1", "12-3456789AB", "VOIDED"),
        worlds.organization("O-1", "Harbor Group", country="BE"),
        worlds.claim(
            "Account:A-1",
            "MANAGED_BY",
            "AccountManager:M-2",
            until=datetime(2021, 3, 1, tzinfo=UTC).date(),
            role="BACKUP",
        ),
    ]
    outcome = await write(harbor, edits, at=FIRST)
    assert outcome.refused == []
    after = await ask(DOCUMENT, id=ACCOUNT, moment=THEN)
    now = await ask(DOCUMENT, id=ACCOUNT)

    assert json.dumps(after) == json.dumps(before)
    assert _names(now) != _names(before)


def _names(answer: dict[str, Any]) -> list[str]:
    account = answer["account"]
    return [account["name"], account["principal"]["name"], *account["managers"]["nodes"][-1:]]
