"""Issues: lists, filters, and lives read by their days."""

from typing import Any

from graph.session import Graph
from tests.resolvers.conftest import Ask
from tests.resolvers.workloads import ACCOUNT, MANAGER, NOW

ISSUES = """
  query ($filter: IssueFilter, $moment: MomentInput, $first: Int, $after: String, $last: Int) {
    issues(filter: $filter, moment: $moment, first: $first, after: $after, last: $last) {
      totalCount { value }
      nodes {
        title status overdue ageInDays account { name primaryManager { name } }
        concerns { label } leadDiscipline { code } otherDisciplines { code } handler { name }
        priorityTradeIssues { code } strategies { title } flags { kind { code } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
"""


async def titles(ask: Ask, **variables: Any) -> list[str]:
    found = (await ask(ISSUES, moment=NOW, **variables))["issues"]["nodes"]
    return [node["title"] for node in found]


async def test_an_issue_tells_what_it_is_about(work: Graph, ask: Ask) -> None:
    found = (await ask(ISSUES, moment=NOW))["issues"]

    assert [node["title"] for node in found["nodes"]] == ["Value", "Help", "Someday"]
    assert found["totalCount"] == {"value": 3}
    assert found["nodes"][0] == {
        "title": "Value",
        "status": "IN_PROGRESS",
        "overdue": True,
        "ageInDays": 152,
        "account": {"name": "Harbor Textiles", "primaryManager": {"name": "R. Alder"}},
        "concerns": [{"label": "Harbor Holdings"}],
        "leadDiscipline": {"code": "REGULATORY_AUDITOR"},
        "otherDisciplines": [],
        "handler": {"name": "R. Alder"},
        "priorityTradeIssues": [{"code": "REVENUE"}],
        "strategies": [{"title": "Plan"}],
        "flags": [],
    }
    assert found["nodes"][1]["ageInDays"] == 112
    assert work.statements == 4  # page, count, links, managers


async def test_issues_by_every_field_of_the_filter(work: Graph, ask: Ask) -> None:
    wanted: list[tuple[dict[str, Any], list[str]]] = [
        ({"accountIds": [ACCOUNT]}, ["Value", "Help", "Someday"]),
        ({"managerIds": [MANAGER]}, ["Value", "Help", "Someday"]),
        ({"centers": ["CEE004"], "statuses": ["OPEN"]}, ["Someday"]),
        ({"centers": ["CEE001"]}, []),
        ({"disciplines": ["REGULATORY_AUDITOR"]}, ["Value"]),
        ({"handlerIds": [MANAGER]}, ["Value"]),
        ({"purposes": ["ADVICE"]}, ["Help", "Someday"]),
        ({"statuses": ["RESOLVED"]}, ["Help"]),
        ({"overdue": True}, ["Value"]),
        ({"overdue": False}, ["Help", "Someday"]),
        ({"priorityTradeIssues": ["REVENUE"]}, ["Value"]),
    ]
    for filter_, expected in wanted:
        assert await titles(ask, filter=filter_) == expected, filter_


async def test_issues_page_both_ways(work: Graph, ask: Ask) -> None:
    first = (await ask(ISSUES, moment=NOW, first=2))["issues"]
    assert await titles(ask, first=2, after=first["pageInfo"]["endCursor"]) == ["Someday"]
    assert await titles(ask, last=2) == ["Help", "Someday"]


async def test_an_issue_reads_as_it_stood(work: Graph, ask: Ask) -> None:
    before = await ask(ISSUES, moment={"asOf": "2024-04-30"}, filter={"statuses": ["OPEN"]})
    early = await ask(ISSUES, moment={"asOf": "2024-01-05"})

    assert [node["title"] for node in before["issues"]["nodes"]] == ["Help", "Someday"]
    assert [node["title"] for node in early["issues"]["nodes"]] == ["Value"]


async def test_bad_filters_are_refused(work: Graph, ask: Ask) -> None:
    refused: list[dict[str, Any]] = [
        {"accountIds": []},
        {"accountIds": [MANAGER]},
        {"disciplines": ["ASTRONOMER"]},
        {"centers": ["Atlantis"]},
        {"priorityTradeIssues": ["RUDENESS"]},
    ]
    for bad in refused:
        await ask(ISSUES, "BAD_USER_INPUT", filter=bad)
