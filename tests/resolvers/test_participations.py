"""Participations in ISA, and what an account shows of its work: lists, filters, days."""

from typing import Any

from graph.session import Graph
from tests.resolvers.conftest import Ask
from tests.resolvers.workloads import ACCOUNT, MANAGER, NOW

PARTS = """
  query ($filter: IsaParticipationFilter, $moment: MomentInput, $first: Int, $after: String) {
    isaParticipations(filter: $filter, moment: $moment, first: $first, after: $after) {
      totalCount { value }
      nodes {
        status pendingSince acceptedOn nextNotificationDue account { name } manager { name }
        importerNumbers { nodes { display } }
        notifications(limit: 5) { dueOn receivedOn overdue reviewedBy { name } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
"""


async def test_participations_longest_pending_first(work: Graph, ask: Ask) -> None:
    found = (await ask(PARTS, moment=NOW))["isaParticipations"]

    assert [node["account"]["name"] for node in found["nodes"]] == [
        "Waiting Weavers",
        "Harbor Textiles",
    ]
    pending, active = found["nodes"]
    assert (pending["pendingSince"], pending["manager"]) == ("2024-02-01", None)
    assert active["manager"] == {"name": "R. Alder"}
    assert active["importerNumbers"]["nodes"] == [{"display": "12-3456789AB"}]
    assert [note["dueOn"] for note in active["notifications"]] == ["2024-02-01", "2023-02-01"]
    assert [note["overdue"] for note in active["notifications"]] == [False, True]
    assert active["notifications"][1]["reviewedBy"] == {"name": "R. Alder"}
    # page, links, managers, numbers, notifications, reviewers
    assert work.statements == 6


async def test_participations_by_every_field_of_the_filter(work: Graph, ask: Ask) -> None:
    wanted: list[tuple[dict[str, Any], int]] = [
        ({"statuses": ["ACTIVE"]}, 1),
        ({"centers": ["CEE004"]}, 1),
        ({"managerIds": [MANAGER]}, 1),
        ({"pendingLongerThanDays": 30}, 1),
        ({"pendingLongerThanDays": 200}, 0),
        ({"notificationDueBefore": "2024-07-02"}, 1),
        ({"notificationDueBefore": "2024-07-01"}, 0),
    ]
    for filter_, count in wanted:
        found = (await ask(PARTS, moment=NOW, filter=filter_))["isaParticipations"]
        assert found["totalCount"] == {"value": count}, filter_
    await ask(PARTS, "BAD_USER_INPUT", filter={"pendingLongerThanDays": -1})


async def test_a_participation_reads_as_it_stood(work: Graph, ask: Ask) -> None:
    found = (await ask(PARTS, moment={"asOf": "2021-07-01"}))["isaParticipations"]
    [node] = found["nodes"]

    assert (node["status"], node["acceptedOn"], node["nextNotificationDue"]) == (
        "APPLICANT",
        None,
        None,
    )


PROFILE = """
  query ($id: ID!, $moment: MomentInput) {
    account(by: {id: $id}, moment: $moment) {
      isaParticipation { status }
      issues { totalCount { value } nodes { title } }
      all: issues(statuses: [RESOLVED]) { nodes { title } }
      strategies(statuses: [ACTIVE]) {
        title leader { name } disciplines { code } issues { nodes { title } }
        accounts { nodes { name } } measures { title doneOn discipline { code } }
      }
      agenda(dueBy: "2025-01-01") { kind dueOn overdue about { label } }
    }
    strategies(disciplines: ["REGULATORY_AUDITOR"], moment: $moment) { title }
  }
"""


async def test_an_account_shows_its_work_and_what_is_due(work: Graph, ask: Ask) -> None:
    found = await ask(PROFILE, id=ACCOUNT, moment=NOW)
    account = found["account"]

    assert account["isaParticipation"] == {"status": "ACTIVE"}
    assert [node["title"] for node in account["issues"]["nodes"]] == ["Value", "Someday"]
    assert [node["title"] for node in account["all"]["nodes"]] == ["Help"]
    [strategy] = account["strategies"]
    assert strategy["leader"] == {"name": "R. Alder"}
    assert strategy["measures"][0]["doneOn"] is None  # done on June 5
    assert [(item["kind"], item["dueOn"], item["overdue"]) for item in account["agenda"]] == [
        ("NOTIFICATION_REVIEW", "2024-02-19", True),
        ("ISSUE", "2024-03-01", True),
        ("STRATEGY_MEASURE", "2024-06-10", False),
        ("ANNUAL_NOTIFICATION", "2024-07-01", False),
        ("STRATEGY_REVIEW", "2024-09-01", False),
    ]
    assert found["strategies"] == [{"title": "Plan"}]
