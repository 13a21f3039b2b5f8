"""Accounts opened, changed and closed, and what identifies them."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.resolvers.conftest import Ask

SELECTED = """account {
  id key name status national openedOn closedOn version
  primaryManager { key } center { code }
  ... on ImporterAccount { importerNumbers { nodes { key display } } filerCodes { nodes { code } } }
  ... on BrokerAccount { licenseNumber filerCodes { nodes { code } } }
}"""
TODAY = datetime.now(UTC).date()
LATER = (TODAY + timedelta(2)).isoformat()
A1 = gid("Account:A-1")
N1, N2, N3 = (gid(f"ImporterNumber:N-{number}") for number in (1, 2, 3))
OPENING = {
    "kind": "IMPORTER",
    "name": "Quay Goods",
    "importerNumbers": ["61-234567800", "061234-12345"],
    "national": True,
    "primaryManagerId": gid("AccountManager:M-1"),
    "center": "Electronics",
    "openedOn": "2026-01-05",
}


@pytest.fixture
async def quay(harbor: Graph, key: IdentifierKey) -> Graph:
    """The harbor with a free number, a broker, a closed account and a participation."""
    part: dict[str, object] = {"status": "SUSPENDED"}
    rows: list[worlds.Row] = [
        worlds.number(key, "N-3", "12-3456789AD"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.account("B-1", "Broker", "Broker"),
        worlds.code("ABC"),
        worlds.manager("M-9", "U. Dogwood", active=False),
        worlds.center("CEE007", "Electronics"),
        NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), part),
        worlds.claim("FilerCode:ABC", "IDENTIFIES", "Account:B-1"),
        worlds.claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:I-1"),
        worlds.claim("IsaParticipation:I-1", "COVERS", "ImporterNumber:N-2"),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


async def activate(graph: Graph) -> None:
    """Make the participation an active one."""
    part: dict[str, object] = {"status": "ACTIVE"}
    row = NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), part)
    await write(graph, [row], at=datetime.now(UTC))


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
    assert answer["account"]["openedOn"] == TODAY.isoformat()


BAD: list[tuple[dict[str, object], list[Wrong]]] = [
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


@pytest.mark.parametrize(("more", "wrong"), BAD)
async def test_a_bad_opening_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    told = [(code, f"input.{path}") for code, path in wrong]
    await refuse("openAccount", told, **{**OPENING, **more})


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


async def test_an_account_is_changed(quay: Graph, give: Give, ask: Ask) -> None:
    answer = await give(
        "updateAccount",
        SELECTED,
        id=A1,
        name="Harbor Fabrics",
        status="SUSPENDED",
        expectedVersion=1,
        reason="Merger",
    )

    assert answer["userErrors"] == []
    account = answer["account"]
    assert (account["name"], account["status"], account["version"]) == (
        "Harbor Fabrics",
        "SUSPENDED",
        2,
    )
    [change] = answer["changes"]
    assert (change["kind"], change["reason"]) == ("ACCOUNT_UPDATED", "Merger")
    assert change["properties"] == [
        {"property": "name", "before": "Harbor Textiles", "after": "Harbor Fabrics"},
        {"property": "status", "before": "ACTIVE", "after": "SUSPENDED"},
    ]
    found = await ask('{ search(text: "fabrics") { edges { matched node { id } } } }')
    assert [edge["node"]["id"] for edge in found["search"]["edges"]] == [account["id"]]


async def test_what_changes_nothing_writes_nothing(quay: Graph, give: Give) -> None:
    answer = await give("updateAccount", SELECTED, id=A1, name="Harbor Textiles")

    assert (answer["userErrors"], answer["changes"], answer["cursor"]) == ([], [], None)
    assert answer["account"]["version"] == 1


CHANGES: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": N1}, [("WRONG_KIND", "id")]),
    ({"id": gid("Account:A-0")}, [("NOT_FOUND", "id")]),
    ({"id": gid("Account:A-9")}, [("INVALID_STATE", "id")]),
    ({"name": None}, [("REQUIRED", "name")]),
    ({"status": "CLOSED"}, [("INVALID_STATE", "status")]),
    ({"status": None, "national": None}, [("REQUIRED", "status"), ("REQUIRED", "national")]),
    ({"licenseNumber": "12"}, [("INVALID_FORMAT", "licenseNumber")]),
    ({"id": gid("Account:B-1"), "licenseNumber": "A1"}, [("INVALID_FORMAT", "licenseNumber")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@pytest.mark.parametrize(("more", "wrong"), CHANGES)
async def test_a_bad_change_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    told = [(code, f"input.{path}") for code, path in wrong]
    await refuse("updateAccount", told, **{"id": A1, "name": "Other", **more})


async def test_a_closed_account_leaves_nothing_open(quay: Graph, give: Give) -> None:
    answer = await give("closeAccount", SELECTED, id=A1, validTo="2026-03-01", reason="Gone")

    assert answer["userErrors"] == []
    account = answer["account"]
    assert (account["status"], account["closedOn"]) == ("CLOSED", "2026-03-01")
    assert (account["primaryManager"], account["center"]) == (None, None)
    kinds = sorted(change["kind"] for change in answer["changes"])
    assert kinds == ["ACCOUNT_CLOSED", *["IDENTIFIER_DETACHED"] * 2, *["RELATIONSHIP_ENDED"] * 3]
    other = await give(
        "openAccount", "", kind="IMPORTER", name="New", importerNumbers=["12-3456789AB"]
    )
    assert other["userErrors"] == []


CLOSINGS: list[tuple[dict[str, object], list[Wrong]]] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Party:O-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("Account:A-9")}, [("INVALID_STATE", "id")]),
    ({"validTo": LATER}, [("OUT_OF_RANGE", "validTo")]),
    ({"validTo": "2020-01-01"}, [("INTERVAL_CONFLICT", "validTo")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@pytest.mark.parametrize(("more", "wrong"), CLOSINGS)
async def test_a_bad_closing_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    told = [(code, f"input.{path}") for code, path in wrong]
    await refuse("closeAccount", told, **{"id": A1, **more})


async def test_an_active_participant_is_not_closed(quay: Graph, refuse: Refuse) -> None:
    await activate(quay)

    await refuse("closeAccount", [("INVALID_STATE", "input.id")], id=A1)


async def numbers(ask: Ask) -> list[str]:
    """The numbers of A-1 today."""
    document = """query ($id: ID!) { account(by: {id: $id}) {
      ... on ImporterAccount { importerNumbers { nodes { key } } } } }"""
    nodes = (await ask(document, id=A1))["account"]["importerNumbers"]["nodes"]
    return sorted(node["key"] for node in nodes)


async def test_a_number_joins_and_leaves_a_group(quay: Graph, give: Give, ask: Ask) -> None:
    joined = await give("attachIdentifiers", SELECTED, accountId=A1, importerNumberIds=[N3])
    assert (joined["userErrors"], joined["account"]["version"]) == ([], 2)
    assert [change["kind"] for change in joined["changes"]] == ["IDENTIFIER_ATTACHED"]
    assert await numbers(ask) == sorted([N1, N2, N3])

    left = await give(
        "detachIdentifiers",
        SELECTED,
        accountId=A1,
        importerNumberIds=[N2],
        on="2026-02-01",
        expectedVersion=2,
    )

    assert left["userErrors"] == []
    assert sorted(change["kind"] for change in left["changes"]) == [
        "IDENTIFIER_DETACHED",
        "RELATIONSHIP_ENDED",
    ]
    assert await numbers(ask) == sorted([N1, N3])


GROUPS: list[tuple[str, dict[str, object], list[Wrong]]] = [
    ("attach", {"accountId": "nonsense"}, [("INVALID_FORMAT", "accountId")]),
    ("attach", {"accountId": gid("Account:A-9")}, [("INVALID_STATE", "accountId")]),
    ("attach", {"importerNumberIds": []}, [("REQUIRED", "importerNumberIds")]),
    ("attach", {"importerNumberIds": [N1]}, [("ALREADY_EXISTS", "importerNumberIds.0")]),
    ("attach", {"importerNumberIds": [N3, N3]}, [("ALREADY_EXISTS", "importerNumberIds.1")]),
    ("attach", {"importerNumberIds": [A1]}, [("WRONG_KIND", "importerNumberIds.0")]),
    (
        "attach",
        {"filerCodeIds": [gid("FilerCode:ABC")]},
        [("IDENTIFIER_IN_USE", "filerCodeIds.0")],
    ),
    ("attach", {"on": LATER}, [("OUT_OF_RANGE", "on")]),
    ("attach", {"on": "2019-01-01"}, [("INTERVAL_CONFLICT", "on")]),
    ("attach", {"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
    ("detach", {"accountId": gid("Party:O-1")}, [("WRONG_KIND", "accountId")]),
    ("detach", {}, [("INVALID_STATE", "importerNumberIds.0")]),
    (
        "detach",
        {"importerNumberIds": [N1, N2]},
        [("ACCOUNT_NEEDS_IDENTIFIER", "importerNumberIds")],
    ),
    (
        "detach",
        {"importerNumberIds": [gid("ImporterNumber:N-0")]},
        [("NOT_FOUND", "importerNumberIds.0")],
    ),
    (
        "detach",
        {"importerNumberIds": [N1], "on": LATER},
        [("OUT_OF_RANGE", "on")],
    ),
]


@pytest.mark.parametrize(("what", "more", "wrong"), GROUPS)
async def test_a_bad_grouping_is_refused(
    quay: Graph, refuse: Refuse, what: str, more: dict[str, Any], wrong: list[Wrong]
) -> None:
    told = [(code, f"input.{path}") for code, path in wrong]
    given = {"accountId": A1, "importerNumberIds": [N3], **more}
    await refuse(f"{what}Identifiers", told, **given)


async def test_a_number_that_an_active_participation_covers_stays(
    quay: Graph, refuse: Refuse
) -> None:
    await activate(quay)

    wrong = [("NUMBER_NOT_IN_ACCOUNT", "input.importerNumberIds.0")]
    await refuse("detachIdentifiers", wrong, accountId=A1, importerNumberIds=[N2])


async def test_racers_leave_an_account_one_number(quay: Graph, give: Give, ask: Ask) -> None:
    async def leave(number: str) -> list[str]:
        answer = await give("detachIdentifiers", "", accountId=A1, importerNumberIds=[number])
        return [error["code"] for error in answer["userErrors"]]

    codes = await asyncio.gather(*(leave(number) for number in (N1, N2) * 8))

    assert codes.count([]) == 1
    assert len(await numbers(ask)) == 1


async def test_a_free_number_goes_to_one_account(quay: Graph, give: Give) -> None:
    opened = [
        await give(
            "openAccount",
            "account { key }",
            kind="IMPORTER",
            name=f"Racer {place}",
            importerNumbers=[f"71-00000{place}00"],
        )
        for place in range(10, 14)
    ]
    accounts = [answer["account"]["key"] for answer in opened]

    answers = await asyncio.gather(
        *(
            give("attachIdentifiers", "", accountId=account, importerNumberIds=[N3])
            for account in accounts * 4
        )
    )

    codes = sorted([error["code"] for error in answer["userErrors"]] for answer in answers)
    assert codes == [[], *[["ALREADY_EXISTS"]] * 3, *[["IDENTIFIER_IN_USE"]] * 12]
