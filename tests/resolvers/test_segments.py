"""Accounts by risk segment: the rules in force, in their order, whatever they rest on."""

import json
from datetime import date

from graph import ids
from graph.load.write import write
from graph.reference.install import install
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

SINCE = date(2021, 1, 1)
MEMBERS = """
  query ($segment: ID!) {
    accounts(filter: {segmentIds: [$segment]}, first: 10) { nodes { name segment { name } } }
  }
"""


def segment(name: str, precedence: int, rule: dict[str, object]) -> worlds.NodeRow:
    properties: dict[str, object] = {
        "name": name,
        "number": 1,
        "precedence": precedence,
        "filter": json.dumps(rule),
        "treatment": "Care",
        "validFrom": SINCE,
    }
    return worlds.NodeRow("RiskSegment", f"{name.lower()}.1", ("RiskSegment",), properties)


def accounts() -> list[worlds.Row]:
    """Apart is at CEE001 with a manager of CEE002; Together has both at CEE001."""
    rows: list[worlds.Row] = []
    for place, (name, home) in enumerate((("Apart", "CEE002"), ("Together", "CEE001")), 1):
        account, manager = f"Account:A-{place}", f"AccountManager:M-{place}"
        rows += [
            worlds.account(f"A-{place}", name),
            worlds.manager(f"M-{place}", f"Manager {place}"),
            worlds.claim(account, "ASSIGNED_TO", "Center:CEE001", basis="HIGHEST_VALUE"),
            worlds.claim(manager, "MEMBER_OF", f"Center:{home}"),
            worlds.claim(account, "MANAGED_BY", manager, role="PRIMARY"),
        ]
    return rows


async def test_a_rule_may_rest_on_warnings(graph: Graph, ask: Ask) -> None:
    await install(graph, worlds.RECORDED)
    mixed = segment("Mixed", 1, {"warnings": ["CENTER_MISMATCH"]})
    others = segment("Others", 2, {})
    await write(graph, [*accounts(), mixed, others], at=worlds.RECORDED)

    first = await ask(MEMBERS, segment=ids.encode(mixed.key))
    second = await ask(MEMBERS, segment=ids.encode(others.key))

    assert first["accounts"]["nodes"] == [{"name": "Apart", "segment": {"name": "Mixed"}}]
    assert second["accounts"]["nodes"] == [{"name": "Together", "segment": {"name": "Others"}}]


async def test_a_rule_that_names_segments_is_refused(graph: Graph, ask: Ask) -> None:
    await install(graph, worlds.RECORDED)
    circle = segment("Circle", 1, {})
    properties = {
        **circle.properties,
        "filter": json.dumps({"segmentIds": [ids.encode(circle.key)]}),
    }
    circle = worlds.NodeRow("RiskSegment", circle.id, circle.labels, properties)
    await write(graph, [*accounts(), circle], at=worlds.RECORDED)

    await ask(MEMBERS, "BAD_USER_INPUT", segment=ids.encode(circle.key))
