"""Accounts divided: what moves, what goes along, what stays, and what is still known of before."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import cases, told
from tests.commands.conftest import Give, Refuse, gid
from tests.commands.splits import A1, B1, GOOD, N1, N2, SPLITS, XYZ
from tests.resolvers.conftest import Ask

ACCOUNT = """key name status national openedOn version flags { key }
  primaryManager { key } managers(role: BACKUP) { nodes { key } } center { code }
  issues { nodes { key } }
  ... on ImporterAccount { importerNumbers { nodes { key } } }"""


@pytest.fixture
async def quay(harbor: Graph, key: IdentifierKey) -> Graph:
    """The harbor with a broker of two codes, a flag, an issue, a team and a participation."""
    rows: list[worlds.Row] = [
        worlds.number(key, "N-3", "12-3456789AD"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.account("B-1", "Pier Brokers", "Broker", licenseNumber="123"),
        worlds.code("ABC"),
        worlds.code("XYZ"),
        NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), {"status": "SUSPENDED"}),
        NodeRow("Issue", "IS-1", ("Issue",), issue()),
        NodeRow("RiskFlag", "F-1", ("RiskFlag",), flag()),
        NodeRow("Specialist", "S-1", ("Specialist",), {"name": "Anna", "active": True}),
        worlds.claim("FilerCode:ABC", "IDENTIFIES", "Account:B-1"),
        worlds.claim("FilerCode:XYZ", "IDENTIFIES", "Account:B-1"),
        worlds.claim("ImporterNumber:N-3", "IDENTIFIES", "Account:B-1"),
        worlds.claim("Account:A-1", "GRANTED_POA", "Account:B-1"),
        worlds.claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:I-1"),
        worlds.claim("IsaParticipation:I-1", "COVERS", "ImporterNumber:N-1"),
        worlds.claim("IsaParticipation:I-1", "COVERS", "ImporterNumber:N-2"),
        worlds.claim("Issue:IS-1", "CONCERNS", "Account:A-1"),
        worlds.claim("RiskFlag:F-1", "FLAGS", "Account:A-1"),
        worlds.claim("Specialist:S-1", "SERVES", "Account:A-1"),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


def issue() -> dict[str, object]:
    return {
        "purpose": "COMPLIANCE",
        "title": "Origin",
        "status": "OPEN",
        "openedOn": worlds.SINCE,
    }


def flag() -> dict[str, object]:
    return {"kind": "PENALTY", "severity": 0.4, "raisedOn": worlds.SINCE}


async def participate(graph: Graph) -> None:
    """Make the participation an active one."""
    row = NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), {"status": "ACTIVE"})
    await write(graph, [row], at=datetime.now(UTC))


async def test_some_numbers_become_an_account_of_their_own(
    quay: Graph, give: Give, ask: Ask
) -> None:
    answer = await give("splitAccount", f"account {{ {ACCOUNT} }}", **GOOD, reason="Sold")

    assert answer["userErrors"] == []
    new = answer["account"]
    assert new == {
        "key": new["key"],
        "name": "Harbor Footwear",
        "status": "ACTIVE",
        "national": True,
        "openedOn": "2026-04-01",
        "version": 1,
        "flags": [],
        "primaryManager": {"key": gid("AccountManager:M-1")},
        "managers": {"nodes": [{"key": gid("AccountManager:M-2")}]},
        "center": {"code": "CEE004"},
        "issues": {"nodes": []},
        "importerNumbers": {"nodes": [{"key": N2}]},
    }
    old = await account(ask, A1)
    assert (old["version"], old["importerNumbers"]) == (2, {"nodes": [{"key": N1}]})
    assert old["flags"] == [{"key": gid("RiskFlag:F-1")}]
    assert old["issues"]["nodes"] == [{"key": gid("Issue:IS-1")}]


async def account(ask: Ask, id_: str, moment: str = "{}") -> dict[str, Any]:
    """What an account says at a moment."""
    asked = f"account(by: {{id: $id}}, moment: {moment}) {{ {ACCOUNT} }}"
    document = f"query ($id: ID!) {{ {asked} }}"
    found: dict[str, Any] = (await ask(document, id=id_))["account"]
    return found


async def test_the_log_tells_a_split_of_both(quay: Graph, give: Give) -> None:
    answer = await give("splitAccount", "account { key }", **GOOD, reason="Sold")

    new = answer["account"]["key"]
    said = [(change["kind"], change["account"]["key"]) for change in answer["changes"]]
    assert sorted(said) == sorted(
        [
            ("ACCOUNT_OPENED", new),
            ("ACCOUNT_SPLIT", A1),
            ("IDENTIFIER_DETACHED", A1),
            ("RELATIONSHIP_ENDED", A1),  # what its participation covered
            ("IDENTIFIER_ATTACHED", new),
            ("MANAGER_ASSIGNED", new),
            ("MANAGER_ASSIGNED", new),
            ("CENTER_ASSIGNED", new),
            ("SPECIALIST_ASSIGNED", new),
        ]
    )
    split = next(change for change in answer["changes"] if change["kind"] == "ACCOUNT_SPLIT")
    assert split["subject"] == {"key": A1}
    assert split["properties"] == [{"property": "into", "before": None, "after": new}]
    assert {change["reason"] for change in answer["changes"]} == {"Sold"}


async def test_history_answers_under_the_old_number_and_at_the_old_moment(
    quay: Graph, give: Give, ask: Ask
) -> None:
    new = (await give("splitAccount", "account { key }", **GOOD))["account"]["key"]
    known = 'knownAt: "2022-01-01T00:00:00Z"'  # after the world was recorded, before this

    async def owner(moment: str) -> tuple[str, list[str]]:
        document = f"""{{ importerNumber(number: "12-3456789AC", moment: {{{moment}}}) {{
          account {{ key
            ... on ImporterAccount {{ importerNumbers {{ nodes {{ key }} }} }} }} }} }}"""
        found = (await ask(document))["importerNumber"]["account"]
        return found["key"], sorted(each["key"] for each in found["importerNumbers"]["nodes"])

    assert await owner("") == (new, [N2])
    assert await owner('asOf: "2026-04-01"') == (new, [N2])
    assert await owner('asOf: "2026-03-31"') == (A1, sorted([N1, N2]))
    assert await owner(known) == (A1, sorted([N1, N2]))
    assert await owner(f'asOf: "2026-04-01", {known}') == (A1, sorted([N1, N2]))
    assert (await account(ask, A1, '{asOf: "2026-03-31"}'))["importerNumbers"]["nodes"] == [
        {"key": N1},
        {"key": N2},
    ]
    assert (await account(ask, A1, f"{{{known}}}"))["version"] == 1
    assert await ask(
        f"query ($id: ID!) {{ account(by: {{id: $id}}, moment: {{{known}}}) {{ key }} }}", id=new
    ) == {"account": None}


async def test_a_broker_is_split_by_its_codes(quay: Graph, give: Give) -> None:
    selected = (
        "account { key ... on BrokerAccount { licenseNumber filerCodes { nodes { code } } } }"
    )
    answer = await give(
        "splitAccount", selected, accountId=B1, name="Pier East", filerCodeIds=[XYZ]
    )

    assert answer["userErrors"] == []
    assert answer["account"]["licenseNumber"] is None
    assert answer["account"]["filerCodes"]["nodes"] == [{"code": "XYZ"}]


async def test_powers_of_attorney_are_not_made_by_a_split(quay: Graph, give: Give) -> None:
    new = (await give("splitAccount", "account { key }", **GOOD))["account"]["key"]

    granted = await quay.schema("MATCH (a)-[r:GRANTED_POA]->() RETURN a.key AS key")
    assert granted == [{"key": "Account:A-1"}]
    assert new


async def test_who_has_left_goes_along_to_no_new_account(quay: Graph, give: Give) -> None:
    await quay.schema("MATCH (m:AccountManager {id: 'M-2'}) SET m.active = false")

    answer = await give("splitAccount", "account { managers { nodes { key } } }", **GOOD)

    assert answer["userErrors"] == []
    assert answer["account"]["managers"]["nodes"] == [{"key": gid("AccountManager:M-1")}]


@cases("splitAccount", SPLITS)
async def test_a_bad_split_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[tuple[str, str]]
) -> None:
    await refuse("splitAccount", told(wrong), **{**GOOD, **more})


async def test_a_participation_of_both_halves_is_not_split(quay: Graph, refuse: Refuse) -> None:
    await participate(quay)

    wrong = [("NUMBER_NOT_IN_ACCOUNT", "input.importerNumberIds.0")]
    await refuse("splitAccount", wrong, **GOOD)


async def test_a_number_goes_to_one_of_racing_splits(quay: Graph, give: Give) -> None:
    answers = await asyncio.gather(*(give("splitAccount", "", **GOOD) for _ in range(16)))

    codes = [[error["code"] for error in answer["userErrors"]] for answer in answers]
    assert sorted(codes) == [[], *[["INVALID_STATE"]] * 15]
    opened = await quay.schema("MATCH (a:Account {name: 'Harbor Footwear'}) RETURN count(a) AS n")
    assert opened == [{"n": 1}]


async def test_a_repeat_splits_once(quay: Graph, give: Give) -> None:
    first, again = [
        await give("splitAccount", "account { key }", **GOOD, idempotencyKey="K") for _ in range(2)
    ]

    assert again == {**first, "replayed": True}
