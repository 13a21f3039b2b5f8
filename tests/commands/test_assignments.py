"""Accounts given to managers, Centers and specialists."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.conftest import Give, Refuse, Wrong, gid, term
from tests.resolvers.conftest import Ask

ACCOUNTS = "accounts { key version primaryManager { key } center { code } centerEligibility }"
MADE = "assignments { id type role basis topic { code } validFrom validTo from { key } to { key } }"
TODAY = datetime.now(UTC).date()
LATER = (TODAY + timedelta(2)).isoformat()
A1, A2 = gid("Account:A-1"), gid("Account:A-2")


@pytest.fixture
async def desk(harbor: Graph) -> Graph:
    """The harbor with more accounts, staff and a second Center."""
    isa = NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), {"status": "ACTIVE"})
    anna: dict[str, object] = {"name": "Anna", "active": True}
    bert: dict[str, object] = {"name": "Bert", "active": False}
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Quay Goods"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.manager("M-3", "T. Cedar"),
        worlds.manager("M-9", "U. Dogwood", active=False),
        worlds.center("CEE007", "Electronics"),
        NodeRow("Specialist", "S-1", ("Specialist",), anna),
        NodeRow("Specialist", "S-9", ("Specialist",), bert),
        term("TOPIC", "VALUATION"),
        isa,
        worlds.claim("Account:A-1", "PARTICIPATES_IN", isa.key),
        worlds.claim("AccountManager:M-3", "MEMBER_OF", "Center:CEE004"),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def current(graph: Graph, type_: str) -> list[dict[str, Any]]:
    """What stands and holds today."""
    return await graph.schema(
        f"MATCH (a)-[r:{type_}]->(b) WHERE r.recordedTo.year = 9999 AND r.validFrom <= date()"
        " AND date() < r.validTo RETURN a.key AS from, b.key AS to, r.role AS role,"
        " toString(r.validFrom) AS since ORDER BY from, role, to"
    )


async def test_a_manager_takes_over_on_the_same_day(desk: Graph, give: Give) -> None:
    answer = await give(
        "assignManager",
        ACCOUNTS + MADE,
        accountIds=[A1, A2],
        managerId=gid("AccountManager:M-3"),
        validFrom="2026-01-05",
        reason="Balance",
    )

    assert answer["userErrors"] == []
    assert [(a["key"], a["version"]) for a in answer["accounts"]] == [(A1, 2), (A2, 2)]
    assert {a["primaryManager"]["key"] for a in answer["accounts"]} == {gid("AccountManager:M-3")}
    made = answer["assignments"]
    assert [(m["from"]["key"], m["role"], m["validFrom"]) for m in made] == [
        (A1, "PRIMARY", "2026-01-05"),
        (A2, "PRIMARY", "2026-01-05"),
    ]
    told = [(change["kind"], change["account"]["key"]) for change in answer["changes"]]
    assert told == [
        ("RELATIONSHIP_ENDED", A1),
        ("MANAGER_ASSIGNED", A1),
        ("MANAGER_ASSIGNED", A2),
    ]
    assert answer["changes"][0]["properties"] == [
        {"property": "validTo", "before": None, "after": "2026-01-05"}
    ]
    assert {(c["actor"], c["reason"]) for c in answer["changes"]} == {
        ("Development viewer", "Balance")
    }


async def test_what_was_assigned_today_can_be_assigned_anew_today(desk: Graph, give: Give) -> None:
    for manager in ("M-3", "M-2", "M-3"):
        answer = await give(
            "assignManager", MADE, accountIds=[A1], managerId=gid(f"AccountManager:{manager}")
        )
        assert answer["userErrors"] == []

    primary = [row for row in await current(desk, "MANAGED_BY") if row["role"] == "PRIMARY"]
    assert [(row["to"], row["since"]) for row in primary] == [
        ("AccountManager:M-3", TODAY.isoformat())
    ]


BAD: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"accountIds": []}, [("OUT_OF_RANGE", "accountIds")]),
    ({"accountIds": [A2, "nonsense"]}, [("INVALID_FORMAT", "accountIds.1")]),
    ({"accountIds": [gid("Party:O-1")]}, [("WRONG_KIND", "accountIds.0")]),
    ({"accountIds": [gid("Account:A-0")]}, [("NOT_FOUND", "accountIds.0")]),
    ({"accountIds": [A2, A2]}, [("ALREADY_EXISTS", "accountIds.1")]),
    ({"accountIds": [gid("Account:A-9")]}, [("INVALID_STATE", "accountIds.0")]),
    ({"managerId": gid("Account:A-1")}, [("WRONG_KIND", "managerId")]),
    ({"managerId": gid("AccountManager:M-0")}, [("NOT_FOUND", "managerId")]),
    ({"managerId": gid("AccountManager:M-9")}, [("MANAGER_INACTIVE", "managerId")]),
    ({"managerId": gid("AccountManager:M-1")}, [("ALREADY_EXISTS", "accountIds.0")]),
    ({"validFrom": LATER}, [("OUT_OF_RANGE", "validFrom")]),
    ({"validFrom": "2019-01-01"}, [("INTERVAL_CONFLICT", "accountIds.0")]),
    ({"expectedVersion": 7}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"accountIds": ["nonsense", gid("Account:A-9")], "validFrom": LATER},
        [
            ("INVALID_FORMAT", "accountIds.0"),
            ("INVALID_STATE", "accountIds.1"),
            ("OUT_OF_RANGE", "validFrom"),
        ],
    ),
]


@pytest.mark.parametrize(("more", "wrong"), BAD)
async def test_a_bad_assignment_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    good = {"accountIds": [A1], "managerId": gid("AccountManager:M-3")}
    told = [(code, f"input.{path}") for code, path in wrong]
    await refuse("assignManager", told, **{**good, **more})


async def test_a_repeat_assigns_once(desk: Graph, give: Give) -> None:
    wanted = {"accountIds": [A1], "managerId": gid("AccountManager:M-3"), "idempotencyKey": "K"}
    selected = "accounts { key primaryManager { key } }" + MADE
    first = await give("assignManager", selected, **wanted)
    await give("assignManager", "", accountIds=[A1], managerId=gid("AccountManager:M-2"))

    again = await give("assignManager", selected, **wanted)

    assert again == {**first, "replayed": True}


async def test_a_version_that_was_seen_is_still_there(
    desk: Graph, give: Give, refuse: Refuse
) -> None:
    wanted = {"accountIds": [A1], "expectedVersion": 1}
    await give("assignManager", "", managerId=gid("AccountManager:M-3"), **wanted)

    wrong = [("VERSION_CONFLICT", "input.expectedVersion")]
    await refuse("assignManager", wrong, managerId=gid("AccountManager:M-2"), **wanted)


async def test_racing_assignments_leave_one_manager_for_each_account(
    desk: Graph, give: Give
) -> None:
    managers = [gid(f"AccountManager:M-{number}") for number in (1, 2, 3)]
    codes: list[str] = []

    async def race(number: int) -> None:
        for turn in range(20):
            accounts = [[A1], [A2], [A2, A1], [A1, A2]][(number + turn) % 4]
            answer = await give(
                "assignManager",
                "",
                accountIds=accounts,
                managerId=managers[(number * 7 + turn) % 3],
                role=("PRIMARY", "BACKUP")[turn % 5 == 0],
            )
            codes.extend(error["code"] for error in answer["userErrors"])

    await asyncio.gather(*(race(number) for number in range(16)))

    held = await current(desk, "MANAGED_BY")
    assert len(held) == len({(row["from"], row["role"]) for row in held}) == 4
    assert set(codes) <= {"ALREADY_EXISTS"}
    [log] = await desk.schema(
        "MATCH (c:Change) WITH c ORDER BY c.sequence RETURN collect(c.sequence) AS numbers"
    )
    assert log["numbers"] == list(range(1, len(log["numbers"]) + 1))


async def test_an_account_moves_to_another_center(desk: Graph, give: Give) -> None:
    answer = await give(
        "assignCenter",
        ACCOUNTS + MADE,
        accountIds=[A1],
        center="electronics",
        basis="HIGHEST_VALUE",
        validFrom="2026-02-02",
    )

    assert answer["userErrors"] == []
    assert answer["accounts"][0]["center"] == {"code": "CEE007"}
    [made] = answer["assignments"]
    assert (made["basis"], made["validFrom"], made["validTo"]) == (
        "HIGHEST_VALUE",
        "2026-02-02",
        None,
    )
    assert [change["kind"] for change in answer["changes"]] == [
        "RELATIONSHIP_ENDED",
        "CENTER_ASSIGNED",
    ]


async def test_an_account_leaves_its_center(desk: Graph, give: Give) -> None:
    answer = await give("assignCenter", ACCOUNTS, accountIds=[A1], eligibility="NOT_ELIGIBLE")

    assert answer["userErrors"] == []
    [account] = answer["accounts"]
    assert (account["center"], account["centerEligibility"]) == (None, "NOT_ELIGIBLE")
    assert sorted(change["kind"] for change in answer["changes"]) == [
        "ACCOUNT_UPDATED",
        "RELATIONSHIP_ENDED",
    ]


CENTERS: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"center": "Nowhere"}, [("NOT_FOUND", "center")]),
    ({"basis": None}, [("REQUIRED", "basis")]),
    ({"eligibility": "PENDING"}, [("INVALID_STATE", "eligibility")]),
    ({"center": None}, [("INVALID_STATE", "basis")]),
    ({"center": "CEE004", "basis": "PREDOMINANT_NUMBER"}, [("ALREADY_EXISTS", "accountIds.0")]),
    ({"accountIds": [A2], "center": None, "basis": None}, [("ALREADY_EXISTS", "accountIds.0")]),
    ({"validFrom": LATER}, [("OUT_OF_RANGE", "validFrom")]),
    ({"validFrom": "2019-01-01"}, [("INTERVAL_CONFLICT", "accountIds.0")]),
    ({"expectedVersion": 7}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"center": "Nowhere", "basis": None}, [("NOT_FOUND", "center"), ("REQUIRED", "basis")]),
]


@pytest.mark.parametrize(("more", "wrong"), CENTERS)
async def test_a_bad_move_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    good = {"accountIds": [A1], "center": "CEE007", "basis": "APPEAL"}
    told = [(code, f"input.{path}") for code, path in wrong]
    await refuse("assignCenter", told, **{**good, **more})


async def test_racing_moves_leave_one_center(desk: Graph, give: Give) -> None:
    async def race(number: int) -> None:
        for turn in range(10):
            center = ("CEE004", "CEE007")[(number + turn) % 2]
            await give(
                "assignCenter", "", accountIds=[A1, A2], center=center, basis="HIGHEST_VALUE"
            )

    await asyncio.gather(*(race(number) for number in range(16)))

    held = await current(desk, "ASSIGNED_TO")
    assert len(held) == len({row["from"] for row in held}) == 2


async def test_a_specialist_joins_a_team(desk: Graph, give: Give, refuse: Refuse) -> None:
    wanted = {"accountIds": [A1], "specialistId": gid("Specialist:S-1"), "topic": "VALUATION"}
    answer = await give("assignSpecialist", ACCOUNTS + MADE, **wanted)

    assert answer["userErrors"] == []
    [made] = answer["assignments"]
    assert (made["topic"], made["validFrom"]) == ({"code": "VALUATION"}, TODAY.isoformat())
    assert (answer["changes"][0]["kind"], answer["accounts"][0]["version"]) == (
        "SPECIALIST_ASSIGNED",
        2,
    )
    await refuse("assignSpecialist", [("ALREADY_EXISTS", "input.accountIds.0")], **wanted)


SPECIALISTS: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"specialistId": gid("AccountManager:M-1")}, [("WRONG_KIND", "specialistId")]),
    ({"specialistId": gid("Specialist:S-0")}, [("NOT_FOUND", "specialistId")]),
    ({"specialistId": gid("Specialist:S-9")}, [("INVALID_STATE", "specialistId")]),
    ({"topic": "MANNERS"}, [("NOT_FOUND", "topic")]),
    ({"validFrom": LATER}, [("OUT_OF_RANGE", "validFrom")]),
    ({"accountIds": [gid("Account:A-9")]}, [("INVALID_STATE", "accountIds.0")]),
    (
        {"specialistId": "nonsense", "topic": "MANNERS"},
        [("INVALID_FORMAT", "specialistId"), ("NOT_FOUND", "topic")],
    ),
]


@pytest.mark.parametrize(("more", "wrong"), SPECIALISTS)
async def test_a_bad_team_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    good = {"accountIds": [A1], "specialistId": gid("Specialist:S-1")}
    told = [(code, f"input.{path}") for code, path in wrong]
    await refuse("assignSpecialist", told, **{**good, **more})


async def test_a_version_of_an_account_says_what_it_said(desk: Graph, give: Give, ask: Ask) -> None:
    before = datetime.now(UTC)
    await give("assignManager", "", accountIds=[A1], managerId=gid("AccountManager:M-3"))
    former = await desk.schema("MATCH (f:Former {of: 'Account:A-1'}) RETURN f.version AS version")

    document = """query ($id: ID!, $at: DateTime!) {
      account(by: {id: $id}, moment: {knownAt: $at}) { version primaryManager { key } }
    }"""
    answer = await ask(document, id=A1, at=before.isoformat())

    assert former == [{"version": 1}]
    assert answer["account"]["primaryManager"]["key"] == gid("AccountManager:M-1")


async def test_many_accounts_are_assigned_at_once(desk: Graph, give: Give) -> None:
    rows = [worlds.account(f"C-{place}", f"Client {place}") for place in range(500)]
    await write(desk, rows, at=worlds.RECORDED)
    accounts = [gid(row.key) for row in rows]

    answer = await give(
        "assignManager",
        "accounts { key } assignments { from { key } }",
        accountIds=accounts,
        managerId=gid("AccountManager:M-3"),
    )

    assert answer["userErrors"] == []
    assert [each["key"] for each in answer["accounts"]] == accounts
    assert [each["from"]["key"] for each in answer["assignments"]] == accounts
    assert len(answer["changes"]) == 500
    assert all(change["relationship"] for change in answer["changes"])


async def test_more_are_too_many(desk: Graph, ask: Ask) -> None:
    document = """mutation ($input: AssignManagerInput!) {
      assignManager(input: $input) { replayed } }"""
    accounts = [gid(f"Account:C-{place}") for place in range(501)]

    await ask(document, "LIMIT_EXCEEDED", input={"accountIds": accounts, "managerId": A1})
