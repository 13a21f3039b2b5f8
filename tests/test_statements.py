"""Every statement has a deadline: nothing but a few named functions speaks to the driver itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_architecture import LAYERS, ROOT, name, sources

# Who makes a driver, opens a session or sends a statement, and what bounds it. Whatever else wants
# the database asks a `Graph`.
BOUNDED = {
    "graph/session.py": {
        "_rows",  # of `read`: a limit in the server, and one of ours a second later
        "_done",  # of `write`: the same for the transaction and its repetitions
        "run",  # inside the transaction of `write`
        "__init__",  # keeps the driver
        "_session",  # for the ones above and below
        "beat",  # both limits
        "schema",  # both, and ended sooner when the database falls silent
        "connect",  # the connections: three seconds to open one
    },
    "graph/heart.py": {"apart"},  # connections, over which only `beat` asks
    "graph/local_ready.py": {"until_ready", "_ask"},  # before there is a Graph; both limits
}
KNOWN = {"Query", "AsyncManagedTransaction"}  # what others may take from the driver, and its errors
FREE = {"neo4j.exceptions", "neo4j.time"}
OPENS = {"session", "_session", "driver", "begin_transaction"}
OPENS |= {"execute_query", "execute_read", "execute_write"}
# In `graph`, of what `run` may be called: none of these is a session or a transaction.
RUNS = {"graph", "_graph", "asyncio", "subprocess", "under_way", "_runner", "sender"}
SENDERS = {"tx", "transaction", "session"}  # of what it may not be called above it
SCHEMA = {"graph/migrate.py"}  # what may ask for an hour


def taken(node: ast.AST) -> str | None:
    """What a node takes of the driver that not everybody may."""
    match node:
        case ast.Import(names=names) if any(a.name.partition(".")[0] == "neo4j" for a in names):
            return "neo4j"
        case ast.ImportFrom(module=str(module), names=names) if module.partition(".")[0] == "neo4j":
            more = {alias.name for alias in names} - KNOWN
            return f"{module}: {sorted(more)}" if more and module not in FREE else None
    return None


def spoken(node: ast.AST, graph: bool) -> str | None:
    """What a node says to the driver itself; above `graph` a session is one of a browser."""
    match node:
        case ast.Call(func=ast.Attribute(value=of, attr="run")):
            whose = ast.unparse(of).rpartition(".")[2]
            free = whose in RUNS if graph else whose not in SENDERS
            return None if free else f"{whose}.run"
        case ast.Call(func=ast.Attribute(attr=attr)) if attr in OPENS:
            return attr if graph or attr != "session" else None
        case ast.Attribute(attr="_driver"):
            return "_driver"
    return None


def spoken_in(tree: ast.AST, graph: bool, function: str = "") -> Iterator[tuple[str, str]]:
    """Every such place: the innermost function, and what is said."""
    for node in ast.iter_child_nodes(tree):
        inner = function
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            inner = node.name
        if told := spoken(node, graph):
            yield inner, told
        yield from spoken_in(node, graph, inner)


def passing(text: str, where: str) -> list[str]:
    """What of a module bypasses the one way to the database."""
    tree, bounded = ast.parse(text), BOUNDED.get(where, set())
    found = [
        f"{function}: {told}"
        for function, told in spoken_in(tree, where.startswith("graph/"))
        if function not in bounded
    ]
    if not bounded and where != "graph/under_way.py":  # which keeps sessions, to end them
        found += [told for node in ast.walk(tree) if (told := taken(node))]
    return found


@pytest.mark.parametrize("path", sources(*LAYERS, "migrations", "scripts"), ids=name)
def test_no_statement_bypasses_its_deadline(path: Path) -> None:
    assert passing(path.read_text(encoding="utf-8"), name(path)) == []


def test_each_function_that_may_is_there() -> None:
    for where, functions in BOUNDED.items():
        tree = ast.parse((ROOT / where).read_text(encoding="utf-8"))
        assert {function for function, _ in spoken_in(tree, True)} == functions


@pytest.mark.parametrize(
    "text",
    [
        "from neo4j import GraphDatabase",
        "import neo4j",
        "import neo4j.graph",
        "from neo4j import Query, AsyncSession",
        "def f(d): d.session()",
        "def f(d): d.begin_transaction()",
        "async def f(d): await d.execute_query('RETURN 1')",
        "async def f(tx): await tx.run('RETURN 1')",
        "async def f(graph): await graph._driver.verify_connectivity()",
        "async def f(graph):\n  async with graph._session() as one: await one.run('RETURN 1')",
        "async def work(transaction): return [r async for r in await transaction.run('RETURN 1')]",
    ],
)
def test_what_bypasses_it_is_found(text: str) -> None:
    assert passing(text, "graph/issues.py")


def test_only_migrations_ask_for_an_hour() -> None:
    asking = set()
    for path in sources(*LAYERS):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id="pa"), attr="schema")):
                    pass  # of a Parquet file
                case ast.Call(func=ast.Attribute(attr="schema")):
                    asking.add(name(path))

    assert asking == SCHEMA
