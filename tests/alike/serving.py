"""The product's endpoint on a real socket, and what callers are told by it, byte for byte.

What two servers never tell alike is put aside, and nothing else (`aside`): the day and hour, the id
of a request, ids and secrets that are drawn anew; where something was written also its places in
the log, which is one for all (docs/promises.md).
"""

import gc
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from neo4j import Query

import transport
from graph import ids
from graph.feed import FEEDS
from graph.identifiers import IdentifierKey
from graph.jobs import Jobs
from graph.load.write import write
from graph.paging import Seal
from graph.policy import Viewer
from graph.reach import forget
from graph.risk_network import NETWORKS
from graph.session import Graph
from graph.snapshot import SNAPSHOTS
from graph.webhooks import Webhooks
from resolvers.context import Context
from schema import schema
from tests.alike.operations import OWNED
from tests.conftest import EMPTY
from tests.reach.random_world import RECORDED
from tests.transport.serving import Running, running
from tests.worlds import Row

HEADERS = {"date", "x-request-id"}
"""Headers that differ from answer to answer."""
INSTANT = re.compile(rb"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)")
SECRET = re.compile(rb"whsec_[\w+/=-]+")
LONG = re.compile(rb"[A-Za-z0-9_-]{12,}")
DATED = re.compile(rb"@[\d-]*/" + INSTANT.pattern)
"""In an id: the moment that it is of."""
DRAWN = re.compile(rb"Redacted:.*|(?!Relationship:)[A-Z]\w+:[A-Z]+-[0-9a-f]{12,}", re.DOTALL)
"""Ids that are drawn: of redacted nodes, and of what was written here."""
PLACED = re.compile(rb'("(?:cursor|startCursor|endCursor)":)"[\w-]+"|"Q2hhbmdlO[\w-]+"')
"""Beside what was written: cursors, which seal drawn ids and places in the log; ids of changes."""
CUT = b'{"data":null,'
"""How an answer begins of which an error took all: what else was asked is let go as it comes."""


@dataclass
class Served:
    """The server, and what it is asked by whom."""

    graph: Graph
    one: Running
    client: httpx2.AsyncClient
    sent: list[tuple[Query, dict[str, Any]]]
    written: bool = False  # whether callers have written something
    count: int = 0  # of what was asked

    async def ask(self, name: str, query: str, variables: Any = None) -> bytes:
        """The whole answer to one person: status, headers, body, and after which statements.

        Not after how many: what is asked side by side is read together or not, as it comes.
        """
        self.sent.clear()
        self.count += 1
        if self.count % 200 == 0:
            gc.collect()
        told = await self.client.post(
            self.one.graphql,
            json={"query": query, "variables": variables},
            headers={"authorization": f"Bearer {name}"},
        )
        whole = not told.content.startswith(CUT)
        statements = {str((one.metadata or {}).get("query")) for one, _ in self.sent if whole}
        headers = sorted(one for one in told.headers.items() if one[0] not in HEADERS)
        head = json.dumps([told.status_code, sorted(statements), headers]).encode()
        return head + b"\n" + aside(told.content, written=self.written)


def aside(body: bytes, *, written: bool = False) -> bytes:
    """The body without what is never alike; what is drawn is numbered as it comes.

    Errors come in the order in which they were met, side by side: they are sorted.
    """
    drawn: dict[bytes, bytes] = {}

    def known(found: re.Match[bytes]) -> bytes:
        try:
            told = ids.decode_bytes(found[0].decode())
        except ValueError:
            return found[0]
        if DRAWN.fullmatch(told):
            return drawn.setdefault(told, b"drawn %d" % len(drawn))
        return DATED.sub(b"@then", told) if DATED.search(told) else found[0]

    told = json.loads(body)
    if len(told.get("errors") or ()) > 1:
        told["errors"].sort(key=json.dumps)
        body = json.dumps(told).encode()
    body = PLACED.sub(rb'\1"placed"', body) if written else body
    return SECRET.sub(b"secret", INSTANT.sub(b"then", LONG.sub(known, body)))


def unread(graph: Graph) -> None:
    """Have everything read anew: what is kept follows the log, and the log is a new one."""
    for kept in (SNAPSHOTS, NETWORKS):
        kept.known.pop(graph, None)
    FEEDS.pop(graph, None)
    forget(graph, lambda: 0.0)


async def written(graph: Graph, rows: list[Row]) -> None:
    """A database of these rows and nothing else; its log is called the same each time."""
    await graph.schema(EMPTY)
    await graph.schema("CREATE (:ChangeLog {id: 'changes', incarnation: 'alike', sequence: 0})")
    await besides(graph, rows)


async def besides(graph: Graph, rows: list[Row]) -> None:
    """The same database with these rows besides."""
    outcome = await write(graph, rows, at=RECORDED)
    assert outcome.refused == []
    unread(graph)


@asynccontextmanager
async def served(
    graph: Graph,
    keys: tuple[Seal, IdentifierKey],
    folder: Path,
    viewers: dict[str, Viewer],
    sent: list[tuple[Query, dict[str, Any]]],
) -> AsyncIterator[Served]:
    """A server for these viewers; their points come back at once."""
    seal, key = keys
    jobs, webhooks = Jobs(graph, key, folder, 1_000), Webhooks(key)

    async def authenticate(given: str | None, _host: str | None) -> Viewer | None:
        return viewers[(given or "").removeprefix("Bearer ")]

    def context(_connection: object, viewer: Any) -> Context:
        base = "http://localhost"
        return Context(graph, viewer, seal, key, jobs=jobs, webhooks=webhooks, base=base)

    doors = transport.Doors(
        authenticate,
        allowance=lambda _: transport.Allowance(points=2_000, restore=1_000_000_000),
        budget=transport.Budget(transport.Memory()),
        trusted=transport.Trusted(
            owned={transport.document_id(text): text for text in OWNED.values()},
            owner=lambda viewer: getattr(viewer, "owner", False),
        ),
        deadline=60.0,
    )
    async with (
        running(doors, schema=schema, context=context) as one,
        httpx2.AsyncClient(timeout=90) as client,
    ):
        yield Served(graph, one, client, sent)
