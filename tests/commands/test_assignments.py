"""Accounts given to managers."""

import asyncio
from datetime import UTC, datetime

from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.commands.standing import A1, A2, ACCOUNTS, MADE, current
from tests.days import LATER, today
from tests.resolvers.conftest import Ask


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
        ("AccountManager:M-3", today().isoformat())
    ]


BAD: list[Case] = [
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
    (
        {"accountIds": ["nonsense", A1, A1], "managerId": gid("AccountManager:M-1")},
        [
            ("INVALID_FORMAT", "accountIds.0"),
            ("ALREADY_EXISTS", "accountIds.1"),
            ("ALREADY_EXISTS", "accountIds.2"),
        ],
    ),
]


@cases("assignManager", BAD)
async def test_a_bad_assignment_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    good = {"accountIds": [A1], "managerId": gid("AccountManager:M-3")}
    await refuse("assignManager", told(wrong), **{**good, **more})


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
      assignManager(input: $input) { userErrors { code path } } }"""
    accounts = [gid(f"Account:C-{place}") for place in range(1001)]
    given = {"managerId": gid("AccountManager:M-3")}

    answer = await ask(document, input={"accountIds": accounts[:501], **given})

    errors = answer["assignManager"]["userErrors"]
    assert {"code": "OUT_OF_RANGE", "path": ["input", "accountIds"]} in errors
    await ask(document, "LIMIT_EXCEEDED", input={"accountIds": accounts, **given})
