"""Accounts by the kinds of flags on them, their numbers and holders: found from the flags."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest

from graph import account_lists, account_orders, flagged_accounts
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.queries import query
from graph.session import Graph
from tests import worlds
from tests.plans import operators, plan
from tests.resolvers.conftest import Ask, asking, standing

AT = {"asOf": "2026-11-25"}
LIST = """
  query ($filter: AccountFilter, $orderBy: AccountOrder! = NAME_ASC, $moment: MomentInput,
         $first: Int, $after: String, $last: Int, $before: String) {
    accounts(filter: $filter, orderBy: $orderBy, moment: $moment,
             first: $first, after: $after, last: $last, before: $before) {
      totalCount { value relation }
      nodes { name }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
"""
PENALTY = {"flagKinds": ["PENALTY"]}


def flag(id_: str, kind: str, subject: str, **more: object) -> list[worlds.Row]:
    flagged = {
        "kind": kind, "severity": 0.6, "raisedOn": date(2024, 1, 1), "evidence": [], **more,
    }  # fmt: skip
    row = worlds.NodeRow("RiskFlag", id_, ("RiskFlag",), flagged)
    return [row, worlds.claim(f"RiskFlag:{id_}", "FLAGS", subject)]


def rows(key: IdentifierKey) -> list[worlds.Row]:
    """
    F-1 PENALTY -> Able          F-2 PENALTY -> N-2 -identifies-> Baker
    F-3 PENALTY -> O-3 -holds-> N-3 -identifies-> Chase, until 2025 also Dover
    F-4 PENALTY, resolved in 2025 -> Ember      F-5 SHELL_COMPANY -> Finch
    F-6 PENALTY -> O-6 -60%-> O-3, which carries risk and is no holder of a number
    """
    names = ["Able", "Baker", "Chase", "Dover", "Ember", "Finch", "Grove"]
    made: list[worlds.Row] = [
        *(worlds.account(f"A-{n}", name) for n, name in enumerate(names, 1)),
        *(worlds.number(key, f"N-{n}", f"12-345678{n}AB") for n in (2, 3, 4)),
        worlds.organization("O-3", "Chase Holdings"),
        worlds.organization("O-6", "Far Holdings"),
        worlds.claim("ImporterNumber:N-2", "IDENTIFIES", "Account:A-2"),
        worlds.claim("ImporterNumber:N-3", "IDENTIFIES", "Account:A-3"),
        worlds.claim("ImporterNumber:N-4", "IDENTIFIES", "Account:A-4", until=date(2025, 1, 1)),
        worlds.claim("Party:O-3", "HOLDS", "ImporterNumber:N-3"),
        worlds.claim("Party:O-3", "HOLDS", "ImporterNumber:N-4"),
        worlds.owns("Party:O-6", "Party:O-3", 60),
    ]
    for n, (kind, subject) in enumerate(
        [
            ("PENALTY", "Account:A-1"),
            ("PENALTY", "ImporterNumber:N-2"),
            ("PENALTY", "Party:O-3"),
            ("PENALTY", "Account:A-5"),
            ("SHELL_COMPANY", "Account:A-6"),
            ("PENALTY", "Party:O-6"),
        ],
        1,
    ):
        resolved = {"resolvedOn": date(2025, 6, 1), "resolution": "REPAIRED"} if n == 4 else {}
        made += flag(f"F-{n}", kind, subject, **resolved)
    return made


@pytest.fixture(scope="module")
async def flagged(server: Graph, key: IdentifierKey) -> AsyncIterator[Graph]:
    """The accounts, read only."""
    async with standing(server, rows(key)) as graph:
        yield graph


@pytest.fixture
def listing(flagged: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    return asking(flagged, seal, key)


ASKED: list[tuple[dict[str, Any], list[str]]] = [
    (PENALTY, ["Able", "Baker", "Chase"]),
    ({"flagKinds": ["SHELL_COMPANY"]}, ["Finch"]),
    ({"flagKinds": ["SHELL_COMPANY", "PENALTY"]}, ["Able", "Baker", "Chase", "Finch"]),
    ({"not": PENALTY}, ["Dover", "Ember", "Finch", "Grove"]),
    ({"anyOf": [PENALTY, {"flagKinds": ["SHELL_COMPANY"]}]}, ["Able", "Baker", "Chase", "Finch"]),
    ({"anyOf": [PENALTY, {"nameContains": "grove"}]}, ["Able", "Baker", "Chase", "Grove"]),
    ({"anyOf": [PENALTY, {"minRisk": 0.6}]}, ["Able", "Baker", "Chase", "Finch"]),
    ({**PENALTY, "nameContains": "baker"}, ["Baker"]),
    ({**PENALTY, "minRisk": 0.7}, ["Chase"]),
    ({**PENALTY, "not": {"minRisk": 0.7}}, ["Able", "Baker"]),
    ({**PENALTY, "anyOf": [{"flagKinds": ["SHELL_COMPANY"]}]}, []),
    ({**PENALTY, "kinds": ["BROKER"]}, []),
    ({"not": {"not": PENALTY}}, ["Able", "Baker", "Chase"]),
]


FEW = {"few": 20_000, "many": 1, "sifted": 20_000}


@pytest.mark.parametrize("few", FEW)
@pytest.mark.parametrize("case", range(len(ASKED)), ids=lambda n: str(ASKED[n][0])[:60])
async def test_flags_on_an_account_its_numbers_and_their_holders_find_it(
    listing: Ask, monkeypatch: pytest.MonkeyPatch, case: int, few: str
) -> None:
    """However many have such flags: more than a few are met along the order, by fact or by key."""
    monkeypatch.setattr(flagged_accounts, "FEW", FEW[few])
    if few == "sifted":
        monkeypatch.setattr(account_lists, "FEW", 0)
        monkeypatch.setattr(account_orders, "PIECE", 2)
    filter_, names = ASKED[case]

    found = (await listing(LIST, filter=filter_, moment=AT))["accounts"]
    risky = (await listing(LIST, filter=filter_, moment=AT, orderBy="RISK_DESC"))["accounts"]

    assert [node["name"] for node in found["nodes"]] == names
    assert found["totalCount"] == {"value": len(names), "relation": "EXACT"}
    assert sorted(node["name"] for node in risky["nodes"]) == names
    assert risky["totalCount"] == found["totalCount"]


MOMENTS: list[tuple[dict[str, str], list[str]]] = [
    ({"asOf": "2024-06-01"}, ["Able", "Baker", "Chase", "Dover", "Ember"]),
    ({"asOf": "2025-03-01"}, ["Able", "Baker", "Chase", "Ember"]),
    ({"asOf": "2023-12-31"}, []),
    ({"asOf": "2026-11-25", "knownAt": "2020-12-31T00:00:00Z"}, []),
]


@pytest.mark.parametrize("case", range(len(MOMENTS)))
async def test_flags_and_claims_count_at_their_moment(listing: Ask, case: int) -> None:
    moment, names = MOMENTS[case]

    found = (await listing(LIST, filter=PENALTY, moment=moment))["accounts"]

    assert [node["name"] for node in found["nodes"]] == names


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("NAME_ASC", ["Able", "Baker", "Chase", "Finch"]),
        ("NAME_DESC", ["Finch", "Chase", "Baker", "Able"]),
        ("OPENED_DESC", ["Finch", "Chase", "Baker", "Able"]),
        ("RISK_DESC", ["Chase", "Able", "Finch", "Baker"]),
    ],
)
@pytest.mark.parametrize("few", [20_000, 0])
async def test_pages_of_flagged_accounts_follow_one_another_both_ways(
    listing: Ask, monkeypatch: pytest.MonkeyPatch, order: str, expected: list[str], few: int
) -> None:
    monkeypatch.setattr(account_lists, "FEW", few)
    monkeypatch.setattr(account_orders, "PIECE", 2)
    shared = {
        "filter": {"flagKinds": ["PENALTY", "SHELL_COMPANY"]}, "orderBy": order, "moment": AT,
    }  # fmt: skip
    first = (await listing(LIST, first=3, **shared))["accounts"]
    end = first["pageInfo"]["endCursor"]
    second = (await listing(LIST, first=3, after=end, **shared))["accounts"]
    start = second["pageInfo"]["startCursor"]
    back = (await listing(LIST, last=2, before=start, **shared))["accounts"]

    assert [node["name"] for node in first["nodes"] + second["nodes"]] == expected
    assert [node["name"] for node in back["nodes"]] == expected[1:3]
    assert first["pageInfo"]["hasNextPage"]
    assert not second["pageInfo"]["hasNextPage"]
    assert back["pageInfo"]["hasPreviousPage"]
    assert {page["totalCount"]["value"] for page in (first, second, back)} == {4}


@pytest.mark.parametrize(
    ("order", "statements"),
    [("NAME_ASC", 3), ("OPENED_DESC", 3), ("ENTERED_VALUE_DESC", 3), ("RISK_DESC", 5)],
)
async def test_a_page_of_flagged_accounts_costs_the_same_whoever_else_there_is(
    flagged: Graph, listing: Ask, order: str, statements: int
) -> None:
    """The vocabulary, who is flagged, the page with its total; by risk the log's place, a total."""
    await listing(LIST, filter=PENALTY, orderBy=order)
    flagged.statements = 0

    await listing(LIST, filter=PENALTY, orderBy=order)

    assert flagged.statements == statements


async def test_flagged_accounts_are_found_along_the_index_of_kinds(flagged: Graph) -> None:
    parameters = {
        "flagKinds": ["PENALTY"], "asOf": date(2026, 11, 25), "knownAt": worlds.RECORDED,
        "most": 10,
    }  # fmt: skip

    used = operators(await plan(flagged, str(query("flag/accounts").text), parameters))

    assert "NodeIndexSeek" in used
    assert not used & {"AllNodesScan", "NodeByLabelScan", "NodeIndexScan", "CartesianProduct"}
