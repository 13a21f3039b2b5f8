"""How lists of accounts are read: whatever the filter and the order, along an index where there is.

Each filter is asked for in each order as a caller would; what is sent to the database is planned
again, and no plan may look at all nodes, or at all of a label.
"""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from graph import ids
from graph.account_filter import READERS
from graph.identifiers import IdentifierKey
from graph.paging import Seal
from graph.session import Graph
from graph.terms import AccountOrder
from tests import worlds
from tests.plans import operators, plan, sent
from tests.resolvers.conftest import Ask, asking, standing
from tests.resolvers.test_accounts import AT, LEAVES, LIST, Test, names, rows

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
