"""Every computed answer about ownership tells how to get it again, whatever is written later."""

from datetime import UTC, datetime
from typing import Any

import pytest

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.session import Graph
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.resolvers.conftest import Ask

AGAIN = "reproduction { document variables }"
COMPLETE = "completeness { state exploredNodes exploredEdges reason hint }"
FIELDS = {
    "ultimateOwners(atLeast: 10, naturalPersons: true, limit: 5)": (
        "owners { owner { ... on Node { id } } share { min max } verdict } remainder { min max }"
    ),
    "effectiveOwnership(owner: $owner)": "share { min max }",
    "controllingGroup": "controller { ... on Node { id } } verdict cyclic memberCount { value }",
    "controlledGroup": (
        "verdict cyclic memberCount { value } members { organization { id } verdict }"
    ),
    "blockedStatus": "verdict listed aggregate { min max } counted { id }",
    "ownershipPaths(from: $owner, maxLength: 4, limit: 3)": "connected paths { length text }",
    "ownershipCycles(limit: 2)": "connected paths { length text }",
}


@pytest.fixture
async def ring(graph: Graph) -> Graph:
    """Ada, who is listed, -50%-> top -60%-> low -10%-> top; low -80%-> deep."""
    rows: list[worlds.Row] = [
        worlds.person("P-A", "Ada"),
        *(worlds.organization(f"O-{name}", name.title()) for name in ("top", "low", "deep")),
        worlds.owns("Party:P-A", "Party:O-top", 50),
        worlds.owns("Party:O-top", "Party:O-low", 60),
        worlds.owns("Party:O-low", "Party:O-top", 10),
        worlds.owns("Party:O-low", "Party:O-deep", 80),
        worlds.NodeRow(
            "RiskFlag", "F-1", ("RiskFlag",),
            {"kind": "SANCTIONED_OWNER", "severity": 0.9, "raisedOn": worlds.SINCE},
        ),
        worlds.claim("RiskFlag:F-1", "FLAGS", "Party:P-A"),
    ]  # fmt: skip
    assert (await write(graph, rows, at=worlds.RECORDED)).refused == []
    return graph


def same(answer: Any) -> Any:
    """An answer without the reproduction; ids carry the moment that is asked at."""
    if isinstance(answer, dict):
        kept = {name: same(value) for name, value in answer.items() if name != "reproduction"}
        return kept | ({"id": ids.decode(answer["id"]).partition("@")[0]} if "id" in answer else {})
    return [same(each) for each in answer] if isinstance(answer, list) else answer


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("moment", ["", "@2022-01-01/"])
async def test_a_reproduction_gives_the_answer_again(
    ring: Graph, ask: Ask, field: str, moment: str
) -> None:
    name = field.partition("(")[0]
    document = (
        "query ($id: ID!, $owner: ID!) { node(id: $id) { __typename ... on Organization {"
        f" {field} {{ {FIELDS[field]} {COMPLETE} moment {{ asOf knownAt }} {AGAIN} }}"
        " other: effectiveOwnership(owner: $owner) { share { min } } } } }"
    )
    of = ids.encode(f"Party:O-low{moment}")
    asked = await ask(document, id=of, owner=ids.encode("Party:P-A"))
    first = asked["node"][name]
    assert first["completeness"]["state"] == "COMPLETE"
    later: list[worlds.Row] = [
        worlds.person("P-B", "Bob"),
        worlds.owns("Party:P-B", "Party:O-low", 35),
        worlds.owns("Party:P-A", "Party:O-low", 5),
        worlds.owns("Party:O-deep", "Party:O-low", 1),
    ]
    assert (await write(ring, later, at=datetime.now(UTC))).refused == []

    again = first["reproduction"]
    found = (await ask(again["document"], **again["variables"]))["node"][name]

    assert same(found) == same(first)


@pytest.mark.parametrize("field", FIELDS)
async def test_who_may_not_read_ownership_is_told_so(
    ring: Graph, seal: Seal, key: IdentifierKey, field: str
) -> None:
    few = Viewer("few", "Few", tuple(set(Permission) - {Permission.READ_OWNERSHIP}), True)
    document = (
        "query ($id: ID!, $owner: ID!) { node(id: $id) { id ... on Organization {"
        f" found: {field} {{ completeness {{ state }} }}"
        " other: effectiveOwnership(owner: $owner) { share { min } } } } }"
    )
    of = {"id": ids.encode("Party:O-low"), "owner": ids.encode("Party:P-A")}

    context = Context(ring, few, seal, key)
    answer = await schema.execute(document, of, context_value=context)

    assert answer.data == {"node": {"id": of["id"], "found": None, "other": None}}
    codes = [(error.extensions or {})["code"] for error in answer.errors or []]
    assert codes == ["FORBIDDEN", "FORBIDDEN"]
