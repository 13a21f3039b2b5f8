"""`moment.notBefore`: an answer from a state no older than one's own write."""

import asyncio
from datetime import UTC, datetime

import pytest

from graph import changes, ids
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.session import Graph
from resolvers import arguments
from resolvers.context import Context
from schema import schema
from tests import worlds
from tests.resolvers.conftest import Ask

DOCUMENT = """query ($cursor: String) {
  account(by: {importerNumber: "12-3456789AB"}, moment: {notBefore: $cursor}) { name } }"""
LOG = """{ changes(last: 1) { edges { cursor } } }"""


async def test_a_cursor_of_the_log_is_reached_at_once(harbor: Graph, ask: Ask) -> None:
    [edge] = (await ask(LOG))["changes"]["edges"]
    harbor.statements = 0

    assert (await ask(DOCUMENT, cursor=edge["cursor"]))["account"] == {"name": "Harbor Textiles"}
    assert harbor.statements == 2  # the log's place, and the account


async def test_it_waits_for_what_is_being_written(harbor: Graph, seal: Seal, ask: Ask) -> None:
    place = await changes.place(harbor)
    following = seal.closing(arguments.LOG)((place.sequence + 1,))
    asked = asyncio.ensure_future(ask(DOCUMENT, cursor=following))
    await asyncio.sleep(0.2)
    assert not asked.done()

    await write(harbor, [worlds.person("P-7", "New")], at=datetime.now(UTC))

    assert (await asked)["account"] == {"name": "Harbor Textiles"}


async def test_what_it_waited_for_is_in_the_answer(harbor: Graph, seal: Seal, ask: Ask) -> None:
    document = """query ($cursor: String, $id: ID!) {
      party(by: {id: $id}, moment: {notBefore: $cursor}) { ... on Person { name } } }"""
    place = await changes.place(harbor)
    following = seal.closing(arguments.LOG)((place.sequence + 1,))
    new = ids.encode("Party:P-7")
    asked = asyncio.ensure_future(ask(document, cursor=following, id=new))
    await asyncio.sleep(0.2)

    await write(harbor, [worlds.person("P-7", "New")], at=datetime.now(UTC))

    assert (await asked)["party"] == {"name": "New"}


async def test_a_graph_that_stays_behind_says_how_far(
    harbor: Graph,
    seal: Seal,
    key: IdentifierKey,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(arguments, "PATIENCE", 0.1)
    place = await changes.place(harbor)
    far = seal.closing(arguments.LOG)((place.sequence + 41,))
    context = Context(harbor, DEVELOPMENT, seal, key)

    answer = await schema.execute(DOCUMENT, {"cursor": far}, context_value=context)

    assert answer.data == {"account": None}
    [error] = answer.errors or []
    assert (error.extensions or {})["code"] == "UNAVAILABLE"
    assert "41 changes behind" in error.message


async def test_a_cursor_of_another_list_is_refused(harbor: Graph, seal: Seal, ask: Ask) -> None:
    other = seal.closing(("parties",))((1,))

    assert await ask(DOCUMENT, "CURSOR_INVALID", cursor=other) == {"account": None}
    assert await ask(DOCUMENT, "CURSOR_INVALID", cursor="nonsense") == {"account": None}
