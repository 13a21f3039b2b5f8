"""Fixtures every test may use: a real Neo4j that this run starts, emptied before each test."""

import os
from collections.abc import AsyncIterator, Iterator

import pytest

from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.load.write import write
from graph.local import start_local
from graph.migrate import migrate
from graph.paging import Seal
from graph.policy import DEVELOPMENT
from graph.reach import forget
from graph.session import PATIENT, Graph, connect
from resolvers.context import Context
from tests import days, worlds

EMPTY = (
    "MATCH (node) WHERE NOT node:Migration AND NOT node:MigrationLock"
    " CALL (node) { DETACH DELETE node } IN TRANSACTIONS OF 1000 ROWS"
)


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skipped test is a failure where NO_SKIP says so."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("NO_SKIP") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = exitstatus or pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """No test runs over midnight, though a run may."""
    days.begin()


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Address]:
    """A Neo4j server of this run's own."""
    with start_local(tmp_path_factory.mktemp("graph"), quick=True) as database:
        yield database.address


@pytest.fixture(scope="session")
def key(tmp_path_factory: pytest.TempPathFactory) -> IdentifierKey:
    """The key that importer numbers are looked up with."""
    return IdentifierKey.at(tmp_path_factory.mktemp("keys") / "identifier.key")


@pytest.fixture(scope="session")
async def server(address: Address) -> AsyncIterator[Graph]:
    """A migrated graph on that server."""
    async with connect(address, PATIENT) as graph:
        await migrate(graph)
        yield graph


@pytest.fixture
async def graph(server: Graph) -> Graph:
    """An empty graph that has counted no statement yet."""
    await server.schema(EMPTY)
    forget(server)
    server.statements = 0
    return server


@pytest.fixture(scope="session")
def seal(key: IdentifierKey) -> Seal:
    """What seals cursors in this run."""
    return Seal(key.derive(b"cursors"))


@pytest.fixture
def context(graph: Graph, seal: Seal, key: IdentifierKey) -> Context:
    """One operation of the development viewer."""
    return Context(graph, DEVELOPMENT, seal, key)


@pytest.fixture
async def harbor(graph: Graph, key: IdentifierKey) -> Graph:
    """The graph holding `worlds.harbor`."""
    outcome = await write(graph, worlds.harbor(key).rows, at=worlds.RECORDED)
    assert outcome.refused == []
    graph.statements = 0
    return graph
