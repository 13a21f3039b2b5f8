"""Identifiers that join and leave an account's group."""

import asyncio
from typing import Any

from graph.session import Graph
from tests.commands.account import N1, N2, N3, SELECTED, activate
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, Wrong, gid
from tests.commands.standing import A1
from tests.days import LATER
from tests.resolvers.conftest import Ask


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


JOINS: list[Case] = [
    ({"accountId": "nonsense"}, [("INVALID_FORMAT", "accountId")]),
    ({"accountId": gid("Account:A-9")}, [("INVALID_STATE", "accountId")]),
    ({"importerNumberIds": []}, [("REQUIRED", "importerNumberIds")]),
    ({"importerNumberIds": [N1]}, [("ALREADY_EXISTS", "importerNumberIds.0")]),
    ({"importerNumberIds": [N3, N3]}, [("ALREADY_EXISTS", "importerNumberIds.1")]),
    ({"importerNumberIds": [A1]}, [("WRONG_KIND", "importerNumberIds.0")]),
    ({"filerCodeIds": [gid("FilerCode:ABC")]}, [("IDENTIFIER_IN_USE", "filerCodeIds.0")]),
    ({"on": LATER}, [("OUT_OF_RANGE", "on")]),
    ({"on": "2019-01-01"}, [("INTERVAL_CONFLICT", "on")]),
    ({"expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@cases("attachIdentifiers", JOINS)
async def test_a_bad_joining_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, Any], wrong: list[Wrong]
) -> None:
    given = {"accountId": A1, "importerNumberIds": [N3], **more}
    await refuse("attachIdentifiers", told(wrong), **given)


LEAVES: list[Case] = [
    ({"accountId": gid("Party:O-1")}, [("WRONG_KIND", "accountId")]),
    ({}, [("INVALID_STATE", "importerNumberIds.0")]),
    ({"importerNumberIds": [N1, N2]}, [("ACCOUNT_NEEDS_IDENTIFIER", "importerNumberIds")]),
    ({"importerNumberIds": [gid("ImporterNumber:N-0")]}, [("NOT_FOUND", "importerNumberIds.0")]),
    ({"importerNumberIds": [N1], "on": LATER}, [("OUT_OF_RANGE", "on")]),
    ({"importerNumberIds": [], "filerCodeIds": [N1]}, [("WRONG_KIND", "filerCodeIds.0")]),
    (
        {"importerNumberIds": [N1], "filerCodeIds": [gid("FilerCode:ABC")]},
        [("INVALID_STATE", "filerCodeIds.0")],
    ),
    ({"importerNumberIds": [N1], "expectedVersion": 3}, [("VERSION_CONFLICT", "expectedVersion")]),
]


@cases("detachIdentifiers", LEAVES)
async def test_a_bad_leaving_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, Any], wrong: list[Wrong]
) -> None:
    given = {"accountId": A1, "importerNumberIds": [N3], **more}
    await refuse("detachIdentifiers", told(wrong), **given)


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
