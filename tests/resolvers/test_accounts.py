"""Lists of accounts: the whole filter, every order, both ways, beside a plain-Python oracle."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph import ids
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests.resolvers.accounts_listed import (
    AT,
    LEAVES,
    LIST,
    MANAGERS,
    ORDERS,
    Test,
    facts,
    names,
    rows,
)
from tests.resolvers.conftest import Ask, asking, standing


@pytest.fixture(scope="module")
async def listed(server: Graph, seal: Seal, key: IdentifierKey) -> AsyncIterator[Graph]:
    """The accounts, read only."""
    async with standing(server, rows()) as graph:
        yield graph


@pytest.fixture
def listing(listed: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    return asking(listed, seal, key)


@pytest.mark.parametrize("leaf", range(len(LEAVES)), ids=lambda n: str(LEAVES[n][0])[:40])
async def test_each_field_finds_what_it_says(listing: Ask, leaf: int) -> None:
    filter_, test = LEAVES[leaf]

    found = (await listing(LIST, filter=filter_, first=100, moment=AT))["accounts"]

    assert {node["name"] for node in found["nodes"]} == names(test)
    assert found["totalCount"] == {"value": len(names(test)), "relation": "EXACT"}


@st.composite
def trees(draw: st.DrawFn, depth: int = 2) -> tuple[dict[str, Any], Test]:
    """A filter and what it means."""
    picked = draw(st.lists(st.sampled_from(LEAVES), min_size=0, max_size=2))
    given_: dict[str, Any] = {}
    tests: list[Test] = []
    for filter_, test in picked:
        if not filter_.keys() & given_.keys():
            given_ |= filter_
            tests.append(test)
    if depth and draw(st.booleans()):
        parts = draw(st.lists(trees(depth - 1), min_size=1, max_size=2))
        given_["anyOf"] = [part for part, _ in parts]
        some = [test for _, test in parts]
        tests.append(lambda one: any(test(one) for test in some))
    if depth and draw(st.booleans()):
        part, unwanted = draw(trees(depth - 1))
        given_["not"] = part
        tests.append(lambda one: not unwanted(one))
    return given_, lambda one: all(test(one) for test in tests)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(tree=trees(), order=st.sampled_from(["NAME_ASC", "NAME_DESC", "OPENED_DESC", "RISK_DESC"]))
async def test_filters_within_filters_agree_with_plain_python(
    listed: Graph, seal: Seal, key: IdentifierKey, tree: tuple[dict[str, Any], Test], order: str
) -> None:
    filter_, test = tree
    context = Context(listed, DEVELOPMENT, seal, key)
    variables = {"filter": filter_, "orderBy": order, "first": 100, "moment": AT}

    answer = await schema.execute(LIST, variables, context_value=context)

    assert answer.errors is None
    assert answer.data
    found = answer.data["accounts"]
    assert {node["name"] for node in found["nodes"]} == names(test)
    assert found["totalCount"]["value"] == len(names(test))


@pytest.mark.parametrize("order", ORDERS)
async def test_every_order_pages_both_ways(listing: Ask, order: str) -> None:
    backwards = order.endswith("_DESC") and order != "RISK_DESC"
    expected = [one["name"] for one in sorted(facts(), key=ORDERS[order], reverse=backwards)]
    shared = {"orderBy": order, "moment": AT}
    forward: list[str] = []
    after = None
    while True:
        page = (await listing(LIST, first=7, after=after, **shared))["accounts"]
        forward += [node["name"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break
    backward: list[str] = []
    before = None
    while True:
        page = (await listing(LIST, last=5, before=before, **shared))["accounts"]
        backward = [node["name"] for node in page["nodes"]] + backward
        before = page["pageInfo"]["startCursor"]
        if not page["pageInfo"]["hasPreviousPage"]:
            break

    assert forward == expected
    assert backward == expected
    third = (await listing(LIST, first=3, **shared))["accounts"]["pageInfo"]["endCursor"]
    head = (await listing(LIST, first=9, before=third, **shared))["accounts"]
    tail = (await listing(LIST, last=len(expected), after=third, **shared))["accounts"]
    assert [node["name"] for node in head["nodes"]] == expected[:2]
    assert [node["name"] for node in tail["nodes"]] == expected[3:]


async def test_accounts_of_a_center_and_of_a_manager(listing: Ask) -> None:
    document = """
      query ($manager: ID!) {
        center(code: "CEE002") {
          accounts(orderBy: OPENED_DESC, filter: {kinds: [IMPORTER]}, first: 100) {
            totalCount { value } edges { relationship { basis } node { name } }
          }
        }
        accountManager(id: $manager) {
          accounts(role: BACKUP) { edges { relationship { role } node { name } } }
        }
      }
    """
    found = await listing(document, manager=MANAGERS["M-0"])

    mine = [o for o in facts() if o["center"] == "CEE002" and o["kind"] == "IMPORTER"]
    mine.sort(key=ORDERS["OPENED_DESC"], reverse=True)
    edges = found["center"]["accounts"]["edges"]
    assert [edge["node"]["name"] for edge in edges] == [one["name"] for one in mine]
    assert {edge["relationship"]["basis"] for edge in edges} == {"APPEAL"}
    backed = found["accountManager"]["accounts"]["edges"]
    assert {edge["node"]["name"] for edge in backed} == names(lambda one: one["backup"] == "M-0")
    assert {edge["relationship"]["role"] for edge in backed} == {"BACKUP"}


async def test_accounts_before_they_were_recorded_or_opened(listing: Ask) -> None:
    early = await listing(LIST, moment={"knownAt": "2020-12-31T00:00:00Z"})
    young = await listing(LIST, moment={"asOf": "2009-12-31"})

    assert early["accounts"]["nodes"] == young["accounts"]["nodes"] == []


BAD: list[dict[str, Any]] = [
    {"kinds": []},
    {"flagKinds": ["RUDENESS"]},
    {"not": {"anyOf": [{"flagKinds": ["PENALTY", "RUDENESS"]}]}},
    {"centers": ["Atlantis"]},
    {"managerIds": [ids.encode("Account:A-01")]},
    {"brokerId": "nonsense"},
    {"chapters": ["6"]},
    {"origins": ["Vietnam"]},
    {"opened": {}},
    {"opened": {"from": "2020-01-02", "to": "2020-01-01"}},
    {"nameContains": "x" * 201},
    {"segmentIds": [ids.encode("Account:A-01")]},
    {"minEnteredValue": "-5"},
    {"anyOf": []},
    {"not": {"not": {"not": {"not": {"not": {"not": {"national": True}}}}}}},
    {"anyOf": [{"kinds": ["BROKER"], "chapters": [f"{n:02}"]} for n in range(1, 9)]},
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: str(bad)[:60])
async def test_bad_filters_are_refused_by_the_name_of_the_field(
    listing: Ask, bad: dict[str, Any]
) -> None:
    await listing(LIST, "BAD_USER_INPUT", filter=bad)


async def test_a_page_with_managers_costs_two_statements_and_a_total_one_more(
    listed: Graph, listing: Ask
) -> None:
    wanted = "{ accounts(first: 20) { nodes { name primaryManager { name } center { code } } } }"
    listed.statements = 0
    await listing(wanted)
    assert listed.statements == 2
    listed.statements = 0
    await listing(LIST)
    assert listed.statements == 3


async def test_the_risk_of_an_account_names_its_policy_and_how_much_was_seen(listing: Ask) -> None:
    document = """
      query ($id: ID!) {
        account(by: {id: $id}) {
          risk {
            own inherited score lowerBound rating policy { name version chains }
            completeness { state exploredNodes } moment { asOf } subject { label }
            reproduction { document variables }
          }
        }
        riskPolicies { version rules { relationshipType direction attenuation hubDegree } bands { rating from } }
      }
    """  # noqa: E501
    found = await listing(document, id=ids.encode("Account:A-03"))
    risk = found["account"]["risk"]

    assert (risk["own"], risk["inherited"], risk["score"]) == (0.6, 0, 0.6)
    assert (risk["lowerBound"], risk["rating"]) == (0.6, "HIGH")
    assert risk["policy"] == {"name": "Default", "version": "2026.1", "chains": 3}
    assert risk["completeness"]["state"] == "COMPLETE"
    assert risk["subject"] == {"label": "Zephyr Footwear"}
    again = risk["reproduction"]
    repeated = (await listing(again["document"], **again["variables"]))["node"]["risk"]
    assert repeated["score"] == risk["score"]
    assert [band["rating"] for band in found["riskPolicies"][0]["bands"]] == [
        "MODERATE",
        "HIGH",
        "CRITICAL",
    ]
