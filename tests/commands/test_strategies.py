"""Strategies drafted, carried out and ended."""

from datetime import timedelta
from typing import Any

import pytest

from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, gid
from tests.days import LATER, today
from tests.resolvers.conftest import Ask

SELECTED = """strategy {
  id title objective status leader { key } disciplines { code } accounts { nodes { key } }
  segment { id } issues { nodes { key } } startsOn reviewOn endedOn version
  measures { title discipline { code } dueOn doneOn }
}"""
REVIEW = (today() + timedelta(30)).isoformat()
A1, A2, M1 = gid("Account:A-1"), gid("Account:A-2"), gid("AccountManager:M-1")
ISSUE, SEGMENT = gid("Issue:IS-1"), gid("RiskSegment:everybody.1")
VISIT = {"title": "Supplier visits", "discipline": "LABORATORY", "dueOn": "2027-01-31"}
NEW = {
    "title": "Origin plan",
    "objective": "Prove the origin of each supplier.",
    "leaderId": M1,
    "disciplines": ["IMPORT_SPECIALIST", "LABORATORY"],
    "accountIds": [A1],
    "segmentId": SEGMENT,
    "issueIds": [ISSUE],
    "measures": [VISIT, {**VISIT, "title": "Samples", "doneOn": "2026-01-15"}],
    "startsOn": "2026-01-05",
    "reviewOn": REVIEW,
}


@pytest.fixture
async def desk(harbor: Graph) -> Graph:
    """The harbor with disciplines, a segment, an issue and more accounts and staff."""
    rule: dict[str, object] = {"name": "Everybody", "number": 1, "precedence": 1, "filter": "{}"}
    issue: dict[str, object] = {"purpose": "COMPLIANCE", "title": "Origin", "status": "OPEN"}
    rows: list[worlds.Row] = [
        *(
            NodeRow("Discipline", code, ("Discipline",), {"code": code, "name": code})
            for code in ("IMPORT_SPECIALIST", "LABORATORY")
        ),
        NodeRow("Issue", "IS-1", ("Issue",), {**issue, "openedOn": worlds.SINCE}),
        NodeRow(
            "RiskSegment",
            "everybody.1",
            ("RiskSegment",),
            {**rule, "treatment": "Care", "validFrom": worlds.SINCE},
        ),
        worlds.account("A-2", "Quay Goods"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.manager("M-9", "U. Dogwood", active=False),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def drafted(give: Give, **more: object) -> dict[str, Any]:
    """A strategy just drafted."""
    answer = await give("saveStrategy", SELECTED, **{**NEW, **more})
    assert answer["userErrors"] == []
    strategy: dict[str, Any] = answer["strategy"]
    return strategy


async def test_a_strategy_is_drafted(desk: Graph, give: Give) -> None:
    answer = await give("saveStrategy", SELECTED, **NEW, reason="Audit")

    assert answer["userErrors"] == []
    strategy = answer["strategy"]
    assert strategy == {
        "id": strategy["id"],
        "title": "Origin plan",
        "objective": "Prove the origin of each supplier.",
        "status": "DRAFT",
        "leader": {"key": M1},
        "disciplines": [{"code": "IMPORT_SPECIALIST"}, {"code": "LABORATORY"}],
        "accounts": {"nodes": [{"key": A1}]},
        "segment": {"id": SEGMENT},
        "issues": {"nodes": [{"key": ISSUE}]},
        "startsOn": "2026-01-05",
        "reviewOn": REVIEW,
        "endedOn": None,
        "version": 1,
        "measures": [
            {
                "title": "Supplier visits",
                "discipline": {"code": "LABORATORY"},
                "dueOn": "2027-01-31",
                "doneOn": None,
            },
            {
                "title": "Samples",
                "discipline": {"code": "LABORATORY"},
                "dueOn": "2027-01-31",
                "doneOn": "2026-01-15",
            },
        ],
    }
    first = answer["changes"][0]
    assert (first["kind"], first["reason"]) == ("STRATEGY_SAVED", "Audit")


async def test_a_strategy_is_changed_and_ended(desk: Graph, give: Give, refuse: Refuse) -> None:
    strategy = await drafted(give)
    more: dict[str, object] = {"status": "ACTIVE", "accountIds": [A2]}
    more |= {"disciplines": ["LABORATORY"]}
    more |= {"leaderId": None, "segmentId": None, "issueIds": [], "measures": []}

    running = await give("saveStrategy", SELECTED, id=strategy["id"], expectedVersion=1, **more)

    assert running["userErrors"] == []
    assert running["strategy"] == {
        **strategy,
        "status": "ACTIVE",
        "accounts": {"nodes": [{"key": A2}]},
        "disciplines": [{"code": "LABORATORY"}],
        "leader": None,
        "segment": None,
        "issues": {"nodes": []},
        "measures": [],
        "version": 2,
    }
    ended = await give("saveStrategy", SELECTED, id=strategy["id"], status="COMPLETED")
    assert ended["userErrors"] == []
    assert ended["strategy"] == {
        **running["strategy"],
        "status": "COMPLETED",
        "endedOn": today().isoformat(),
        "reviewOn": None,
        "version": 3,
    }
    again = {"id": strategy["id"], "title": "Again"}
    await refuse("saveStrategy", [("INVALID_STATE", "input.id")], **again)


async def test_a_strategy_is_found_in_the_order_of_its_review(
    desk: Graph, give: Give, ask: Ask
) -> None:
    first = await drafted(give)
    second = await drafted(give, reviewOn=LATER, startsOn="2026-01-05")
    await give("saveStrategy", "", id=second["id"], title="Renamed")

    found = await ask("{ strategies { id title } }")

    assert [each["id"] for each in found["strategies"]] == [second["id"], first["id"]]


STRATEGIES: list[Case] = [
    ({"title": None}, [("REQUIRED", "title")]),
    ({"title": "x" * 201}, [("OUT_OF_RANGE", "title")]),
    ({"objective": " "}, [("REQUIRED", "objective")]),
    ({"objective": "About 219-09-9999"}, [("INVALID_FORMAT", "objective")]),
    ({"status": "COMPLETED", "reviewOn": None}, [("INVALID_STATE", "status")]),
    ({"leaderId": A1}, [("WRONG_KIND", "leaderId")]),
    ({"leaderId": gid("AccountManager:M-0")}, [("NOT_FOUND", "leaderId")]),
    ({"leaderId": gid("AccountManager:M-9")}, [("MANAGER_INACTIVE", "leaderId")]),
    ({"disciplines": ["LABORATORY", "MANNERS"]}, [("NOT_FOUND", "disciplines.1")]),
    ({"accountIds": [gid("Account:A-0")]}, [("NOT_FOUND", "accountIds.0")]),
    ({"accountIds": [gid("Account:A-9")]}, [("INVALID_STATE", "accountIds.0")]),
    ({"accountIds": [A1, M1]}, [("WRONG_KIND", "accountIds.1")]),
    ({"segmentId": A1}, [("WRONG_KIND", "segmentId")]),
    ({"segmentId": gid("RiskSegment:nobody.1")}, [("NOT_FOUND", "segmentId")]),
    ({"issueIds": [gid("Issue:IS-0")]}, [("NOT_FOUND", "issueIds.0")]),
    ({"measures": [{**VISIT, "title": ""}]}, [("REQUIRED", "measures.0.title")]),
    (
        {"measures": [VISIT, {**VISIT, "discipline": "MANNERS"}]},
        [("NOT_FOUND", "measures.1.discipline")],
    ),
    ({"measures": [{**VISIT, "doneOn": LATER}]}, [("OUT_OF_RANGE", "measures.0.doneOn")]),
    ({"startsOn": None}, [("REQUIRED", "startsOn")]),
    ({"reviewOn": "2026-01-05"}, [("INTERVAL_CONFLICT", "reviewOn")]),
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Issue:IS-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("Strategy:ST-0")}, [("NOT_FOUND", "id")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"title": "", "leaderId": "nonsense", "disciplines": ["MANNERS"], "reviewOn": "2025-01-01"},
        [
            ("REQUIRED", "title"),
            ("INVALID_FORMAT", "leaderId"),
            ("NOT_FOUND", "disciplines.0"),
            ("INTERVAL_CONFLICT", "reviewOn"),
        ],
    ),
]


@cases("saveStrategy", STRATEGIES)
async def test_a_bad_strategy_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[tuple[str, str]]
) -> None:
    await refuse("saveStrategy", told(wrong), **{**NEW, **more})


@pytest.mark.parametrize(
    ("more", "wrong"),
    [
        ({"status": "COMPLETED"}, [("INVALID_STATE", "status")]),
        ({"status": None}, [("INVALID_STATE", "status")]),
        ({"status": "ABANDONED", "reviewOn": LATER}, [("INVALID_STATE", "reviewOn")]),
        ({"expectedVersion": 4}, [("VERSION_CONFLICT", "expectedVersion")]),
    ],
)
async def test_a_draft_does_not_change_into_anything(
    desk: Graph,
    give: Give,
    refuse: Refuse,
    more: dict[str, object],
    wrong: list[tuple[str, str]],
) -> None:
    draft = await drafted(give)

    await refuse("saveStrategy", told(wrong), id=draft["id"], **more)


async def test_a_repeat_drafts_no_second_strategy(desk: Graph, give: Give) -> None:
    first, again = [
        await give("saveStrategy", SELECTED, **NEW, idempotencyKey="K") for _ in range(2)
    ]

    assert again == {**first, "replayed": True}
