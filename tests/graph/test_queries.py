"""Every Cypher file: readable, ordered, called, of known names, understood by the server."""

import ast
import re
from pathlib import Path

import pytest
from neo4j import Query

from graph import records
from graph.queries import boxed, named, query
from graph.session import Graph
from graph.terms import RelationshipType

GRAPH = Path(__file__).parents[2] / "graph"
NAMES = sorted(
    path.relative_to(GRAPH / "queries").with_suffix("").as_posix()
    for path in GRAPH.glob("queries/**/*.cypher")
)
UNORDERED: dict[str, str] = {}  # a file whose rows have no order: the reason
UNSHOWN = {"MEASURES"}  # joins figures to their account: not a relationship that callers meet
BOOKKEEPING = {"Migration", "MigrationLock", "ReferenceData"}  # kept of itself: no record
WHOLESALE = {"warm.py", "warm_writes.py"}  # have files planned at the start, whatever their name
CLAUSE = re.compile(r"\b(?:MATCH|MERGE|UNWIND|RETURN)\b")
STRING = re.compile(r"'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"")


def statement(name: str) -> str:
    """The text of a file without its comments and without what stands between quotes."""
    lines = str(query(name).text).splitlines()
    return STRING.sub("''", "\n".join(line for line in lines if not line.startswith("//")))


def trees() -> dict[str, ast.Module]:
    """The syntax tree of everything in `graph`, by file."""
    paths = sorted(GRAPH.glob("**/*.py"))
    return {
        str(path.relative_to(GRAPH)): ast.parse(path.read_text(encoding="utf-8")) for path in paths
    }


def asked() -> list[tuple[str, ast.expr]]:
    """What every call of `query(...)` asks for, with the file and line of the call."""
    found = [(file, n) for file, tree in trees().items() for n in ast.walk(tree)]
    return [
        (f"{file}:{n.lineno}", n.args[0])
        for file, n in found
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == "query"
        if file not in WHOLESALE
    ]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_opens_with_its_question(name: str) -> None:
    assert re.match(r"// [A-Z][^\n]*[.?]\n", str(query(name).text))


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_one_statement(name: str) -> None:
    assert ";" not in statement(name)


@pytest.mark.parametrize("name", NAMES)
def test_rows_have_an_order(name: str) -> None:
    writes = re.search(r"\b(?:CREATE|MERGE|SET|DELETE|REMOVE)\b", statement(name))

    assert writes or name in UNORDERED or re.search(r"\bORDER BY\b", statement(name))


@pytest.mark.parametrize("name", NAMES)
def test_values_come_as_parameters_only(name: str) -> None:
    assert not re.search(r"%\(|%s|\{\{|\$\$|\$\{|<<", statement(name))


@pytest.mark.parametrize("name", NAMES)
def test_labels_and_relationship_types_are_those_of_the_records(name: str) -> None:
    names = set(re.findall(r"(?<=[:|&!])[A-Z]\w*", statement(name)))

    types = {name for name in names if name.isupper()}
    labels = names - types

    assert labels <= records.LABELS | BOOKKEEPING
    assert types <= {kind.value for kind in RelationshipType} | UNSHOWN


@pytest.mark.parametrize("name", NAMES)
def test_a_thing_is_read_without_the_instant_it_was_recorded_at(name: str) -> None:
    """No record shows it, and the driver decodes an instant more slowly than all the rest."""
    whole = re.findall(r"\{\.\*, [^{}]*labels: labels\(", statement(name))

    assert all("recordedAt: null" in projection for projection in whole)


def test_a_call_names_its_file_in_plain_words() -> None:
    assert [place for place, what in asked() if not isinstance(what, ast.Constant)] == []


def test_every_file_is_called_once_and_every_call_has_a_file() -> None:
    named = [str(what.value) for _, what in asked() if isinstance(what, ast.Constant)]

    assert sorted(named) == NAMES


def test_no_statement_is_put_together_in_python() -> None:
    built = [n for tree in trees().values() for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)]
    texts = [ast.unparse(text) for text in built]

    assert [text for text in texts if CLAUSE.search(text)] == []


@pytest.mark.parametrize("name", NAMES)
async def test_the_server_can_plan_it(graph: Graph, name: str) -> None:
    text = str(query(name).text)
    parameters = dict.fromkeys(named(text))

    await graph.read(Query(f"EXPLAIN {text}"), **parameters)


def test_a_statement_takes_its_parameters_out_of_one_map() -> None:
    text, given = boxed("MATCH (n {key: $key}) RETURN n LIMIT $limit", {"key": "A", "limit": 1})

    assert text == "MATCH (n {key: $given.key}) RETURN n LIMIT $given.limit"
    assert given == {"given": {"key": "A", "limit": 1}}


def test_a_missing_parameter_is_no_null() -> None:
    with pytest.raises(KeyError, match="limit"):
        boxed("RETURN $key LIMIT $limit", {"key": "A"})
