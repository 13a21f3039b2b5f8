"""A small graph with everything that a backup must hold, and all that is in it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from graph.address import Address
from graph.commands import identity, owners, sessions
from graph.demo import desk
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.migrate import migrate
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.roles import Role
from graph.session import PATIENT, Graph, connect
from graph.sessions import Session
from graph.terms import Permission
from resolvers.context import Context
from schema import schema
from tests import worlds

NUMBER = "12-3456789AB"
SAVE = """mutation { saveParty(input: {kind: ORGANIZATION, name: "Heron", idempotencyKey: "once"}) {
  replayed party { id } userErrors { code } } }"""
CHANGES = """query ($after: String) {
  changes(after: $after, first: 100) { edges { cursor } } }"""


@dataclass(frozen=True, slots=True)
class World:
    """What was there, and what was told of it."""

    all: list[str]
    party: str
    key: str  # of a service
    cursor: str  # of the last change


@asynccontextmanager
async def opened(address: Address) -> AsyncIterator[Graph]:
    """The graph at an address, which may be planning still."""
    async with connect(address, PATIENT) as graph:
        yield graph


async def asked(graph: Graph, key: IdentifierKey, document: str, **variables: object) -> Any:
    """The data of one operation, or its error's code and what it extends to."""
    context = Context(graph, DEVELOPMENT, Seal(key.derive(b"cursors")), key)
    answer = await schema.execute(document, variables, context_value=context)
    if answer.errors:
        return answer.errors[0].extensions
    return answer.data


async def written(address: Address, key: IdentifierKey, ssn: str) -> World:
    """Write it."""
    now = datetime.now(UTC)
    async with opened(address) as graph:
        await migrate(graph)
        rows = [
            *worlds.harbor(key).rows,
            worlds.number(key, "N-3", ssn),
            worlds.claim("ImporterNumber:N-3", "IDENTIFIES", "Account:A-1"),
        ]
        assert (await write(graph, rows, at=now)).refused == []
        rights = [Permission.READ_RISK]
        made = await identity.create_key(graph, "ledger", rights, timedelta(days=30), now)
        await owners.register(graph, "auth0|5f7c", ["A-1"], timedelta(days=30), now)
        await desk.write(graph)
        saved = (await asked(graph, key, SAVE))["saveParty"]
        assert saved["userErrors"] == []
        log = (await asked(graph, key, CHANGES))["changes"]["edges"]
        all_ = await everything(graph)
        await sessions.begin(graph, signed_in(now), most=5)  # what is not restored
        return World(all_, saved["party"]["id"], made.text, log[-1]["cursor"])


def signed_in(now: datetime) -> Session:
    """Somebody who signed in on a page, and may have signed out since."""
    roles = (Role.HQ_ANALYST.value,)
    return Session("a" * 64, "issuer", "M-31", "M-31", "Ada", roles, now, now + timedelta(hours=12))


async def everything(graph: Graph) -> list[str]:
    """All nodes and relationships with all they say, but for the name of the log, in one order."""
    nodes = await graph.schema(
        "MATCH (node) RETURN labels(node) AS labels, properties(node) AS said"
    )
    claims = await graph.schema(
        "MATCH (start)-[claim]->(end) RETURN start.key AS start, type(claim) AS type,"
        " end.key AS end, properties(claim) AS said"
    )
    for node in nodes:
        if node["labels"] == ["ChangeLog"]:
            del node["said"]["incarnation"]
    return sorted(json.dumps(row, sort_keys=True, default=str) for row in [*nodes, *claims])
