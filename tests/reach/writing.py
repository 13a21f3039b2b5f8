"""Commands given by who reaches some accounts, and what came of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import build_schema
from neo4j import Query

from graph import ids
from graph.policy import Viewer
from graph.session import Graph
from schema import schema
from tests.reach.conftest import Ask, Told
from tests.reach.cutting import DUMP_CLAIMS, DUMP_NODES

SDL = build_schema(schema.as_str())
CLAIM = Query(
    "MATCH (a {key: $start})-[claim]->(b {key: $end}) WHERE type(claim) = $type"
    " RETURN claim.id AS id"
)
SOURCE = {"name": "Register"}


def id_(key: str) -> str:
    return ids.encode(key)


def accounts(*given: str) -> list[str]:
    return [id_(f"Account:{each}") for each in given]


def claimed(type_: str, start: str, end: str) -> dict[str, Any]:
    """One claim to record."""
    told = {"type": type_, "fromId": id_(start), "toId": id_(end), "source": SOURCE}
    return {"relationships": [told]}


@dataclass(frozen=True)
class Writer:
    """A way to give commands, and to see what is stored."""

    graph: Graph
    ask: Ask

    async def give(self, viewer: Viewer, field: str, given: Mapping[str, Any]) -> Told:
        """Give a command."""
        assert SDL.mutation_type
        kind = SDL.mutation_type.fields[field].args["input"].type
        text = f"mutation ($input: {kind}) {{ it: {field}(input: $input) {{ userErrors"
        return await self.ask(viewer, f"{text} {{ code path message }} }} }}", input=given)

    async def errors(self, viewer: Viewer, field: str, given: Mapping[str, Any]) -> list[str]:
        """What is wrong with a command: codes with their paths."""
        told = await self.give(viewer, field, given)
        assert told.codes == []
        wrong = told.data["it"]["userErrors"]
        return [f"{each['code']} {'.'.join(each['path'][1:])}" for each in wrong]

    async def claim(self, start: str, type_: str, end: str) -> str:
        """The global id of the claim between two things."""
        [row] = await self.graph.read(CLAIM, start=start, type=type_, end=end)
        return id_(f"Relationship:{row['id']}")

    async def stored(self) -> list[str]:
        """Everything that is stored, to the last property."""
        nodes, claims = await self.graph.read(DUMP_NODES), await self.graph.read(DUMP_CLAIMS)
        return sorted(map(repr, (*nodes, *claims)))
