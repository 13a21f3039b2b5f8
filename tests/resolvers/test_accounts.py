"""Lists of accounts: the whole filter, every order, both ways, beside a plain-Python oracle."""

from collections.abc import AsyncIterator, Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from neo4j import Query

from graph import ids
from graph.conditions import Condition
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.plans import operator, operators, plan
from tests.resolvers.conftest import Ask, asking, standing

NAMES = [
    "Harbor Textiles",
    "Mill & Co",
    "Foods;Acme",
    "Zephyr Footwear",
    "Mill-Stone",
    "Übersee 'Hare'",
]
DAY = date(2026, 11, 25)
AT = {"asOf": "2026-11-25"}
LIST = """
  query ($filter: AccountFilter, $orderBy: AccountOrder! = NAME_ASC, $moment: MomentInput,
         $first: Int, $after: String, $last: Int, $before: String) {
    accounts(filter: $filter, orderBy: $orderBy, moment: $moment,
             first: $first, after: $after, last: $last, before: $before) {
      totalCount { value relation }
      nodes { key name primaryManager { name } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
"""


def facts() -> list[dict[str, Any]]:
    """Twenty-four accounts, each with a bit of everything, by its number."""
    return [
        {
            "id": f"A-{n:02}",
            "name": NAMES[n % 6] + (f" {n}" if n >= 6 else ""),
            "kind": "BROKER" if n % 5 == 0 else "IMPORTER",
            "status": ["ACTIVE", "SUSPENDED", "PROSPECT"][n % 3],
            "national": n % 4 == 0,
            "opened": date(2010 + n % 7, 1, 1 + n % 28),
            "center": f"CEE00{1 + n % 3}" if n % 4 else None,
            "primary": f"M-{n % 3}" if n % 3 else None,
            "backup": "M-0" if n % 6 == 1 else None,
            "issue": n % 7 == 0,
            "flag": "PENALTY" if n % 8 == 3 else None,
            "value": 1000 * n if n % 2 else 0,
            "chapter": "61" if n % 4 == 1 else "84",
            "origin": "VN" if n % 3 == 1 else "NL",
        }
        for n in range(24)
    ]


def rows() -> list[worlds.Row]:
    made: list[worlds.Row] = [worlds.manager(f"M-{n}", f"Manager {n}") for n in range(3)]
    for one in facts():
        key = f"Account:{one['id']}"
        made.append(
            worlds.account(
                one["id"], one["name"], one["kind"].title(), status=one["status"],
                national=one["national"], openedOn=one["opened"],
            )
        )  # fmt: skip
        if one["center"]:
            made.append(worlds.claim(key, "ASSIGNED_TO", f"Center:{one['center']}", basis="APPEAL"))
        for role in ("primary", "backup"):
            if one[role]:
                who = f"AccountManager:{one[role]}"
                made.append(worlds.claim(key, "MANAGED_BY", who, role=role.upper()))
        if one["issue"]:
            made += _thing("Issue", one["id"], "CONCERNS", key, purpose="ADVICE", status="OPEN",
                           title="Late entries", openedOn=date(2024, 1, 1))  # fmt: skip
        if one["flag"]:
            made += _thing("RiskFlag", one["id"], "FLAGS", key, kind=one["flag"], severity=0.6,
                           raisedOn=date(2024, 1, 1), evidence=[])  # fmt: skip
        if one["value"]:
            figures = {
                "month": date(2026, 5, 1),
                "enteredValue": one["value"] * 100,
                "currency": "USD",
                "chapter": one["chapter"],
                "origin": one["origin"],
            }
            made += _thing("PerformancePeriod", one["id"], "MEASURES", key, **figures)
    return made


def _thing(label: str, id_: str, claim: str, key: str, /, **properties: object) -> list[worlds.Row]:
    return [
        worlds.NodeRow(label, id_, (label,), properties),
        worlds.claim(f"{label}:{id_}", claim, key),
    ]


@pytest.fixture(scope="module")
async def listed(server: Graph, seal: Seal, key: IdentifierKey) -> AsyncIterator[Graph]:
    """The accounts, read only."""
    async with standing(server, rows()) as graph:
        yield graph


@pytest.fixture
def listing(listed: Graph, seal: Seal, key: IdentifierKey) -> Ask:
    return asking(listed, seal, key)


Test = Callable[[dict[str, Any]], bool]
MANAGERS = {f"M-{n}": ids.encode(f"AccountManager:M-{n}") for n in range(3)}
LEAVES: list[tuple[dict[str, Any], Test]] = [
    ({"kinds": ["BROKER"]}, lambda one: one["kind"] == "BROKER"),
    ({"statuses": ["ACTIVE", "PROSPECT"]}, lambda one: one["status"] != "SUSPENDED"),
    ({"nameContains": "mil"}, lambda one: "Mill" in one["name"]),
    ({"nameContains": "acme"}, lambda one: "Acme" in one["name"]),
    ({"nameContains": "hare"}, lambda one: "Hare" in one["name"]),
    ({"nameContains": "stone mill"}, lambda one: "Mill-Stone" in one["name"]),
    ({"national": True}, lambda one: one["national"]),
    ({"centers": ["CEE001", "Apparel, Footwear & Textiles"]}, lambda o: o["center"] == "CEE001"),
    ({"eligibilities": ["ELIGIBLE"]}, lambda one: one["center"] is not None),
    ({"eligibilities": ["NOT_ELIGIBLE"]}, lambda o: o["center"] is None and o["kind"] == "BROKER"),
    ({"managerIds": [MANAGERS["M-0"]]}, lambda one: "M-0" in (one["primary"], one["backup"])),
    ({"hasPrimaryManager": False}, lambda one: one["primary"] is None),
    ({"isaStatuses": ["ACTIVE"]}, lambda _: False),
    ({"flagKinds": ["PENALTY"]}, lambda one: one["flag"] is not None),
    ({"minRisk": 0.5}, lambda one: one["flag"] is not None),
    ({"ratings": ["LOW"]}, lambda one: one["flag"] is None),
    ({"hasOpenIssue": True}, lambda one: one["issue"]),
    ({"chapters": ["61"]}, lambda one: one["value"] > 0 and one["chapter"] == "61"),
    ({"origins": ["VN"]}, lambda one: one["value"] > 0 and one["origin"] == "VN"),
    ({"minEnteredValue": "9000"}, lambda one: one["value"] >= 9000),
    ({"opened": {"from": "2014-01-01"}}, lambda one: one["opened"] >= date(2014, 1, 1)),
    ({"opened": {"to": "2012-01-05"}}, lambda one: one["opened"] < date(2012, 1, 5)),
    ({"warnings": ["NUMBER_NOT_ACTIVE"]}, lambda _: False),
]


def names(*tests: Test) -> set[str]:
    return {one["name"] for one in facts() if all(test(one) for test in tests)}


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


ORDERS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "NAME_ASC": lambda one: one["name"].casefold().replace("ü", "u"),
    "NAME_DESC": lambda one: one["name"].casefold().replace("ü", "u"),
    "OPENED_DESC": lambda one: (one["opened"], one["id"]),
    "ENTERED_VALUE_DESC": lambda one: (one["value"], one["id"]),
    "RISK_DESC": lambda one: (-(0.6 if one["flag"] else 0.0), one["id"]),
}


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


ALONG = {
    "account/by_name": ("name", "key"),
    "account/by_name_backwards": ("name", "key"),
    "account/by_opened": ("opened", "key"),
    "account/by_opened_backwards": ("opened", "key"),
}


@pytest.mark.parametrize("name", ALONG)
async def test_an_order_is_read_along_its_index_and_never_sorted(listed: Graph, name: str) -> None:
    moment = Moment(DAY, datetime(2026, 11, 25, tzinfo=UTC))
    given_: dict[str, Any] = {"name": "a", "key": "", "opened": DAY}
    parameters = {
        "starts": [{each: given_[each] for each in ALONG[name]}],
        **Condition().asked(moment),
        **moment.parameters,
        "limit": 21,
    }
    used = await _plan(listed, str(query(name).text), parameters, "Limit")

    assert "NodeIndexSeek" in used
    assert not used & {"AllNodesScan", "NodeByLabelScan", "Sort", "Top", "PartialSort"}


@pytest.mark.parametrize("start", ["managers", "brokers", "keys", "texts", "reach"])
async def test_a_narrow_filter_starts_from_what_few_accounts_have(
    listed: Graph, start: str
) -> None:
    moment = Moment(DAY, datetime(2026, 11, 25, tzinfo=UTC))
    parameters: dict[str, Any] = {
        **{name: [] for name in ("managers", "brokers", "keys", "texts")},
        **Condition().asked(moment),
        **moment.parameters,
        "reachesAll": start != "reach", "reach": {}, "within": start == "reach",
        "all": False, "order": "NAME", "after": None, "before": None, "backward": False,
        "limit": 21,
    }  # fmt: skip
    parameters[start] = {"none": True} if start == "reach" else ["none"]

    found = await listed.read(Query(f"PROFILE {query('account/gathered').text}"), **parameters)
    used = await _plan(listed, str(query("account/gathered").text), parameters)

    assert found[0]["total"] == 0
    assert not used & {"AllNodesScan", "NodeByLabelScan"}


async def _plan(
    graph: Graph, text: str, parameters: dict[str, Any], below: str = "ProduceResults"
) -> set[str]:
    """The operators of a plan, below the first one of this name."""
    node = await plan(graph, text, parameters)
    while operator(node) != below:
        node = node["children"][-1]
    return operators(node)


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
