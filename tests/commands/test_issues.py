"""Issues opened, changed and settled."""

import asyncio
from typing import Any

import pytest

from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid, term
from tests.days import LATER, today

SELECTED = """issue {
  id title purpose status description openedOn dueOn closedOn resolution shared version
  account { key } concerns { key } leadDiscipline { code } otherDisciplines { code }
  handler { key } flags { key } priorityTradeIssues { code }
}"""
A1, M1 = gid("Account:A-1"), gid("AccountManager:M-1")
NEW = {
    "accountId": A1,
    "purpose": "COMPLIANCE",
    "title": "Origin claims in chapter 61",
    "leadDiscipline": "IMPORT_SPECIALIST",
    "otherDisciplines": ["LABORATORY"],
    "concernsIds": [gid("ImporterNumber:N-1")],
    "flagIds": [gid("RiskFlag:F-1")],
    "priorityTradeIssues": ["AD_CVD"],
    "handlerId": M1,
    "dueOn": "2027-02-26",
}


@pytest.fixture
async def desk(harbor: Graph) -> Graph:
    """The harbor with disciplines, a flag and the words of issues."""
    rows: list[worlds.Row] = [
        *(
            NodeRow("Discipline", code, ("Discipline",), {"code": code, "name": code})
            for code in ("IMPORT_SPECIALIST", "LABORATORY")
        ),
        NodeRow(
            "RiskFlag",
            "F-1",
            ("RiskFlag",),
            {"kind": "PENALTY", "severity": 0.4, "raisedOn": worlds.SINCE},
        ),
        term("PRIORITY_TRADE_ISSUE", "AD_CVD"),
        worlds.account("A-2", "Quay Goods"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.manager("M-9", "U. Dogwood", active=False),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def opened(give: Give) -> dict[str, Any]:
    """An issue just opened."""
    answer = await give("saveIssue", SELECTED, **NEW)
    assert answer["userErrors"] == []
    issue: dict[str, Any] = answer["issue"]
    return issue


async def test_an_issue_is_opened(desk: Graph, give: Give) -> None:
    answer = await give("saveIssue", SELECTED, **NEW, reason="Meeting")

    assert answer["userErrors"] == []
    issue = answer["issue"]
    assert issue == {
        "id": issue["id"],
        "title": NEW["title"],
        "purpose": "COMPLIANCE",
        "status": "OPEN",
        "description": None,
        "openedOn": today().isoformat(),
        "dueOn": "2027-02-26",
        "closedOn": None,
        "resolution": None,
        "shared": False,
        "version": 1,
        "account": {"key": A1},
        "concerns": [{"key": gid("ImporterNumber:N-1")}],
        "leadDiscipline": {"code": "IMPORT_SPECIALIST"},
        "otherDisciplines": [{"code": "LABORATORY"}],
        "handler": {"key": M1},
        "flags": [{"key": gid("RiskFlag:F-1")}],
        "priorityTradeIssues": [{"code": "AD_CVD"}],
    }
    first = answer["changes"][0]
    assert (first["kind"], first["reason"], first["account"]) == (
        "ISSUE_SAVED",
        "Meeting",
        {"key": A1},
    )


async def test_an_issue_is_handed_over(desk: Graph, give: Give) -> None:
    issue = await opened(give)

    answer = await give(
        "saveIssue",
        SELECTED,
        id=issue["id"],
        status="IN_PROGRESS",
        handlerId=gid("AccountManager:M-2"),
        otherDisciplines=[],
        leadDiscipline="LABORATORY",
        concernsIds=[gid("Party:O-1")],
        expectedVersion=1,
    )

    assert answer["userErrors"] == []
    assert answer["issue"] == {
        **issue,
        "status": "IN_PROGRESS",
        "handler": {"key": gid("AccountManager:M-2")},
        "otherDisciplines": [],
        "leadDiscipline": {"code": "LABORATORY"},
        "concerns": [{"key": gid("Party:O-1")}],
        "version": 2,
    }
    due = await desk.schema("MATCH (i:Issue) RETURN toString(i.dueSort) AS due")
    assert due == [{"due": "2027-02-26"}]


@pytest.mark.parametrize("given", [True, False, None])
async def test_an_issue_is_shared_and_is_not_any_more(
    desk: Graph, give: Give, given: bool | None
) -> None:
    issue = await opened(give)

    shared = await give("saveIssue", SELECTED, id=issue["id"], shared=True)
    after = await give("saveIssue", SELECTED, id=issue["id"], shared=given)

    told = shared["changes"][0]["properties"]
    assert told == [{"property": "shared", "before": None, "after": "true"}]
    assert shared["issue"] == {**issue, "shared": True, "version": 2}
    assert after["issue"]["shared"] is bool(given)


BAD: list[Case] = [
    ({"accountId": None}, [("REQUIRED", "accountId")]),
    ({"accountId": gid("Party:O-1")}, [("WRONG_KIND", "accountId")]),
    ({"accountId": gid("Account:A-9")}, [("INVALID_STATE", "accountId")]),
    ({"purpose": None}, [("REQUIRED", "purpose")]),
    ({"title": " "}, [("REQUIRED", "title")]),
    ({"status": "RESOLVED"}, [("INVALID_STATE", "status")]),
    ({"concernsIds": [M1]}, [("WRONG_KIND", "concernsIds.0")]),
    ({"concernsIds": [gid("Party:NO")]}, [("NOT_FOUND", "concernsIds.0")]),
    ({"leadDiscipline": "MANNERS"}, [("NOT_FOUND", "leadDiscipline")]),
    ({"otherDisciplines": ["MANNERS"]}, [("NOT_FOUND", "otherDisciplines.0")]),
    ({"handlerId": gid("AccountManager:M-9")}, [("INVALID_STATE", "handlerId")]),
    ({"handlerId": A1}, [("WRONG_KIND", "handlerId")]),
    ({"flagIds": [gid("RiskFlag:F-0")]}, [("NOT_FOUND", "flagIds.0")]),
    ({"priorityTradeIssues": ["MANNERS"]}, [("NOT_FOUND", "priorityTradeIssues.0")]),
    ({"description": "219-09-9999"}, [("INVALID_FORMAT", "description")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"id": gid("Issue:IS-0")}, [("NOT_FOUND", "id")]),
    (
        {"accountId": None, "purpose": None, "title": None, "leadDiscipline": "MANNERS"},
        [
            ("REQUIRED", "accountId"),
            ("REQUIRED", "purpose"),
            ("REQUIRED", "title"),
            ("NOT_FOUND", "leadDiscipline"),
        ],
    ),
]


@cases("saveIssue", BAD)
async def test_a_bad_issue_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    if "id" in more:
        wrong = [*wrong, ("INVALID_STATE", "accountId")]
    await refuse("saveIssue", told(wrong), **{**NEW, **more})


async def test_a_repeat_opens_no_second_issue(desk: Graph, give: Give) -> None:
    first, again = [await give("saveIssue", SELECTED, **NEW, idempotencyKey="K") for _ in range(2)]

    assert again == {**first, "replayed": True}


@pytest.mark.parametrize(("cancel", "status"), [(False, "RESOLVED"), (True, "CANCELLED")])
async def test_an_issue_is_settled(
    desk: Graph, give: Give, refuse: Refuse, cancel: bool, status: str
) -> None:
    issue = await opened(give)

    answer = await give(
        "resolveIssue", SELECTED, id=issue["id"], resolution="Agreed", cancel=cancel
    )

    assert answer["userErrors"] == []
    settled = {"status": status, "closedOn": today().isoformat(), "resolution": "Agreed"}
    assert answer["issue"] == {**issue, **settled, "version": 2}
    await refuse("saveIssue", [("INVALID_STATE", "input.id")], id=issue["id"], title="Again")


ENDS: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("RiskFlag:F-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("Issue:IS-0")}, [("NOT_FOUND", "id")]),
    ({"resolution": ""}, [("REQUIRED", "resolution")]),
    ({"on": LATER}, [("OUT_OF_RANGE", "on")]),
    ({"on": "2020-01-01"}, [("INTERVAL_CONFLICT", "on")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@cases("resolveIssue", ENDS)
async def test_a_bad_settlement_is_refused(
    desk: Graph, give: Give, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    issue = await opened(give)

    await refuse("resolveIssue", told(wrong), **{"id": issue["id"], "resolution": "Agreed", **more})


async def test_an_issue_is_settled_once(desk: Graph, give: Give) -> None:
    issue = await opened(give)

    answers = await asyncio.gather(
        *(give("resolveIssue", "", id=issue["id"], resolution=f"{n}") for n in range(16))
    )

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[]] + [["INVALID_STATE"]] * 15
