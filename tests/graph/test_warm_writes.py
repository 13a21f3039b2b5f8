"""What commands ask is planned before anybody gives one."""

import asyncio
from typing import Any

import pytest
from neo4j import Query

from graph import ids, warm, warm_writes
from graph.circuit import FAILURES
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.queries import stored
from graph.session import Graph
from tests.plans import plans
from tests.resolvers.conftest import asking


async def test_nothing_is_written_by_planning(harbor: Graph) -> None:
    counted = "MATCH (n) RETURN count(n) AS things"
    before = await harbor.schema(counted)

    planned = await warm_writes.writes(harbor)

    assert planned == harbor.statements == len(warm_writes.names())
    assert await harbor.schema(counted) == before


async def test_all_is_planned_again_once_the_database_was_away(
    harbor: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(warm, "SUBJECTS", ("center",))  # all take a minute to plan
    monkeypatch.setattr(warm_writes, "names", lambda: ["load/lock"])
    done = asyncio.create_task(asyncio.sleep(0, 0))
    lasting = asyncio.create_task(warm_writes.lasting(harbor, done))

    async def asked(statements: int) -> None:
        async with asyncio.timeout(120):
            while harbor.statements < statements:  # noqa: ASYNC110 - nothing else tells
                await asyncio.sleep(0.05)

    await asked(1)
    for _ in range(FAILURES):
        harbor.circuit.failed()
    assert harbor.circuit.open
    harbor.circuit.answered()
    await asked(2 + len(stored("center")))
    lasting.cancel()
    await asyncio.gather(lasting, return_exceptions=True)

    assert harbor.statements == 2 + len(stored("center"))


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
