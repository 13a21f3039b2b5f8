"""What commands ask is planned before anybody gives one."""

from typing import Any

import pytest
from neo4j import Query

from graph import ids, warm_writes
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from tests.plans import plans
from tests.resolvers.conftest import asking


async def test_nothing_is_written_by_planning(harbor: Graph) -> None:
    counted = "MATCH (n) RETURN count(n) AS things"
    before = await harbor.schema(counted)

    planned = await warm_writes.writes(harbor)

    assert planned == harbor.statements == len(warm_writes.names())
    assert await harbor.schema(counted) == before


@pytest.mark.parametrize(
    ("name", "input"),
    [
        ("updateAccount", {"id": ids.encode("Account:A-1"), "name": "Harbor Fabrics Limited"}),
        (
            "assignManager",
            {
                "accountIds": [ids.encode("Account:A-1")],
                "managerId": ids.encode("AccountManager:M-2"),
            },
        ),
        (
            "endRelationship",
            {"id": "?"},
        ),
    ],
)
async def test_a_command_finds_its_plans(
    harbor: Graph,
    seal: Seal,
    key: IdentifierKey,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    input: dict[str, object],
) -> None:
    if input == {"id": "?"}:
        [found] = await harbor.schema(
            "MATCH ()-[c:MANAGED_BY {role: 'BACKUP'}]->() RETURN c.id AS id"
        )
        input = {"id": ids.encode(f"Relationship:{found['id']}")}
    await plans(harbor)
    await warm_writes.writes(harbor)
    planned = await plans(harbor)
    await warm_writes.writes(harbor)
    kind = "End" if name == "endRelationship" else name[0].upper() + name[1:]
    document = f"mutation ($input: {kind}Input!) {{ {name}(input: $input) {{ replayed }} }}"
    sent: set[str] = set()
    run = harbor.run

    async def told(tx: Any, question: Query, **parameters: object) -> Any:
        sent.add(str(question.text))
        return await run(tx, question, **parameters)

    monkeypatch.setattr(harbor, "run", told)

    answer = await asking(harbor, seal, key)(document, input=input)

    assert answer == {name: {"replayed": False}}
    # A text that was only explained is read once more; a plan that was missing would count too.
    assert len(sent) >= 10
    assert await plans(harbor) == planned + len(sent)
