"""Issues, strategies and participations in ISA: lists, filters, and lives read by their days."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

ACCOUNT, MANAGER = ids.encode("Account:A-1"), ids.encode("AccountManager:M-1")
NOW = {"asOf": "2024-06-01"}


def thing(label: str, id_: str, /, **properties: object) -> worlds.NodeRow:
    return worlds.NodeRow(label, id_, (label,), properties)


@pytest.fixture
async def work(harbor: Graph, key: IdentifierKey) -> Graph:
    """
    harbor, and: I-1 (overdue), I-2 (closed 2024-05-01), I-3 (no day) concern A-1; auditors own I-1
    S-1 (active) addresses I-1; P-1 (ACTIVE) covers 12-3456789AB, with two notifications
    A-2 waits for a manager with P-2 since 2024-02-01
    """
    auditors = "Discipline:REGULATORY_AUDITOR"
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Waiting Weavers"),
        thing("Term", "PRIORITY_TRADE_ISSUE.REVENUE", vocabulary="PRIORITY_TRADE_ISSUE",
              code="REVENUE", label="Revenue"),
        thing("Discipline", "REGULATORY_AUDITOR", code="REGULATORY_AUDITOR", name="Auditor"),
        thing("Issue", "I-1", purpose="COMPLIANCE", title="Value", status="IN_PROGRESS",
              openedOn=date(2024, 1, 1), dueOn=date(2024, 3, 1), priorityTradeIssues=["REVENUE"]),
        thing("Issue", "I-2", purpose="ADVICE", title="Help", status="RESOLVED",
              openedOn=date(2024, 1, 10), dueOn=date(2024, 7, 1), closedOn=date(2024, 5, 1)),
        thing("Issue", "I-3", purpose="ADVICE", title="Someday", status="OPEN",
              openedOn=date(2024, 2, 1)),
        thing("Strategy", "S-1", title="Plan", objective="Less risk", status="ACTIVE",
              startsOn=date(2024, 1, 1), reviewOn=date(2024, 9, 1),
              measures=['{"title": "Audit", "discipline": "REGULATORY_AUDITOR",'
                        ' "dueOn": "2024-06-10", "doneOn": "2024-06-05"}']),
        thing("IsaParticipation", "P-1", status="ACTIVE", appliedOn=date(2021, 6, 1),
              acceptedOn=date(2022, 1, 1), nextNotificationDue=date(2024, 7, 1)),
        thing("IsaParticipation", "P-2", status="ACCEPTED_PENDING_MANAGER",
              appliedOn=date(2023, 6, 1), acceptedOn=date(2024, 2, 1),
              pendingSince=date(2024, 2, 1)),
        thing("AnnualNotification", "N-1", participation="P-1", dueOn=date(2023, 2, 1),
              receivedOn=date(2023, 2, 9), reviewedOn=date(2023, 3, 1), reviewedBy="M-1",
              requirementsConfirmed=True),
        thing("AnnualNotification", "N-2", participation="P-1", dueOn=date(2024, 2, 1),
              receivedOn=date(2024, 1, 20)),
        worlds.claim("Issue:I-1", "CONCERNS", "Account:A-1"),
        worlds.claim("Issue:I-1", "CONCERNS", "Party:O-1"),
        worlds.claim("Issue:I-2", "CONCERNS", "Account:A-1"),
        worlds.claim("Issue:I-3", "CONCERNS", "Account:A-1"),
        worlds.claim("Issue:I-1", "HANDLED_BY", auditors, part="LEAD"),
        worlds.claim("Issue:I-1", "HANDLED_BY", "AccountManager:M-1", part="HANDLER"),
        worlds.claim("Strategy:S-1", "ADDRESSES", "Issue:I-1"),
        worlds.claim("Strategy:S-1", "CONCERNS", "Account:A-1"),
        worlds.claim("Strategy:S-1", "HANDLED_BY", "AccountManager:M-1", part="LEAD"),
        worlds.claim("Strategy:S-1", "HANDLED_BY", auditors, part="INVOLVED"),
        worlds.claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:P-1", date(2021, 6, 1)),
        worlds.claim("Account:A-2", "PARTICIPATES_IN", "IsaParticipation:P-2", date(2023, 6, 1)),
        worlds.claim("IsaParticipation:P-1", "COVERS", "ImporterNumber:N-1", date(2022, 1, 1)),
    ]  # fmt: skip
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    harbor.statements = 0
    return harbor


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


LOADS = """
  query ($manager: ID!, $moment: MomentInput) {
    accountManager(id: $manager, moment: $moment) {
      caseload {
        accounts importers brokers withPrimaryManager isaParticipants openIssues overdueIssues
        notificationsDue managers specialists weight entrySummaries enteredValue { amount }
      }
    }
    center(code: "CEE004", moment: $moment) {
      caseload { accounts withPrimaryManager managers weight }
      managers { nodes { caseload { accounts weight } } }
    }
  }
"""


async def test_a_caseload_is_counted(work: Graph, ask: Ask) -> None:
    found = await ask(LOADS, manager=MANAGER, moment=NOW)

    assert found["accountManager"]["caseload"] == {
        "accounts": 1,
        "importers": 1,
        "brokers": 0,
        "withPrimaryManager": 1,
        "isaParticipants": 1,
        "openIssues": 2,
        "overdueIssues": 1,
        "notificationsDue": 1,
        "managers": 1,
        "specialists": 0,
        "weight": 5.0,
        "entrySummaries": 0,
        "enteredValue": {"amount": "0.00"},
    }
    assert found["center"]["caseload"]["weight"] == 2.5
    assert work.statements <= 6


SIMULATE = """
  query ($moves: [ReassignmentInput!]!, $moment: MomentInput) {
    simulateReassignment(moves: $moves, moment: $moment) {
      imbalanceBefore imbalanceAfter
      effects { of { key label } before { accounts weight } after { accounts weight } }
      violations { code path } warnings { code message }
    }
  }
"""


async def test_a_simulation_equals_what_writing_the_moves_brings(work: Graph, ask: Ask) -> None:
    target = ids.encode("AccountManager:M-2")
    moves = [{"fromManagerId": MANAGER, "toManagerId": target}]
    simulated = (await ask(SIMULATE, moves=moves))["simulateReassignment"]
    assert simulated["violations"] == []

    since, day = date(2020, 1, 1), date(2024, 6, 1)
    ended = [
        worlds.claim("Account:A-1", "MANAGED_BY", "AccountManager:M-1", since, day, role="PRIMARY"),
        worlds.claim("Account:A-1", "MANAGED_BY", "AccountManager:M-2", since, day, role="BACKUP"),
    ]
    begun = worlds.claim("Account:A-1", "MANAGED_BY", "AccountManager:M-2", day, role="PRIMARY")
    at = datetime(2024, 6, 1, tzinfo=UTC)
    outcome = await write(work, [begun, *ended], at=at)
    assert outcome.refused == []

    for effect in simulated["effects"]:
        after = await ask(
            "query ($id: ID!) { accountManager(id: $id) { caseload { accounts weight } } }",
            id=effect["of"]["key"],
        )
        assert after["accountManager"]["caseload"] == effect["after"]


async def test_a_simulation_says_what_would_be_refused_and_writes_nothing(
    work: Graph, ask: Ask
) -> None:
    await write(work, [worlds.manager("M-9", "Left", active=False)], at=worlds.RECORDED)
    left, gone = ids.encode("AccountManager:M-9"), ids.encode("Account:A-9")
    moves = [
        {"accountIds": [ACCOUNT], "toManagerId": left},
        {"accountIds": [gone], "toCenter": "CEE004"},
        {"accountIds": [ACCOUNT], "toManagerId": MANAGER},
    ]
    before = await digest(work)
    found = (await ask(SIMULATE, moves=moves))["simulateReassignment"]
    assert await digest(work) == before

    assert [each["code"] for each in found["violations"]] == [
        "MANAGER_INACTIVE",
        "NOT_FOUND",
        "INVALID_STATE",
    ]
    assert found["violations"][0]["path"] == ["moves", "0", "toManagerId"]
    for bad in ([], [{"accountIds": [ACCOUNT]}], [{"toManagerId": MANAGER}]):
        await ask(SIMULATE, "BAD_USER_INPUT", moves=bad)
