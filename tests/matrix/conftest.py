"""The program of the cells on a real database, written once for all who ask."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from neo4j import Query

from graph import ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import forget
from graph.session import Graph
from resolvers.context import Context
from schema import schema
from tests.conftest import EMPTY
from tests.matrix.asking import PEOPLE, THINGS, keys
from tests.matrix.asking import viewer as viewer_of
from tests.matrix.program import rows
from tests.reach.random_world import RECORDED

CLAIM = Query("MATCH ({key: $key})-[claim]->() WHERE type(claim) = $type RETURN claim.id AS id")
CHANGE = Query("MATCH (c:Change {account: $key}) RETURN c.sequence AS id ORDER BY id LIMIT 1")


@dataclass
class Program:
    """The program, with the ids of its things, and what who sees everything was told."""

    graph: Graph
    seal: Seal
    key: IdentifierKey
    ids: dict[str, list[str]]
    all: dict[str, Any]

    async def ask(self, viewer: Viewer, text: str, **variables: Any) -> Any:
        context = Context(self.graph, viewer, self.seal, self.key)
        return await schema.execute(text, variables, context_value=context)

    async def everything(self, text: str, **variables: Any) -> Any:
        """What who sees everything is told."""
        about = f"{text} {variables}"
        if about not in self.all:
            told = await self.ask(viewer_of(PEOPLE[0]), text, **variables)
            assert told.errors is None, (text, told.errors)
            self.all[about] = told.data
        return self.all[about]


@pytest.fixture(scope="module")
async def program(server: Graph, seal: Seal, key: IdentifierKey) -> AsyncIterator[Program]:
    await server.schema(EMPTY)
    outcome = await write(server, rows(key), at=RECORDED)
    assert outcome.refused == []
    forget(server, lambda: 0.0)
    found = {name: [await _id(server, each) for each in keys(name)] for name in THINGS}
    yield Program(server, seal, key, found, {})
    await server.schema(EMPTY)
    forget(server)


async def _id(graph: Graph, key: str) -> str:
    """The global id of a thing, or of a relationship or change that is named by its start."""
    start, _, type_ = key.partition(" ")
    if type_ == "CHANGED":
        [row] = await graph.read(CHANGE, key=start)
        return ids.encode(f"Change:{row['id']}")
    if type_:
        [row] = await graph.read(CLAIM, key=start, type=type_)
        return ids.encode(f"Relationship:{row['id']}")
    return ids.encode(key)
