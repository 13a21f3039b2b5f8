"""Accounts changed and closed."""

from graph.session import Graph
from tests.commands.account import N1, SELECTED, activate
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.commands.standing import A1
from tests.days import LATER
from tests.resolvers.conftest import Ask


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


CHANGES: list[Case] = [
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


@cases("updateAccount", CHANGES)
async def test_a_bad_change_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("updateAccount", told(wrong), **{"id": A1, "name": "Other", **more})


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


CLOSINGS: list[Case] = [
    ({"id": "nonsense"}, [("INVALID_FORMAT", "id")]),
    ({"id": gid("Party:O-1")}, [("WRONG_KIND", "id")]),
    ({"id": gid("Account:A-9")}, [("INVALID_STATE", "id")]),
    ({"validTo": LATER}, [("OUT_OF_RANGE", "validTo")]),
    ({"validTo": "2020-01-01"}, [("INTERVAL_CONFLICT", "validTo")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@cases("closeAccount", CLOSINGS)
async def test_a_bad_closing_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[Wrong]
) -> None:
    await refuse("closeAccount", told(wrong), **{"id": A1, **more})


async def test_an_active_participant_is_not_closed(quay: Graph, refuse: Refuse) -> None:
    await activate(quay)

    await refuse("closeAccount", [("INVALID_STATE", "input.id")], id=A1)


async def test_all_that_keeps_an_account_open_is_told_at_once(
    quay: Graph, give: Give, refuse: Refuse
) -> None:
    await give("assignManager", "", accountIds=[A1], managerId=gid("AccountManager:M-2"))
    await activate(quay)

    wrong = [("INVALID_STATE", "input.id"), ("INTERVAL_CONFLICT", "input.validTo")]
    await refuse("closeAccount", wrong, id=A1, validTo="2026-03-01")
