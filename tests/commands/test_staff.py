"""Managers and specialists registered and changed."""

import asyncio

import pytest

from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.days import LATER

STAFF = """staff {
  id __typename name email phone active version
  ... on AccountManager { national center { code } }
  ... on Specialist { discipline { code } }
}"""
NEW = {"name": "V. Elm", "email": "v.elm@cbp.example", "phone": "312 555 0123", "center": "CEE004"}
M1 = gid("AccountManager:M-1")


@pytest.fixture
async def desk(harbor: Graph) -> Graph:
    """The harbor with another Center and a discipline."""
    rows: list[worlds.Row] = [
        worlds.center("CEE007", "Electronics"),
        *(
            NodeRow("Discipline", code, ("Discipline",), {"code": code, "name": code})
            for code in ("IMPORT_SPECIALIST", "LABORATORY")
        ),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def participate(graph: Graph) -> None:
    """Make A-1 an ISA participant, whose primary manager is M-1."""
    part: dict[str, object] = {"status": "ACTIVE"}
    rows: list[worlds.Row] = [
        NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), part),
        worlds.claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:I-1"),
    ]
    await write(graph, rows, at=worlds.RECORDED)


async def test_a_manager_is_registered_and_moves(desk: Graph, give: Give) -> None:
    first = await give("saveAccountManager", STAFF, **NEW, national=True, reason="New")

    assert first["userErrors"] == []
    person = first["staff"]
    assert person == {
        "id": person["id"],
        "__typename": "AccountManager",
        "name": "V. Elm",
        "email": "v.elm@cbp.example",
        "phone": "+13125550123",
        "active": True,
        "version": 1,
        "national": True,
        "center": {"code": "CEE004"},
    }
    assert [change["kind"] for change in first["changes"]] == [
        "STAFF_SAVED",
        "RELATIONSHIP_RECORDED",
    ]

    moved = await give("saveAccountManager", STAFF, id=M1, center="Electronics", on="2026-01-05")

    assert moved["userErrors"] == []
    assert moved["staff"]["center"] == {"code": "CEE007"}
    assert [change["kind"] for change in moved["changes"]] == [
        "RELATIONSHIP_ENDED",
        "RELATIONSHIP_RECORDED",
    ]


MANAGERS: list[Case] = [
    ({"name": None}, [("REQUIRED", "name")]),
    ({"email": "elm"}, [("INVALID_FORMAT", "email")]),
    ({"email": "219-09-9999@cbp.example"}, [("INVALID_FORMAT", "email")]),
    ({"phone": "12"}, [("INVALID_FORMAT", "phone")]),
    ({"center": None}, [("MANAGER_NEEDS_CENTER", "center")]),
    ({"center": "Nowhere"}, [("NOT_FOUND", "center")]),
    ({"active": None}, [("REQUIRED", "active")]),
    ({"national": None}, [("REQUIRED", "national")]),
    ({"on": LATER}, [("OUT_OF_RANGE", "on")]),
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Account:A-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("AccountManager:M-0")}, [("NOT_FOUND", "id")]),
    ({"id": M1, "center": None}, [("MANAGER_NEEDS_CENTER", "center")]),
    ({"id": M1, "expectedVersion": 4}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"name": "", "email": "elm", "phone": "1", "on": LATER},
        [
            ("REQUIRED", "name"),
            ("INVALID_FORMAT", "email"),
            ("INVALID_FORMAT", "phone"),
            ("OUT_OF_RANGE", "on"),
        ],
    ),
]


@cases("saveAccountManager", MANAGERS)
async def test_a_bad_manager_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("saveAccountManager", told(wrong), **{**NEW, **more})


async def test_who_has_participants_does_not_leave(desk: Graph, give: Give, refuse: Refuse) -> None:
    await participate(desk)
    wrong = [("ISA_NEEDS_MANAGER", "input.active")]
    await refuse("saveAccountManager", wrong, id=M1, active=False)
    await give(
        "assignManager",
        "",
        accountIds=[gid("Account:A-1")],
        managerId=gid("AccountManager:M-2"),
    )

    left = await give("saveAccountManager", STAFF, id=M1, active=False)

    assert (left["userErrors"], left["staff"]["active"]) == ([], False)


async def test_racing_leavers_and_assigners_leave_no_participant_alone(
    desk: Graph, give: Give
) -> None:
    await participate(desk)
    managers = [M1, gid("AccountManager:M-2")]

    async def race(number: int) -> None:
        for turn in range(10):
            manager = managers[(number + turn) % 2]
            if (number + turn // 2) % 2:
                await give("saveAccountManager", "", id=manager, active=turn % 3 > 0)
            else:
                account = gid("Account:A-1")
                await give("assignManager", "", accountIds=[account], managerId=manager)

    await asyncio.gather(*(race(number) for number in range(16)))

    held = await desk.schema(
        "MATCH (:Account {key: 'Account:A-1'})-[c:MANAGED_BY {role: 'PRIMARY'}]->(m)"
        " WHERE c.recordedTo.year = 9999 AND c.validFrom <= date() AND date() < c.validTo"
        " RETURN m.active AS active"
    )
    assert held == [{"active": True}]


async def test_a_repeat_registers_nobody_else(desk: Graph, give: Give) -> None:
    first, again = [
        await give("saveAccountManager", STAFF, **NEW, idempotencyKey="K") for _ in range(2)
    ]

    assert again == {**first, "replayed": True}


async def test_a_specialist_is_registered_and_changes_discipline(desk: Graph, give: Give) -> None:
    first = await give("saveSpecialist", STAFF, name="W. Fir", discipline="import_specialist")
    assert first["userErrors"] == []
    assert first["staff"]["discipline"] == {"code": "IMPORT_SPECIALIST"}

    second = await give("saveSpecialist", STAFF, id=first["staff"]["id"], discipline="LABORATORY")

    assert second["userErrors"] == []
    assert second["staff"]["discipline"] == {"code": "LABORATORY"}


SPECIALISTS: list[Case] = [
    ({"name": " "}, [("REQUIRED", "name")]),
    ({"discipline": None}, [("REQUIRED", "discipline")]),
    ({"discipline": "MANNERS"}, [("NOT_FOUND", "discipline")]),
    ({"center": "Nowhere"}, [("NOT_FOUND", "center")]),
    ({"email": "fir"}, [("INVALID_FORMAT", "email")]),
    ({"phone": "12"}, [("INVALID_FORMAT", "phone")]),
    ({"active": None}, [("REQUIRED", "active")]),
    ({"id": M1}, [("WRONG_KIND", "id")]),
    ({"id": gid("Specialist:S-0")}, [("NOT_FOUND", "id")]),
    ({"expectedVersion": 2}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@cases("saveSpecialist", SPECIALISTS)
async def test_a_bad_specialist_is_refused(
    desk: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse(
        "saveSpecialist", told(wrong), **{"name": "W. Fir", "discipline": "LABORATORY", **more}
    )
