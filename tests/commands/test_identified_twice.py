"""A number of which two sources say that it identifies the account, or one says it twice."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from graph.load.rows import Source
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.account import N1, N2
from tests.commands.conftest import Give, Refuse
from tests.commands.standing import A1
from tests.resolvers.conftest import Ask

CLAIMS = """query ($id: ID!) { node(id: $id) { ... on ImporterNumber {
  relationships(types: [IDENTIFIES], includeFormer: true) {
    nodes { to { key } validFrom validTo source { name } } } } } }"""


@pytest.fixture
async def twice(quay: Graph) -> Graph:
    """N-2 identifies A-1 by the register, and by a list that knows it only since 2022."""
    row = worlds.claim("ImporterNumber:N-2", "IDENTIFIES", "Account:A-1", date(2022, 5, 1))
    listed = replace(row, source=Source("List", "7", retrieved_at=worlds.RECORDED))
    assert (await write(quay, [listed], at=worlds.RECORDED)).refused == []
    return quay


async def claims(ask: Ask) -> set[tuple[str, str, str, str | None]]:
    """Who says of N-2 that it identifies which account, from which day to which."""
    found: list[dict[str, Any]] = (await ask(CLAIMS, id=N2))["node"]["relationships"]["nodes"]
    return {(c["source"]["name"], c["to"]["key"], c["validFrom"], c["validTo"]) for c in found}


async def test_a_number_leaves_whoever_says_that_it_is_in(
    twice: Graph, give: Give, ask: Ask
) -> None:
    given = {"accountId": A1, "importerNumberIds": [N2], "on": "2024-03-01"}
    answer = await give("detachIdentifiers", "", **given)

    assert answer["userErrors"] == []
    assert [each["kind"] for each in answer["changes"]].count("IDENTIFIER_DETACHED") == 2
    assert await claims(ask) == {
        ("Register", A1, "2020-01-01", "2024-03-01"),
        ("List", A1, "2022-05-01", "2024-03-01"),
    }


@pytest.mark.parametrize("command", ["detachIdentifiers", "splitAccount"])
async def test_a_number_that_comes_later_by_another_source_is_told(
    twice: Graph, refuse: Refuse, command: str
) -> None:
    name = {"name": "Part"} if command == "splitAccount" else {}
    given = {"accountId": A1, "importerNumberIds": [N2], "on": "2021-01-01", **name}

    wrong = [("INTERVAL_CONFLICT", "input.importerNumberIds.0")]
    await refuse(command, wrong, **given)


async def test_a_number_that_came_back_on_an_earlier_day_leaves_again(
    quay: Graph, give: Give, ask: Ask
) -> None:
    given = {"accountId": A1, "importerNumberIds": [N2]}
    for command, on in (
        ("detachIdentifiers", "2025-07-01"),
        ("attachIdentifiers", "2024-05-01"),  # so both say it from then on to July
        ("detachIdentifiers", "2025-02-01"),
    ):
        answer = await give(command, "", **given, on=on)
        assert answer["userErrors"] == []

    assert await claims(ask) == {
        ("Register", A1, "2020-01-01", "2025-02-01"),
        ("Account Graph", A1, "2024-05-01", "2025-02-01"),
    }


async def test_a_number_goes_with_a_split_whoever_says_that_it_is_in(
    twice: Graph, give: Give, ask: Ask
) -> None:
    given = {"accountId": A1, "importerNumberIds": [N2], "name": "Part", "on": "2024-03-01"}
    answer = await give("splitAccount", "account { key }", **given)

    assert answer["userErrors"] == []
    assert await claims(ask) == {
        ("Register", A1, "2020-01-01", "2024-03-01"),
        ("List", A1, "2022-05-01", "2024-03-01"),
        ("Account Graph", answer["account"]["key"], "2024-03-01", None),
    }


async def test_each_source_goes_on_saying_it_after_a_merger_and_none_says_it_twice(
    twice: Graph, give: Give, ask: Ask
) -> None:
    row = worlds.claim("ImporterNumber:N-2", "IDENTIFIES", "Account:A-1", date(2021, 1, 1))
    again = replace(row, source=Source("List", "8", retrieved_at=worlds.RECORDED))
    assert (await write(twice, [again], at=worlds.RECORDED)).refused == []
    opened = await give(
        "openAccount", "account { key }", kind="IMPORTER", name="Buyer",
        importerNumbers=["71-000001000"], openedOn="2020-01-01",
    )  # fmt: skip
    buyer = opened["account"]["key"]

    answer = await give("mergeAccounts", "", intoId=buyer, fromIds=[A1], on="2024-03-01")

    assert answer["userErrors"] == []
    assert await claims(ask) == {
        ("Register", A1, "2020-01-01", "2024-03-01"),
        ("List", A1, "2021-01-01", "2024-03-01"),
        ("List", A1, "2022-05-01", "2024-03-01"),
        ("Register", buyer, "2024-03-01", None),
        ("List", buyer, "2024-03-01", None),
    }


async def test_an_account_keeps_a_number_of_its_own_however_often_another_is_said(
    twice: Graph, refuse: Refuse
) -> None:
    wrong = [("ACCOUNT_NEEDS_IDENTIFIER", "input.importerNumberIds")]
    given = {"accountId": A1, "importerNumberIds": [N1, N2]}
    await refuse("detachIdentifiers", wrong, **given, on="2024-03-01")
