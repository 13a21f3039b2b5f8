"""The change log: what loads wrote, page by page, and what it keeps to itself."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from neo4j import Query

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

LATER = datetime(2021, 6, 1, tzinfo=UTC)
LOG = """
  query ($filter: ChangeFilter, $first: Int, $after: String, $last: Int, $before: String) {
    changes(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      totalCount { value relation }
      edges {
        cursor
        node {
          id kind recordedAt accountSequence actor reason
          account { key label } subject { key label }
          relationship { id type } properties { property before after } cause { id }
        }
      }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
"""
ALL = {"first": 100}


async def log(ask: Ask, **variables: object) -> list[dict[str, object]]:
    answer = (await ask(LOG, **variables))["changes"]
    return [edge["node"] for edge in answer["edges"]]


def id_of(key: str) -> str:
    return ids.encode(key)


async def test_each_thing_and_each_claim_of_a_load_is_one_entry(harbor: Graph, ask: Ask) -> None:
    found = await log(ask, **ALL)

    kinds = [entry["kind"] for entry in found]
    assert kinds.count("ACCOUNT_OPENED") == 1
    assert kinds.count("IDENTIFIER_SAVED") == 2
    assert kinds.count("PARTY_SAVED") == 4
    assert kinds.count("STAFF_SAVED") == 2
    assert kinds.count("REFERENCE_DATA_LOADED") == 1
    assert kinds.count("IDENTIFIER_ATTACHED") == 2
    assert kinds.count("MANAGER_ASSIGNED") == 2
    assert kinds.count("CENTER_ASSIGNED") == 1
    assert kinds.count("RELATIONSHIP_RECORDED") == 7
    assert len(found) == 22


async def test_entries_are_numbered_without_gaps_and_within_their_account(
    harbor: Graph, ask: Ask
) -> None:
    found = await log(ask, **ALL)
    mine = [entry["accountSequence"] for entry in found if entry["account"]]

    numbers = await harbor.read(
        Query("MATCH (c:Change) WITH c.sequence AS s ORDER BY s RETURN collect(s) AS all")
    )
    assert numbers[0]["all"] == list(range(1, 23))
    assert mine == list(range(1, len(mine) + 1))


async def test_a_change_tells_before_and_after(harbor: Graph, ask: Ask, key: IdentifierKey) -> None:
    named = worlds.account("A-1", "Harbor Fabrics", national=True)
    sold = worlds.owns("Party:P-1", "Party:O-1", 40, 45)
    moved = worlds.claim(
        "Account:A-1", "MANAGED_BY", "AccountManager:M-2", until=date(2021, 5, 1), role="BACKUP"
    )
    await write(harbor, [named, sold, replace(moved, reason="Retired")], at=LATER)

    found = await log(ask, filter={"recordedFrom": "2021-02-01T00:00:00Z"}, **ALL)

    assert [(entry["kind"], entry["properties"]) for entry in found] == [
        (
            "ACCOUNT_UPDATED",
            [{"property": "name", "before": "Harbor Textiles", "after": "Harbor Fabrics"}],
        ),
        ("RELATIONSHIP_CORRECTED", [{"property": "share", "before": "60", "after": "40 to 45"}]),
        ("RELATIONSHIP_ENDED", [{"property": "validTo", "before": None, "after": "2021-05-01"}]),
    ]
    assert found[2]["reason"] == "Retired"
    assert [entry["account"] is not None for entry in found] == [True, False, True]


async def test_the_same_rows_again_add_nothing(harbor: Graph, ask: Ask, key: IdentifierKey) -> None:
    before = await log(ask, **ALL)

    await write(harbor, worlds.harbor(key).rows, at=LATER)

    assert await log(ask, **ALL) == before


async def test_figures_are_told_once_for_each_account(harbor: Graph, ask: Ask) -> None:
    months = [date(2020, month, 1) for month in range(1, 4)]
    rows: list[worlds.Row] = []
    for month in months:
        id_ = f"A-1-{month:%Y%m}"
        rows.append(
            worlds.NodeRow("PerformancePeriod", id_, ("PerformancePeriod",), {"month": month})
        )
        rows.append(worlds.claim(f"PerformancePeriod:{id_}", "MEASURES", "Account:A-1", month))
    await write(harbor, rows, at=LATER)

    found = await log(ask, filter={"kinds": ["PERFORMANCE_LOADED"]}, **ALL)

    assert [entry["subject"]["label"] for entry in found] == ["Harbor Textiles"]  # type: ignore[index]


async def test_nothing_secret_or_derived_is_told(harbor: Graph) -> None:
    [row] = await harbor.read(
        Query("MATCH (c:Change) UNWIND c.properties AS p RETURN collect(p) AS texts")
    )

    for name in ("lookup", "searchName", "digest", "keyId", "hash"):
        assert f'"{name}"' not in "".join(row["texts"])


@pytest.mark.parametrize("size", [1, 7])
async def test_pages_go_both_ways_through_the_whole_log(harbor: Graph, ask: Ask, size: int) -> None:
    everything = [entry["id"] for entry in await log(ask, **ALL)]
    forward: list[object] = []
    after = None
    while True:
        answer = (await ask(LOG, first=size, after=after))["changes"]
        forward += [edge["node"]["id"] for edge in answer["edges"]]
        after = answer["pageInfo"]["endCursor"]
        if not answer["pageInfo"]["hasNextPage"]:
            break
    backward: list[object] = []
    before = None
    while True:
        answer = (await ask(LOG, last=size, before=before))["changes"]
        backward = [edge["node"]["id"] for edge in answer["edges"]] + backward
        before = answer["pageInfo"]["startCursor"]
        if not answer["pageInfo"]["hasPreviousPage"]:
            break

    assert forward == backward == everything


async def test_a_cursor_goes_on_under_another_filter(harbor: Graph, ask: Ask) -> None:
    answer = (await ask(LOG, first=5))["changes"]

    on = await log(
        ask, after=answer["pageInfo"]["endCursor"], filter={"kinds": ["MANAGER_ASSIGNED"]}
    )

    assert len(on) == 2


async def test_filters_hold_together(harbor: Graph, ask: Ask) -> None:
    account, manager = id_of("Account:A-1"), id_of("AccountManager:M-1")

    assert len(await log(ask, filter={"accountIds": [account]}, **ALL)) == 10
    assert len(await log(ask, filter={"subjectIds": [account]}, **ALL)) == 4
    assert len(await log(ask, filter={"centers": ["CEE004"], "managerIds": [manager]}, **ALL)) == 10
    assert len(await log(ask, filter={"relationshipTypes": ["OWNS"]}, **ALL)) == 3
    assert await log(ask, filter={"recordedTo": "2021-01-01T00:00:00Z"}, **ALL) == []
    assert await log(ask, filter={"ratings": ["HIGH"]}, **ALL) == []


async def test_bad_filters_are_refused(harbor: Graph, ask: Ask) -> None:
    refused: list[dict[str, object]] = [
        {"kinds": []},
        {"accountIds": [id_of("Party:O-1")]},
        {"accountIds": ["nonsense"]},
        {"centers": ["CEE099"]},
        {"recordedFrom": "2021-01-02T00:00:00Z", "recordedTo": "2021-01-01T00:00:00Z"},
    ]
    for bad in refused:
        await ask(LOG, "BAD_USER_INPUT", filter=bad)


async def test_an_account_has_its_part_of_the_log_and_a_change_is_a_node(
    harbor: Graph, ask: Ask
) -> None:
    document = """
      query ($id: ID!) { account(by: {id: $id}) { changes(first: 3) {
        totalCount { value } nodes { id kind accountSequence } } } }
    """
    found = (await ask(document, id=id_of("Account:A-1")))["account"]["changes"]
    [first, *_] = found["nodes"]

    again = await ask(
        "query ($id: ID!) { node(id: $id) { ... on Change { kind } } }", id=first["id"]
    )

    assert [node["accountSequence"] for node in found["nodes"]] == [1, 2, 3]
    assert found["totalCount"] == {"value": 10}
    assert again["node"] == {"kind": first["kind"]}


async def test_a_page_costs_a_constant_number_of_statements(harbor: Graph, ask: Ask) -> None:
    for size in (15, 20):
        harbor.statements = 0
        await log(ask, first=size)
        assert harbor.statements == 4  # page, count, things, claims


async def test_writers_at_once_leave_no_gap_and_no_double(graph: Graph) -> None:
    await write(graph, [worlds.account("A-1", "One")], at=LATER)

    await asyncio.gather(
        *(
            write(
                graph,
                [
                    worlds.NodeRow(
                        "ImporterNumber",
                        f"N-{writer}-{turn}",
                        ("ImporterNumber",),
                        {"lookup": f"{writer}.{turn}", "status": "ACTIVE"},
                    ),
                    worlds.claim(f"ImporterNumber:N-{writer}-{turn}", "IDENTIFIES", "Account:A-1"),
                ],
                at=LATER,
            )
            for writer in range(8)
            for turn in range(3)
        )
    )

    [row] = await graph.read(
        Query(
            "MATCH (c:Change) WITH c ORDER BY c.sequence"
            " RETURN collect(c.sequence) AS all, collect(c.accountSequence) AS mine"
        )
    )
    assert row["all"] == list(range(1, len(row["all"]) + 1))
    assert row["mine"] == list(range(1, len(row["mine"]) + 1))
