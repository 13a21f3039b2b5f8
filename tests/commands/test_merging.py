"""Accounts joined: what passes, what ends, what stays, and what is still known of before."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from graph.identifiers import IdentifierKey
from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.commands.cases import Case, cases, told
from tests.commands.conftest import Give, Refuse, gid
from tests.days import LATER, today
from tests.resolvers.conftest import Ask

ACCOUNT = """key name status closedOn version flags { key } issues { nodes { key } }
  primaryManager { key } center { code } strategies { id }
  ... on ImporterAccount { importerNumbers { nodes { key } } }"""
A1, A2, A3 = (gid(f"Account:A-{number}") for number in (1, 2, 3))
N1, N2, N3 = (gid(f"ImporterNumber:N-{number}") for number in (1, 2, 3))
GOOD = {"intoId": A2, "fromIds": [A1], "on": "2026-04-01"}


@pytest.fixture
async def quay(harbor: Graph, key: IdentifierKey) -> Graph:
    """The harbor with open matters, two more importers, a broker and an applicant."""
    applicant: dict[str, object] = {"status": "APPLICANT", "appliedOn": worlds.SINCE}
    rows: list[worlds.Row] = [
        worlds.account("A-2", "Quay Goods"),
        worlds.account("A-3", "Pier Goods"),
        worlds.account("A-9", "Old Goods", status="CLOSED", closedOn=worlds.SINCE),
        worlds.account("B-1", "Broker", "Broker"),
        worlds.number(key, "N-3", "61-234567800"),
        NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), applicant),
        NodeRow("Strategy", "ST-1", ("Strategy",), plan()),
        *(thing for name in ("open", "done") for thing in matters(name)),
        worlds.claim("ImporterNumber:N-3", "IDENTIFIES", "Account:A-2"),
        worlds.claim("Account:A-1", "GRANTED_POA", "Account:B-1"),
        worlds.claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:I-1"),
        worlds.claim("IsaParticipation:I-1", "COVERS", "ImporterNumber:N-1"),
        worlds.claim("Strategy:ST-1", "CONCERNS", "Account:A-1"),
        worlds.claim("Strategy:ST-1", "CONCERNS", "Account:A-2"),
        *(worlds.claim(f"Issue:IS-{n}", "CONCERNS", "Account:A-1") for n in ("open", "done")),
        *(worlds.claim(f"RiskFlag:F-{n}", "FLAGS", "Account:A-1") for n in ("open", "done")),
    ]
    outcome = await write(harbor, rows, at=worlds.RECORDED)
    assert outcome.refused == []
    return harbor


def plan() -> dict[str, object]:
    return {
        "title": "Plan",
        "objective": "Better",
        "status": "ACTIVE",
        "startsOn": worlds.SINCE,
        "measures": [],
    }


def matters(name: str) -> tuple[NodeRow, NodeRow]:
    """An issue and a flag, open or done."""
    done = name == "done"
    issue: dict[str, object] = {"purpose": "COMPLIANCE", "title": name, "openedOn": worlds.SINCE}
    issue |= {"status": "RESOLVED" if done else "OPEN", "closedOn": today() if done else None}
    flag: dict[str, object] = {"kind": "PENALTY", "severity": 0.4, "raisedOn": worlds.SINCE}
    flag |= {"resolvedOn": today() if done else None}
    return NodeRow("Issue", f"IS-{name}", ("Issue",), issue), NodeRow(
        "RiskFlag", f"F-{name}", ("RiskFlag",), flag
    )


async def account(ask: Ask, id_: str, moment: str = "{}") -> dict[str, Any]:
    """What an account says at a moment."""
    asked = f"account(by: {{id: $id}}, moment: {moment}) {{ {ACCOUNT} }}"
    found: dict[str, Any] = (await ask(f"query ($id: ID!) {{ {asked} }}", id=id_))["account"]
    return found


async def test_numbers_and_open_matters_pass_and_the_other_account_closes(
    quay: Graph, give: Give, ask: Ask
) -> None:
    answer = await give("mergeAccounts", f"account {{ {ACCOUNT} }}", **GOOD, reason="Bought")

    assert answer["userErrors"] == []
    into = answer["account"]
    assert (into["key"], into["status"], into["version"]) == (A2, "ACTIVE", 2)
    assert [each["key"] for each in into["importerNumbers"]["nodes"]] == [N1, N2, N3]
    assert into["flags"] == [{"key": gid("RiskFlag:F-open")}]
    assert into["issues"]["nodes"] == [{"key": gid("Issue:IS-open")}]
    assert len(into["strategies"]) == 1
    assert (into["primaryManager"], into["center"]) == (None, None)
    gone = await account(ask, A1)
    assert (gone["status"], gone["closedOn"]) == ("CLOSED", "2026-04-01")
    assert gone["importerNumbers"]["nodes"] == gone["issues"]["nodes"] == gone["flags"] == []
    assert (gone["primaryManager"], gone["center"], gone["strategies"]) == (None, None, [])


async def test_the_log_tells_a_merger_of_both(quay: Graph, give: Give) -> None:
    answer = await give("mergeAccounts", "", **GOOD, reason="Bought")

    kinds = [(change["kind"], (change["account"] or {}).get("key")) for change in answer["changes"]]
    assert ("ACCOUNT_CLOSED", A1) in kinds
    assert ("ACCOUNTS_MERGED", A2) in kinds
    assert ("ISA_STATUS_CHANGED", A1) in kinds
    assert kinds.count(("IDENTIFIER_DETACHED", A1)) == 2
    assert kinds.count(("IDENTIFIER_ATTACHED", A2)) == 2
    merged = next(each for each in answer["changes"] if each["kind"] == "ACCOUNTS_MERGED")
    assert merged["properties"] == [{"property": "from", "before": None, "after": f'["{A1}"]'}]
    assert {change["reason"] for change in answer["changes"]} == {"Bought"}


async def test_history_answers_under_the_old_number_and_of_the_closed_account(
    quay: Graph, give: Give, ask: Ask
) -> None:
    await give("mergeAccounts", "", **GOOD)
    known = 'knownAt: "2022-01-01T00:00:00Z"'  # after the world was recorded, before this

    async def owner(moment: str) -> str:
        document = f"""{{ importerNumber(number: "12-3456789AB", moment: {{{moment}}}) {{
          account {{ key }} }} }}"""
        return str((await ask(document))["importerNumber"]["account"]["key"])

    assert await owner("") == A2
    assert await owner('asOf: "2026-04-01"') == A2
    assert await owner('asOf: "2026-03-31"') == A1
    assert await owner(f'asOf: "2026-04-01", {known}') == A1
    then = await account(ask, A1, '{asOf: "2026-03-31"}')
    assert (then["status"], then["primaryManager"]) == (
        "ACTIVE",
        {"key": gid("AccountManager:M-1")},
    )
    assert [each["key"] for each in then["importerNumbers"]["nodes"]] == [N1, N2]
    assert sorted(each["key"] for each in then["flags"]) == [
        gid("RiskFlag:F-done"),
        gid("RiskFlag:F-open"),
    ]
    believed = await account(ask, A1, f"{{{known}}}")
    assert (believed["status"], believed["version"]) == ("ACTIVE", 1)


async def test_an_application_ends_and_covers_nothing(quay: Graph, give: Give, ask: Ask) -> None:
    await give("mergeAccounts", "", **GOOD, reason="Bought")

    document = """query ($id: ID!) { node(id: $id) { ... on IsaParticipation {
      status endedOn statusReason importerNumbers { nodes { key } } } } }"""
    part = (await ask(document, id=gid("IsaParticipation:I-1")))["node"]
    assert part == {
        "status": "WITHDRAWN",
        "endedOn": "2026-04-01",
        "statusReason": "Bought",
        "importerNumbers": {"nodes": []},
    }


async def test_powers_of_attorney_stay_where_they_were_given(quay: Graph, give: Give) -> None:
    await give("mergeAccounts", "", **GOOD)

    granted = await quay.schema(
        "MATCH (a)-[r:GRANTED_POA]->() RETURN a.key AS key, r.validTo.year AS year"
    )
    assert granted == [{"key": "Account:A-1", "year": 9999}]


async def test_several_accounts_merge_at_once(quay: Graph, give: Give) -> None:
    answer = await give(
        "mergeAccounts",
        "account { ... on ImporterAccount { importerNumbers { nodes { key } } } }",
        intoId=A3,
        fromIds=[A1, A2],
    )

    assert answer["userErrors"] == []
    nodes = answer["account"]["importerNumbers"]["nodes"]
    assert [each["key"] for each in nodes] == [N1, N2, N3]


MERGERS: list[Case] = [
    ({"intoId": "nonsense"}, [("INVALID_FORMAT", "intoId")]),
    ({"intoId": N1}, [("WRONG_KIND", "intoId")]),
    ({"intoId": gid("Account:A-0")}, [("NOT_FOUND", "intoId")]),
    ({"intoId": gid("Account:A-9")}, [("INVALID_STATE", "intoId")]),
    ({"intoId": gid("Account:B-1")}, [("WRONG_KIND", "fromIds.0")]),
    ({"fromIds": []}, [("OUT_OF_RANGE", "fromIds")]),
    ({"fromIds": ["nonsense"]}, [("INVALID_FORMAT", "fromIds.0")]),
    ({"fromIds": [gid("Party:O-1")]}, [("WRONG_KIND", "fromIds.0")]),
    ({"fromIds": [gid("Account:A-0")]}, [("NOT_FOUND", "fromIds.0")]),
    ({"fromIds": [A1, A1]}, [("ALREADY_EXISTS", "fromIds.1")]),
    ({"fromIds": [A1, A2]}, [("ALREADY_EXISTS", "fromIds.1")]),
    ({"fromIds": [A1, gid("Account:A-9")]}, [("INVALID_STATE", "fromIds.1")]),
    ({"on": LATER}, [("OUT_OF_RANGE", "on")]),
    ({"on": "2020-01-01"}, [("INTERVAL_CONFLICT", "on")]),
    ({"expectedVersion": 7}, [("VERSION_CONFLICT", "expectedVersion")]),
    (
        {"intoId": "nonsense", "fromIds": [gid("Account:A-9")], "on": LATER},
        [("INVALID_FORMAT", "intoId"), ("INVALID_STATE", "fromIds.0"), ("OUT_OF_RANGE", "on")],
    ),
]


@cases("mergeAccounts", MERGERS)
async def test_a_bad_merger_is_refused(
    quay: Graph, refuse: Refuse, more: dict[str, object], wrong: list[tuple[str, str]]
) -> None:
    await refuse("mergeAccounts", told(wrong), **{**GOOD, **more})


async def test_an_active_participant_does_not_close(quay: Graph, refuse: Refuse) -> None:
    row = NodeRow("IsaParticipation", "I-1", ("IsaParticipation",), {"status": "ACTIVE"})
    await write(quay, [row], at=datetime.now(UTC))

    await refuse("mergeAccounts", [("INVALID_STATE", "input.fromIds.0")], **GOOD)
    wrong = [("INVALID_FORMAT", "input.fromIds.0"), ("INVALID_STATE", "input.fromIds.1")]
    await refuse("mergeAccounts", wrong, **{**GOOD, "fromIds": ["nonsense", A1]})


async def test_racing_mergers_close_each_account_once(quay: Graph, give: Give) -> None:
    pairs = [(A1, A2), (A2, A1), (A1, A3), (A3, A2)] * 4
    answers = await asyncio.gather(
        *(give("mergeAccounts", "", intoId=into, fromIds=[source]) for into, source in pairs)
    )

    done = sum(not answer["userErrors"] for answer in answers)
    [left] = await quay.schema(
        "MATCH (a:Importer) WHERE a.status <> 'CLOSED' RETURN count(a) AS open"
    )
    assert done == 3 - left["open"]
    [held] = await quay.schema(
        "MATCH (n:ImporterNumber)-[c:IDENTIFIES]->(a) WHERE c.recordedTo.year = 9999"
        " AND c.validFrom <= date() AND date() < c.validTo"
        " RETURN count(c) AS claims, count(DISTINCT n) AS numbers, collect(DISTINCT a.status) AS of"
    )
    assert held == {"claims": 3, "numbers": 3, "of": ["ACTIVE"]}
