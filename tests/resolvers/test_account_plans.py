"""How lists of accounts are read: whatever the filter and the order, along an index where there is.

Each filter is asked for in each order as a caller would; what is sent to the database is planned
again, and no plan may look at all nodes, or at all of a label.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.account_filter import READERS
from graph.conditions import Condition
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import AccountOrder
from tests import worlds
from tests.plans import operator, operators, plan, sent
from tests.resolvers.accounts_listed import AT, DAY, LEAVES, LIST, Test, names, rows
from tests.resolvers.conftest import Ask, asking, standing

SCANS = {
    "AllNodesScan",
    "NodeByLabelScan",
    "UnionNodeByLabelsScan",
    "IntersectionNodeByLabelsScan",
    "DirectedAllRelationshipsScan",
    "UndirectedAllRelationshipsScan",
    "DirectedRelationshipTypeScan",
    "UndirectedRelationshipTypeScan",
    "CartesianProduct",
}
SEEKS = {
    "NodeIndexSeek", "NodeUniqueIndexSeek", "NodeIndexSeekByRange", "NodeIndexScan",
    "MultiNodeIndexSeek", "ProcedureCall",
}  # fmt: skip
MORE: list[tuple[dict[str, Any], Test]] = [
    ({"brokerId": ids.encode("Account:A-00")}, lambda one: one["id"] == "A-07"),
    ({"controlledBy": ids.encode("Party:P-1")}, lambda one: one["id"] == "A-08"),
    ({"managerIds": [ids.encode("AccountManager:M-0")], "national": True}, lambda o: (
        "M-0" in (o["primary"], o["backup"]) and o["national"])),
]  # fmt: skip
UNLISTED = {"segmentIds"}  # a rule over the others
COUNT = "account/count"  # looks at all: what it counts by, no index has
CANDIDATES = "warning/candidates"  # begins with what is rare of itself, such as successions
NARROW = {  # what few accounts have, and an index or the memory knows which
    *("managerIds", "brokerId", "nameContains", "controlledBy", "warnings", "flagKinds"),
    *("minRisk", "ratings"),
}


@pytest.fixture(scope="module")
async def listed(server: Graph, key: IdentifierKey) -> AsyncIterator[Graph]:
    """The accounts of the other tests; A-07 is a client of A-00, P-1 controls who holds A-08."""
    more: list[worlds.Row] = [
        worlds.claim("Account:A-07", "GRANTED_POA", "Account:A-00", scope="ENTRY"),
        worlds.person("P-1", "Iris"),
        worlds.organization("O-1", "Holdings"),
        worlds.owns("Party:P-1", "Party:O-1", 60),
        worlds.number(key, "N-1", "12-3456789AB"),
        worlds.claim("Party:O-1", "HOLDS", "ImporterNumber:N-1"),
        worlds.claim("ImporterNumber:N-1", "IDENTIFIES", "Account:A-08"),
    ]
    async with standing(server, [*rows(), *more]) as graph:
        yield graph


def test_every_field_of_the_filter_is_asked_for() -> None:
    asked = {name for filter_, _ in [*LEAVES, *MORE] for name in filter_}

    assert asked == set(READERS) - UNLISTED


@pytest.mark.parametrize("order", [order.value for order in AccountOrder])
async def test_no_filter_in_any_order_scans(
    listed: Graph,
    seal: Seal,
    key: IdentifierKey,
    monkeypatch: pytest.MonkeyPatch,
    order: str,
) -> None:
    ask: Ask = asking(listed, seal, key)
    asked = sent(listed, monkeypatch)
    planned: dict[str, set[str]] = {}
    for filter_, test in [({}, lambda _: True), *LEAVES, *MORE]:
        asked.clear()

        found = (await ask(LIST, filter=filter_, orderBy=order, first=100, moment=AT))["accounts"]

        assert {node["name"] for node in found["nodes"]} == names(test), filter_
        for question, parameters in asked:
            text, name = str(question.text), (question.metadata or {})["query"]
            if name.startswith("snapshot/"):
                continue  # what risk and ownership walk on is read whole, once
            if name == COUNT:
                assert not filter_.keys() & NARROW, filter_
                continue
            if text not in planned:
                planned[text] = operators(await plan(listed, text, parameters))
            scans = {"AllNodesScan"} if name == CANDIDATES else SCANS
            assert not planned[text] & scans, (filter_, name)
    assert any(used & SEEKS for used in planned.values())


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
