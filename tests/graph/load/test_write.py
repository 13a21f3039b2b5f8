"""The writer: the same again changes nothing, corrections are kept, invariants hold."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest
from neo4j import Query

from graph.load.bare import Bare
from graph.load.digest import digest
from graph.load.rows import NodeRow, Source
from graph.load.write import write
from graph.session import Graph
from tests.graph.load.made import (
    AT,
    DAY,
    LATER,
    Row,
    account,
    claim,
    codes,
    managed,
    manager,
    number,
    owns,
    party,
    versions,
)


async def test_the_same_rows_again_change_nothing(graph: Graph) -> None:
    rows: list[Row] = [party("a"), owns("a", "b"), party("b", aliases=["B", "Bee"])]

    first = await write(graph, rows, at=AT)
    before = await digest(graph)
    second = await write(graph, rows, at=LATER)

    assert (first.created, first.changed, first.unchanged, first.refusals) == (3, 0, 0, [])
    assert (second.created, second.changed, second.unchanged) == (0, 0, 3)
    assert await digest(graph) == before


async def test_the_order_and_the_size_of_batches_do_not_matter(graph: Graph) -> None:
    rows: list[Row] = [party("a"), party("b"), owns("a", "b"), owns("b", "a")]
    await write(graph, rows, at=AT)
    before = await digest(graph)
    await graph.schema("MATCH (node:Entity) DETACH DELETE node")

    await write(graph, rows[::-1], at=LATER, batch=1)

    assert await digest(graph) == before


async def test_a_changed_thing_keeps_what_is_not_named(graph: Graph) -> None:
    await write(graph, [party("a", country="US", lei="L")], at=AT)

    outcome = await write(graph, [party("a", name="A", lei=None)], at=LATER)

    (row,) = await graph.read(Query("MATCH (a:Party) RETURN a {.*} AS a"))
    assert outcome.changed == 1
    assert (row["a"]["name"], row["a"]["country"], row["a"]["version"]) == ("A", "US", 2)
    assert "lei" not in row["a"]
    assert row["a"]["recordedAt"].to_native() == AT


async def test_two_sources_of_one_thing_that_agree_do_not_change_it(graph: Graph) -> None:
    await write(graph, [party("a", country="US")], at=AT)

    outcome = await write(graph, [party("a")], at=LATER)

    assert (outcome.changed, outcome.unchanged) == (0, 1)


async def test_what_is_known_by_name_only_does_not_overwrite(graph: Graph) -> None:
    bare = Bare("Party", "a", ("Party", "Organization"), {"name": "?"})

    outcomes = [await write(graph, [bare, party("a"), bare], at=AT) for _ in range(2)]

    rows = await graph.read(Query("MATCH (a:Party) RETURN a.name AS name, a.version AS version"))
    assert rows == [{"name": "a", "version": 1}]
    assert [outcome.created for outcome in outcomes] == [1, 0]


async def test_a_correction_closes_the_old_claim_and_opens_a_new_one(graph: Graph) -> None:
    await write(graph, [party("a"), party("b"), owns("a", "b")], at=AT)

    outcome = await write(graph, [owns("a", "b", 7, 7)], at=LATER)

    old, new = (row["claim"] for row in await versions(graph, "OWNS"))
    assert outcome.changed == 1
    assert (old["open"], old["maxShare"], old["supersededBy"]) == (False, 5, new["id"])
    assert (new["open"], new["maxShare"], new["id"]) == (True, 7, old["id"] + "-2")


async def test_conflicting_sources_are_both_kept(graph: Graph) -> None:
    other = replace(owns("a", "b", 7, 7), source=Source("other register"))

    outcome = await write(graph, [party("a"), party("b"), owns("a", "b"), other], at=AT)

    assert outcome.created == 4


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (owns("a", "nobody"), "NOT_FOUND"),
        (owns("a", "b", 6, 5), "OUT_OF_RANGE"),
        (owns("a", "b", 0, 1_000_000_001), "OUT_OF_RANGE"),
        (replace(owns("a", "b"), valid_to=DAY), "INTERVAL_CONFLICT"),
        (claim("OWNS", "Account:i", "Party:b"), "RELATIONSHIP_NOT_ALLOWED"),
        (claim("GRANTED_POA", "Account:k", "Account:i"), "RELATIONSHIP_NOT_ALLOWED"),
        (managed("i", "gone"), "MANAGER_INACTIVE"),
        (managed("i", "m", last=date(2024, 7, 1)), "OUT_OF_RANGE"),
        (NodeRow("Party", "a", ("Party", "Person"), {"name": "a"}), "WRONG_KIND"),
        (number("other", "hash"), "ALREADY_EXISTS"),
    ],
)
async def test_a_row_that_cannot_be_is_refused_alone(graph: Graph, row: Row, code: str) -> None:
    world = [party("a"), party("b"), account("i"), account("k", "Broker"), manager("m")]
    world += [manager("gone", active=False), number("n", "hash")]

    outcome = await write(
        graph, [*world, row, claim("GRANTED_POA", "Account:i", "Account:k")], at=AT
    )

    assert [refusal.code for refusal in outcome.refusals] == [code]
    assert outcome.created == 8


async def test_a_past_assignment_of_a_manager_who_left_is_history(graph: Graph) -> None:
    rows = [account("i"), manager("gone", active=False)]

    assert await codes(graph, [*rows, managed("i", "gone", last=date(2024, 3, 1))]) == []


@pytest.mark.parametrize("apart", [False, True])
async def test_an_identifier_is_of_one_account_at_a_time(graph: Graph, apart: bool) -> None:
    until = date(2024, 4, 1)
    world = [account("i"), account("j"), number("n", "hash")]
    first = claim("IDENTIFIES", "ImporterNumber:n", "Account:i", DAY, until)
    overlapping = claim("IDENTIFIES", "ImporterNumber:n", "Account:j", until - timedelta(days=1))
    following = claim("IDENTIFIES", "ImporterNumber:n", "Account:j", until)

    parts = [[*world, first], [overlapping, following]] if apart else []
    refused = [code for part in parts for code in await codes(graph, part)]
    refused = refused if apart else await codes(graph, [*world, first, overlapping, following])

    assert refused == ["IDENTIFIER_IN_USE"]


async def test_one_center_at_a_time(graph: Graph) -> None:
    centers = [NodeRow("Center", code, ("Center",), {"name": code}) for code in ("c", "d")]
    rows = [
        claim("ASSIGNED_TO", "Account:i", "Center:c"),
        claim("ASSIGNED_TO", "Account:i", "Center:d"),
        claim("MEMBER_OF", "AccountManager:m", "Center:d"),
        claim("MEMBER_OF", "AccountManager:m", "Center:c"),
    ]

    refused = await codes(graph, [account("i"), manager("m"), *centers, *rows])

    assert refused == ["INTERVAL_CONFLICT", "INTERVAL_CONFLICT"]


async def test_a_new_manager_takes_over_in_one_batch_whatever_the_order(graph: Graph) -> None:
    await write(graph, [account("i"), manager("m"), manager("n"), managed("i", "m")], at=AT)
    change = date(2024, 5, 1)

    assert await codes(graph, [managed("i", "n", change)], LATER) == ["INTERVAL_CONFLICT"]
    assert await codes(graph, [managed("i", "n", change), managed("i", "m", last=change)]) == []


async def isa(graph: Graph) -> None:
    active = NodeRow("IsaParticipation", "p", ("IsaParticipation",), {"status": "ACTIVE"})
    rows: list[Row] = [account("i"), manager("m"), manager("n"), active, managed("i", "m")]
    await write(graph, [*rows, claim("PARTICIPATES_IN", "Account:i", active.key)], at=AT)


@pytest.mark.parametrize(
    "rows", [[managed("i", "m", last=date(2024, 5, 1))], [manager("m", active=False)]]
)
async def test_an_isa_participant_keeps_an_active_manager(graph: Graph, rows: list[Row]) -> None:
    await isa(graph)

    assert await codes(graph, rows) == ["ISA_NEEDS_MANAGER"]


async def test_an_isa_participant_may_change_its_manager(graph: Graph) -> None:
    await isa(graph)
    change = date(2024, 5, 1)
    ended, next_ = managed("i", "m", last=change), managed("i", "n", change)
    rows: list[Row] = [manager("m", active=False), ended, next_]

    assert await codes(graph, rows) == []


async def test_a_line_stands_or_falls_together(graph: Graph) -> None:
    broken = replace(owns("a", "nobody"), line=7)
    rows: list[Row] = [replace(party("a"), line=7), broken, party("b")]

    outcome = await write(graph, rows, at=AT)

    assert [(refusal.line, refusal.column) for refusal in outcome.refusals] == [(7, "to")]
    assert await graph.read(Query("MATCH (p:Party) RETURN p.id AS id")) == [{"id": "b"}]


async def test_many_writers_of_the_same_rows_write_them_once(graph: Graph) -> None:
    rows: list[Row] = [party(str(n)) for n in range(50)]
    rows += [owns(str(n), str(n + 1)) for n in range(49)]

    outcomes = await asyncio.gather(*(write(graph, rows, at=AT) for _ in range(4)))

    assert sum(outcome.created for outcome in outcomes) == 99
    assert len(await versions(graph, "OWNS")) == 49


async def test_a_writer_that_corrects_while_another_does_leaves_one_open_claim(
    graph: Graph,
) -> None:
    await write(graph, [party("a"), party("b"), owns("a", "b")], at=AT)

    await asyncio.gather(*(write(graph, [owns("a", "b", n, n)], at=LATER) for n in range(8)))

    found = [row["claim"]["open"] for row in await versions(graph, "OWNS")]
    assert found.count(True) == 1
