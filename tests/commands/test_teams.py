"""Accounts given to Centers and specialists."""

import asyncio

from graph.session import Graph
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.commands.standing import A1, A2, ACCOUNTS, MADE, current
from tests.days import LATER, today


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


CENTERS: list[Case] = [
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
    (
        {"accountIds": ["nonsense", A1], "basis": None, "validFrom": "2019-01-01"},
        [
            ("INVALID_FORMAT", "accountIds.0"),
            ("INTERVAL_CONFLICT", "accountIds.1"),
            ("REQUIRED", "basis"),
        ],
    ),
]


@cases("assignCenter", CENTERS)
async def test_a_bad_move_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    good = {"accountIds": [A1], "center": "CEE007", "basis": "APPEAL"}
    await refuse("assignCenter", told(wrong), **{**good, **more})


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
    assert (made["topic"], made["validFrom"]) == ({"code": "VALUATION"}, today().isoformat())
    assert (answer["changes"][0]["kind"], answer["accounts"][0]["version"]) == (
        "SPECIALIST_ASSIGNED",
        2,
    )
    again = {**wanted, "accountIds": [A1, "nonsense"], "validFrom": LATER}
    wrong = [
        ("ALREADY_EXISTS", "input.accountIds.0"),
        ("INVALID_FORMAT", "input.accountIds.1"),
        ("OUT_OF_RANGE", "input.validFrom"),
    ]
    await refuse("assignSpecialist", wrong, **again)


SPECIALISTS: list[Case] = [
    ({"specialistId": gid("AccountManager:M-1")}, [("WRONG_KIND", "specialistId")]),
    ({"specialistId": gid("Specialist:S-0")}, [("NOT_FOUND", "specialistId")]),
    ({"specialistId": gid("Specialist:S-9")}, [("INVALID_STATE", "specialistId")]),
    ({"topic": "MANNERS"}, [("NOT_FOUND", "topic")]),
    ({"validFrom": LATER}, [("OUT_OF_RANGE", "validFrom")]),
    ({"accountIds": [gid("Account:A-9")]}, [("INVALID_STATE", "accountIds.0")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"specialistId": "nonsense", "topic": "MANNERS"},
        [("INVALID_FORMAT", "specialistId"), ("NOT_FOUND", "topic")],
    ),
]


@cases("assignSpecialist", SPECIALISTS)
async def test_a_bad_team_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    good = {"accountIds": [A1], "specialistId": gid("Specialist:S-1")}
    await refuse("assignSpecialist", told(wrong), **{**good, **more})
