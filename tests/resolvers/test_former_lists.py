"""Lists as they were known: later edits move nothing in, out or along a list of an earlier moment.

The oracle is the product itself: what a list answered before the edits.
"""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.reference.install import install
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask
from tests.resolvers.test_performance import cell
from tests.resolvers.workloads import thing

THEN = {"asOf": "2024-06-01", "knownAt": "2024-06-01T00:00:00Z"}
LATER = datetime(2025, 1, 1, tzinfo=UTC)
CENTER = ids.encode("Center:CEE004")
SHOWN = "{ totalCount { value } nodes { name status national openedOn } }"
FILTERS: dict[str, dict[str, Any]] = {
    "active": {"statuses": ["ACTIVE"]},
    "suspended": {"statuses": ["SUSPENDED"]},
    "closed": {"statuses": ["CLOSED"]},
    "national": {"national": True},
    "regional": {"not": {"national": True}},
    "words": {"nameContains": "harbor"},
    "opened": {"opened": {"from": "2020-01-01", "to": "2020-02-01"}},
    "eligible": {"eligibilities": ["PENDING"]},
    "issue": {"hasOpenIssue": True},
    "isa": {"isaStatuses": ["ACTIVE"]},
    "pending": {"isaStatuses": ["ACCEPTED_PENDING_MANAGER"]},
    "flagged": {"flagKinds": ["FORCED_LABOR"]},
    "chapter": {"chapters": ["61"]},
    "value": {"minEnteredValue": "20.00"},
    "center": {"centers": ["CEE004"], "statuses": ["ACTIVE"]},
    "manager": {"managerIds": [ids.encode("AccountManager:M-1")], "statuses": ["ACTIVE"]},
    "either": {"anyOf": [{"statuses": ["SUSPENDED"]}, {"national": True}]},
}
ORDERS = ["NAME_ASC", "NAME_DESC", "OPENED_DESC", "ENTERED_VALUE_DESC", "RISK_DESC"]
LISTS = {
    "issues": "issues(moment: $m) { totalCount { value } nodes { title status dueOn } }",
    "open issues": "issues(filter: {statuses: [OPEN]}, moment: $m) { nodes { title dueOn } }",
    "overdue": "issues(filter: {overdue: true}, moment: $m) { nodes { title dueOn } }",
    "advice": "issues(filter: {purposes: [ADVICE]}, moment: $m) { nodes { title } }",
    "revenue": 'issues(filter: {priorityTradeIssues: ["REVENUE"]}, moment: $m) { nodes { title } }',
    "isa": "isaParticipations(moment: $m) { totalCount { value } nodes { status } }",
    "active isa": "isaParticipations(filter: {statuses: [ACTIVE]}, moment: $m)"
    " { nodes { status appliedOn } }",
    "waiting": "isaParticipations(filter: {pendingLongerThanDays: 30}, moment: $m)"
    " { nodes { status pendingSince } }",
    "notified": 'isaParticipations(filter: {notificationDueBefore: "2024-08-01"}, moment: $m)'
    " { nodes { nextNotificationDue } }",
    "strategies": "strategies(moment: $m) { title status reviewOn }",
    "active strategies": "strategies(statuses: [ACTIVE], moment: $m) { title }",
    "managers": "accountManagers(moment: $m) { totalCount { value } nodes { name active } }",
    "former managers": "accountManagers(active: false, moment: $m) { nodes { name } }",
    "parties": "parties(moment: $m) { totalCount { value } nodes { ... on Party { name } } }",
    "belgian": 'parties(countries: ["BE"], moment: $m) { nodes { ... on Party { name } } }',
    "center": 'center(code: "CEE004", moment: $m) { managers { nodes { name } }'
    " accounts(filter: {statuses: [ACTIVE]}) { totalCount { value } nodes { name } }"
    " caseload { accounts isaParticipants openIssues overdueIssues notificationsDue highRisk"
    " entrySummaries enteredValue { amount currency } managers }"
    ' agenda(dueBy: "2025-01-01") { kind dueOn account { name } } }',
    "manager": 'accountManager(id: "' + ids.encode("AccountManager:M-1") + '", moment: $m)'
    " { accounts(filter: {national: true}) { totalCount { value } nodes { name } }"
    ' agenda(dueBy: "2025-01-01") { kind dueOn account { name } }'
    " caseload { accounts openIssues isaParticipants } }",
    "account": 'account(by: {id: "' + ids.encode("Account:A-1") + '"}, moment: $m)'
    " { issues { nodes { title } } strategies { title } risk { score }"
    ' agenda(dueBy: "2025-01-01") { kind dueOn } warnings { code } segment { name }'
    " performance { peers comparison { metric value median } total { entrySummaries } } }",
}


@pytest.fixture
async def known(work: Graph, key: IdentifierKey) -> Graph:
    """work, six more accounts of CEE004 with figures, and a flag of A-1; on record since 2021."""
    rows: list[worlds.Row] = []
    for number in range(3, 9):
        rows += [
            worlds.account(
                f"A-{number}",
                f"Peer {number} Harbor",
                openedOn=date(2020, number, 1),
                status="SUSPENDED" if number == 4 else "ACTIVE",
                national=number % 2 == 0,
            ),
            worlds.claim(f"Account:A-{number}", "ASSIGNED_TO", "Center:CEE004"),
            *cell(f"A-{number}", number, "61", number, number * 1000),
        ]
    rows += [
        *cell("A-1", 6, "61", 5, 9000),
        thing("RiskFlag", "F-1", kind="FORCED_LABOR", severity=500_000_000,
              raisedOn=date(2024, 1, 1)),
        worlds.claim("RiskFlag:F-1", "FLAGS", "Account:A-1"),
    ]  # fmt: skip
    await install(work, worlds.RECORDED)
    assert (await write(work, rows, at=worlds.RECORDED)).refused == []
    return work


def edits() -> list[worlds.Row]:
    """Other properties for everything."""
    rows: list[worlds.Row] = [
        worlds.account("A-1", "Zebra", national=False, status="SUSPENDED"),
        worlds.account("A-2", "Aardvark", status="CLOSED", closedOn=date(2024, 2, 1)),
        thing("Issue", "I-1", purpose="ADVICE", title="Value", status="RESOLVED",
              openedOn=date(2024, 1, 1), dueOn=date(2026, 3, 1), closedOn=date(2024, 2, 1),
              priorityTradeIssues=[]),
        thing("Issue", "I-3", purpose="COMPLIANCE", title="Someday", status="OPEN",
              openedOn=date(2024, 2, 1), dueOn=date(2024, 2, 2)),
        thing("Strategy", "S-1", title="Plan", objective="Less risk", status="ENDED",
              startsOn=date(2024, 1, 1), endedOn=date(2024, 2, 1)),
        thing("IsaParticipation", "P-1", status="WITHDRAWN", appliedOn=date(2021, 6, 1),
              acceptedOn=date(2022, 1, 1), endedOn=date(2023, 1, 1)),
        thing("IsaParticipation", "P-2", status="ACTIVE", appliedOn=date(2023, 6, 1),
              acceptedOn=date(2024, 2, 1)),
        thing("RiskFlag", "F-1", kind="IPR", severity=100_000_000,
              raisedOn=date(2024, 1, 1), resolvedOn=date(2024, 2, 1)),
        worlds.manager("M-2", "A. Aspen", active=False),
        worlds.organization("O-1", "Antwerp Group", country="BE"),
    ]  # fmt: skip
    for number in range(3, 9):
        rows.append(
            worlds.account(
                f"A-{number}",
                f"Changed {9 - number}",
                openedOn=date(2021, 9 - number, 1),
                national=number % 2 == 1,
            )
        )
        rows += [replace(row, properties={**row.properties, "enteredValue": 7, "chapter": "84"})
                 for row in cell(f"A-{number}", number, "61", number, 1)
                 if isinstance(row, worlds.NodeRow)]  # fmt: skip
    return rows


async def _answers(ask: Ask) -> dict[str, Any]:
    found = {}
    wanted = "query ($f: AccountFilter, $o: AccountOrder!, $m: MomentInput) "
    wanted += "{ accounts(filter: $f, orderBy: $o, moment: $m) " + SHOWN + " }"
    for name, filter_ in FILTERS.items():
        found[f"accounts {name}"] = await ask(wanted, f=filter_, o="NAME_ASC", m=THEN)
    for order in ORDERS:
        found[f"accounts by {order}"] = await ask(wanted, f=None, o=order, m=THEN)
    for name, text in LISTS.items():
        found[name] = await ask("query ($m: MomentInput) { " + text + " }", m=THEN)
    return found


async def test_later_edits_change_no_list_about_an_earlier_moment(known: Graph, ask: Ask) -> None:
    before = await _answers(ask)
    assert [name for name, answer in before.items() if "[]" in json.dumps(answer)] == [
        "accounts closed", "former managers", "belgian",
    ]  # fmt: skip

    assert (await write(known, edits(), at=LATER)).refused == []

    after = await _answers(ask)
    assert {
        name: (before[name], after[name]) for name in after if after[name] != before[name]
    } == {}


async def test_the_edits_are_seen_at_a_later_moment(known: Graph, ask: Ask) -> None:
    assert (await write(known, edits(), at=LATER)).refused == []
    wanted = "{ accounts(filter: {statuses: [SUSPENDED]}) { nodes { name } } }"

    assert await ask(wanted) == {"accounts": {"nodes": [{"name": "Zebra"}]}}
