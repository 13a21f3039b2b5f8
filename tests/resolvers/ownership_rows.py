"""Owners in few words, as written and as answered."""

from typing import Any

from graph import ids
from graph.load.rows import Source
from graph.load.write import write
from graph.session import Graph
from tests import worlds
from tests.resolvers.conftest import Ask

ULTIMATE = """query ($id: ID!, $atLeast: Percent! = 0, $naturalPersons: Boolean! = false,
    $limit: Int! = 20) { node(id: $id) { ... on Organization {
  ultimateOwners(atLeast: $atLeast, naturalPersons: $naturalPersons, limit: $limit) {
    owners { owner { __typename ... on Entity { label } } share { min max } verdict
      paths { text share { min max } } }
    remainder { min max } undisclosed { organization { label } share { min max } }
    remarks { code text about { label } } } } } }"""
GROUP = """query ($id: ID!, $limit: Int! = 20) { node(id: $id) {
  ... on Party { controlledGroup { verdict memberCount { value relation }
    members(limit: $limit) { organization { label } verdict votes { min max } path { text } }
    completeness { state } } }
  ... on Organization { controllingGroup { controller { ... on Entity { label } } verdict } } } }"""
OTHER = Source("Press", "page 3", "https://press.example/3")
Rows = list[worlds.Row]


def org(*names: str) -> Rows:
    return [worlds.organization(f"O-{name}", name.title()) for name in names]


def people(*names: str) -> Rows:
    return [worlds.person(f"P-{name}", name.title()) for name in names]


def held(owner: str, of: str, low: int, high: int | None = None, **more: object) -> worlds.ClaimRow:
    return worlds.owns(f"Party:{owner}", f"Party:{of}", low, high, **more)


def said(owner: str, of: str, low: int) -> worlds.ClaimRow:
    """The same by another source."""
    claim = held(owner, of, low)
    return worlds.ClaimRow(
        claim.type,
        claim.start,
        claim.end,
        OTHER,
        claim.valid_from,
        claim.valid_to,
        claim.properties,
    )


async def written(graph: Graph, *rows: worlds.Row) -> None:
    assert (await write(graph, list(rows), at=worlds.RECORDED)).refused == []


async def asked(ask: Ask, document: str, of: str, **more: object) -> Any:
    return (await ask(document, id=ids.encode(f"Party:{of}"), **more))["node"]


async def owners(ask: Ask, of: str, **more: object) -> dict[str, tuple[float, float, str]]:
    found = (await asked(ask, ULTIMATE, of, **more))["ultimateOwners"]["owners"]
    return {
        each["owner"]["label"]: (each["share"]["min"], each["share"]["max"], each["verdict"])
        for each in found
    }


async def remarks(ask: Ask, of: str) -> list[tuple[str, str]]:
    found = (await asked(ask, ULTIMATE, of))["ultimateOwners"]["remarks"]
    return [(each["code"], each["about"]["label"]) for each in found]
