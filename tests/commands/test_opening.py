"""Accounts opened, with what identifies them."""

import asyncio

from graph.session import Graph
from tests.commands.account import SELECTED
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.commands.standing import A1
from tests.days import LATER, today
from tests.resolvers.conftest import Ask

OPENING = {
    "kind": "IMPORTER",
    "name": "Quay Goods",
    "importerNumbers": ["61-234567800", "061234-12345"],
    "national": True,
    "primaryManagerId": gid("AccountManager:M-1"),
    "center": "Electronics",
    "openedOn": "2026-01-05",
}


async def test_an_account_is_opened_with_its_numbers(quay: Graph, give: Give) -> None:
    answer = await give("openAccount", SELECTED, **OPENING, reason="Application")

    assert answer["userErrors"] == []
    account = answer["account"]
    numbers = account.pop("importerNumbers")["nodes"]
    assert account == {
        "id": account["id"],
        "key": account["id"],
        "name": "Quay Goods",
        "status": "ACTIVE",
        "national": True,
        "openedOn": "2026-01-05",
        "closedOn": None,
        "version": 1,
        "primaryManager": {"key": gid("AccountManager:M-1")},
        "center": {"code": "CEE007"},
        "filerCodes": {"nodes": []},
    }
    assert sorted(number["display"] for number in numbers) == ["061234-12345", "61-234567800"]
    kinds = [change["kind"] for change in answer["changes"]]
    assert kinds == [
        "ACCOUNT_OPENED",
        "IDENTIFIER_SAVED",
        "IDENTIFIER_SAVED",
        "IDENTIFIER_ATTACHED",
        "IDENTIFIER_ATTACHED",
        "MANAGER_ASSIGNED",
        "CENTER_ASSIGNED",
    ]
    assert {(c["actor"], c["reason"]) for c in answer["changes"]} == {
        ("Development viewer", "Application")
    }
    assert {c["account"]["key"] for c in answer["changes"]} == {account["key"]}


async def test_a_broker_is_opened_with_its_code(quay: Graph, give: Give) -> None:
    answer = await give(
        "openAccount",
        SELECTED,
        kind="BROKER",
        name="Pier Brokers",
        filerCodes=["xyz"],
        licenseNumber="12345",
    )

    assert answer["userErrors"] == []
    assert answer["account"]["licenseNumber"] == "12345"
    assert answer["account"]["filerCodes"]["nodes"] == [{"code": "XYZ"}]
    assert answer["account"]["openedOn"] == today().isoformat()


BAD: list[Case] = [
    ({"name": " "}, [("REQUIRED", "name")]),
    ({"name": "x" * 201}, [("OUT_OF_RANGE", "name")]),
    ({"importerNumbers": []}, [("ACCOUNT_NEEDS_IDENTIFIER", "importerNumbers")]),
    ({"importerNumbers": ["12-3456789OI"]}, [("INVALID_FORMAT", "importerNumbers.0")]),
    ({"importerNumbers": ["219-09-9999"]}, [("INVALID_FORMAT", "importerNumbers.0")]),
    (
        {"importerNumbers": ["61-2345678", "61-234567800"]},
        [("ALREADY_EXISTS", "importerNumbers.1")],
    ),
    (
        {"importerNumbers": ["61-234567800", "12-3456789AB"]},
        [("IDENTIFIER_IN_USE", "importerNumbers.1")],
    ),
    ({"filerCodes": ["ABC"]}, [("IDENTIFIER_IN_USE", "filerCodes.0")]),
    ({"filerCodes": ["000"]}, [("INVALID_FORMAT", "filerCodes.0")]),
    ({"licenseNumber": "12345"}, [("INVALID_FORMAT", "licenseNumber")]),
    ({"primaryManagerId": gid("AccountManager:M-9")}, [("MANAGER_INACTIVE", "primaryManagerId")]),
    ({"primaryManagerId": gid("AccountManager:M-0")}, [("NOT_FOUND", "primaryManagerId")]),
    ({"center": "Nowhere"}, [("NOT_FOUND", "center")]),
    ({"openedOn": LATER}, [("OUT_OF_RANGE", "openedOn")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    ({"kind": "BROKER"}, [("ACCOUNT_NEEDS_IDENTIFIER", "filerCodes")]),
    (
        {"name": "", "importerNumbers": ["1"], "center": "Nowhere", "openedOn": LATER},
        [
            ("REQUIRED", "name"),
            ("INVALID_FORMAT", "importerNumbers.0"),
            ("NOT_FOUND", "center"),
            ("OUT_OF_RANGE", "openedOn"),
        ],
    ),
]


@cases("openAccount", BAD)
async def test_a_bad_opening_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("openAccount", told(wrong), **{**OPENING, **more})


async def test_no_message_repeats_a_number(quay: Graph, give: Give) -> None:
    answer = await give("openAccount", "", **{**OPENING, "importerNumbers": ["219-09-9999"]})

    assert "9999" not in str(answer)


async def test_a_repeat_opens_no_second_account(quay: Graph, give: Give) -> None:
    first, again = [
        await give("openAccount", SELECTED, **OPENING, idempotencyKey="K") for _ in range(2)
    ]

    assert again == {**first, "replayed": True}


async def test_a_new_number_goes_to_the_first_of_racers(quay: Graph, give: Give) -> None:
    answers = await asyncio.gather(*(give("openAccount", "", **OPENING) for _ in range(16)))

    codes = [sorted({error["code"] for error in answer["userErrors"]}) for answer in answers]
    assert sorted(codes) == [[]] + [["IDENTIFIER_IN_USE"]] * 15


async def numbers(ask: Ask) -> list[str]:
    """The numbers of A-1 today."""
    document = """query ($id: ID!) { account(by: {id: $id}) {
      ... on ImporterAccount { importerNumbers { nodes { key } } } } }"""
    nodes = (await ask(document, id=A1))["account"]["importerNumbers"]["nodes"]
    return sorted(node["key"] for node in nodes)
