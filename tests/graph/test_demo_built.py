"""The demo world on a real database: written once, and found by the operations it is made for."""

import json
from collections.abc import AsyncIterator
from contextlib import aclosing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from graphql import build_schema, parse, validate

from graph import demo, ids
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.load.digest import digest
from graph.load.outcome import Outcome
from graph.load.rows import ClaimRow, NodeRow
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import WarningCode
from graph.warnings import warned
from graph.webhooks import Webhooks
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


CASES = {
    "CENTER_MISMATCH": "A-1003",
    "CENTER_NOT_PREDOMINANT": "A-1004",
    "ISA_PENDING_MANAGER": "A-1009",
    "NUMBER_NOT_ACTIVE": "A-1005",
    "SPLIT_TAXPAYER": "A-1006",
    "NUMBER_SUCCESSION": "A-1070",
    "BROKER_AS_IMPORTER": "A-2007",
    "NO_POWER_OF_ATTORNEY": "A-1008",
    "OVERSUBSCRIBED": "A-1020",
    "OWNERLESS_RING": "A-1015",
    "TREASURY_SHARES": "A-1024",
    "CONFLICTING_CLAIMS": "A-1028",
}
WARNINGS = """
  query ($id: ID!) {
    account(by: {id: $id}, moment: {asOf: "2026-11-25"}) { warnings { code message about { id } } }
  }
"""


@pytest.fixture(scope="module")
async def measured(built: tuple[Graph, Outcome], key: IdentifierKey) -> Graph:
    """The same world with the figures of the three accounts that operations ask for."""
    graph, _ = built
    for batch in demo.batches(key):
        rows = [
            row
            for row in batch.rows
            if (isinstance(row, NodeRow) and row.kind == "PerformancePeriod")
            or (isinstance(row, ClaimRow) and row.type == "MEASURES")
            if any(f"{whose}-" in _place(row) for whose in ("A-1001", "A-1004", "A-1008"))
        ]
        await write(graph, rows, at=batch.at)
    return graph


def _place(row: NodeRow | ClaimRow) -> str:
    return row.id if isinstance(row, NodeRow) else row.start


@pytest.mark.parametrize("code", CASES)
async def test_a_warning_is_told_of_its_case(
    measured: Graph, key: IdentifierKey, seal: Seal, code: str
) -> None:
    context = Context(measured, DEVELOPMENT, seal, key)
    account = ids.encode(f"Account:{CASES[code]}")

    answer = await schema.execute(WARNINGS, {"id": account}, context_value=context)

    assert answer.errors is None
    assert answer.data is not None
    warnings = answer.data["account"]["warnings"]
    due = next(each for each in warnings if each["code"] == code)
    assert due["message"].endswith(".")
    assert due["about"]


async def test_accounts_are_found_by_their_warnings(measured: Graph) -> None:
    moment = replace(Moment.now(), as_of=date(2026, 11, 25))
    numbers = {}
    for code, account in CASES.items():
        found = await warned(measured, DEVELOPMENT, moment, [WarningCode(code)])
        assert found.complete
        assert f"Account:{account}" in found.keys
        numbers[code] = len(found.keys)

    assert numbers == {
        "CENTER_MISMATCH": 6,
        "CENTER_NOT_PREDOMINANT": 1,
        "ISA_PENDING_MANAGER": 4,
        "NUMBER_NOT_ACTIVE": 57,
        "SPLIT_TAXPAYER": 2,
        "NUMBER_SUCCESSION": 8,
        "BROKER_AS_IMPORTER": 3,
        "NO_POWER_OF_ATTORNEY": 1,
        "OVERSUBSCRIBED": 3,
        "OWNERLESS_RING": 2,
        "TREASURY_SHARES": 4,
        "CONFLICTING_CLAIMS": 3,
    }


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
    deliveries = answer.data["viewer"]["webhooks"][0]["deliveries"]
    assert deliveries
    assert all(each["change"] is not None for each in deliveries)
    assert len(answer.data["changes"]["nodes"]) == 20


COSTS = {
    cells[0].strip("` "): int(cells[1])
    for line in (OPERATIONS / "README.md").read_text(encoding="utf-8").splitlines()
    if len(cells := line.strip("| ").split("|")) == 3 and cells[1].strip().isdigit()
}


def test_every_operation_answered_has_its_cost_written_down() -> None:
    assert set(COSTS) == set(ANSWERED)


def of_kind(kind: str) -> list[str]:
    """The operations answered that read, write or listen."""
    texts = {name: (OPERATIONS / f"{name}.graphql").read_text() for name in ANSWERED}
    return [name for name, text in texts.items() if f"\n{kind} " in text]


@pytest.mark.parametrize("name", of_kind("query"))
async def test_an_operation_finds_something_and_costs_the_statements_written_down(
    measured: Graph, key: IdentifierKey, seal: Seal, name: str
) -> None:
    document = (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")
    variables = json.loads((OPERATIONS / f"{name}.json").read_text(encoding="utf-8"))
    for _ in range(2):  # what is kept between operations, such as risk, is there by the second
        context = Context(measured, DEVELOPMENT, seal, key)
        measured.statements = 0
        answer = await schema.execute(document, variables, context_value=context)

    assert answer.errors is None
    assert answer.data is not None
    assert all(found and found != [None] for found in answer.data.values())
    assert measured.statements == COSTS.get(name)


@pytest.mark.parametrize("name", of_kind("subscription"))
async def test_a_stream_begins_and_costs_the_statements_written_down(
    measured: Graph, key: IdentifierKey, seal: Seal, name: str, tmp_path: Path
) -> None:
    document = (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")
    variables = json.loads((OPERATIONS / f"{name}.json").read_text(encoding="utf-8"))
    jobs = Jobs(measured, key, tmp_path, 1)
    context = Context(measured, DEVELOPMENT, seal, key, jobs=jobs)
    measured.statements = 0

    async with aclosing(await schema.stream(document, variables, context)) as events:
        first: Any = await anext(events)

    assert first.errors is None
    assert all(first.data.values())
    assert measured.statements == COSTS.get(name)


@pytest.mark.parametrize("name", of_kind("mutation"))  # last: each changes the world
async def test_an_operation_writes_and_costs_the_statements_written_down(
    measured: Graph, key: IdentifierKey, seal: Seal, name: str, tmp_path: Path
) -> None:
    document = (OPERATIONS / f"{name}.graphql").read_text(encoding="utf-8")
    variables = json.loads((OPERATIONS / f"{name}.json").read_text(encoding="utf-8"))
    jobs = Jobs(measured, key, tmp_path, 1)
    hooks = Webhooks(key)
    context = Context(measured, DEVELOPMENT, seal, key, jobs=jobs, webhooks=hooks)
    measured.statements = 0

    answer = await schema.execute(document, variables, context_value=context)

    assert answer.errors is None
    assert answer.data is not None
    assert all(payload["userErrors"] == [] for payload in answer.data.values())
    assert measured.statements == COSTS.get(name)
