"""The demo world on a real database: written once, and found by the operations it is made for."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from graphql import build_schema, parse, validate

from graph import demo
from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.load.outcome import Outcome
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests.conftest import EMPTY

DOCS = Path(__file__).parents[2] / "docs"
OPERATIONS = DOCS / "operations"
SERVED = build_schema((DOCS / "schema.graphql").read_text(encoding="utf-8"))
ANSWERED = [
    file.stem
    for file in sorted(OPERATIONS.glob("*.graphql"))
    if not validate(SERVED, parse(file.read_text(encoding="utf-8")))
]


@pytest.fixture(scope="module")
async def built(server: Graph, key: IdentifierKey) -> AsyncIterator[tuple[Graph, Outcome]]:
    """The world without its months of figures, and what came of building it."""
    await server.schema(EMPTY)
    yield server, await demo.build(server, key, lambda _: None, figures=False)
    await server.schema(EMPTY)


async def test_the_writer_refuses_nothing_and_a_second_build_changes_nothing(
    built: tuple[Graph, Outcome], key: IdentifierKey
) -> None:
    graph, first = built
    before = await digest(graph)
    graph.statements = 0

    second = await demo.build(graph, key, lambda _: None, figures=False)

    assert first.refused == []
    assert first.created > 9_000
    assert (second.created, second.changed, graph.statements) == (0, 0, 2)
    assert await digest(graph) == before


@pytest.mark.parametrize("name", ANSWERED)
async def test_an_operation_finds_something_in_it(
    built: tuple[Graph, Outcome], key: IdentifierKey, seal: Seal, name: str
) -> None:
    document = (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")
    variables = json.loads((OPERATIONS / f"{name}.json").read_text(encoding="utf-8"))
    context = Context(built[0], DEVELOPMENT, seal, key)

    answer = await schema.execute(document, variables, context_value=context)

    assert answer.errors is None
    assert answer.data is not None
    assert all(found and found != [None] for found in answer.data.values())


def test_the_operations_of_the_first_light_are_answered() -> None:
    assert {"first-point-of-contact", "numbers-behind-number", "as-we-knew-it"} <= set(ANSWERED)


async def test_what_the_operations_on_the_log_and_on_jobs_ask_for_is_there(
    built: tuple[Graph, Outcome], key: IdentifierKey, seal: Seal
) -> None:
    """Operations answered before their answer could be empty: each finds rows, not just a frame."""
    job = json.loads((OPERATIONS / "follow-job.json").read_text(encoding="utf-8"))["id"]
    document = """
      query ($job: ID!) {
        node(id: $job) { ... on Job { state refused } }
        viewer { webhooks { deliveries(delivered: false) { change { kind } } } }
        changes(filter: {kinds: [MANAGER_ASSIGNED]}) { nodes { account { id } } }
      }
    """
    context = Context(built[0], DEVELOPMENT, seal, key)

    answer = await schema.execute(document, {"job": job}, context_value=context)

    assert answer.errors is None
    assert answer.data is not None
    assert answer.data["node"] == {"state": "SUCCEEDED", "refused": 3}
    assert [
        each["change"] is not None for each in answer.data["viewer"]["webhooks"][0]["deliveries"]
    ]
    assert len(answer.data["changes"]["nodes"]) == 20
