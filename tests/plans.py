"""How the database would answer a statement."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from neo4j import Query, ResultSummary

from graph.queries import boxed, named
from graph.session import Graph


async def plan(graph: Graph, text: str, parameters: Mapping[str, Any] | None = None) -> Any:
    """The first operator of a statement's plan, with its children."""
    summary = await _summary(graph, f"EXPLAIN {text}", parameters or {})
    assert summary.plan
    return summary.plan


async def profile(graph: Graph, question: Query, parameters: Mapping[str, Any]) -> Any:
    """The first operator of a statement that ran, with its children and what each touched."""
    summary = await _summary(graph, f"PROFILE {question.text}", parameters)
    assert summary.profile
    return summary.profile


async def hits(graph: Graph, question: Query, parameters: Mapping[str, Any]) -> int:
    """How often a statement touches the store."""
    ran = await profile(graph, question, parameters)
    return sum(int(step.get("dbHits", 0)) for step in steps(ran))


async def _summary(graph: Graph, text: str, parameters: Mapping[str, Any]) -> ResultSummary:
    """What the database tells of a statement, given as the product gives it."""
    async with graph._driver.session(database=graph._database) as session:
        result = await session.run(*boxed(text, {**dict.fromkeys(named(text)), **parameters}))
        return await result.consume()


def steps(node: Any) -> list[Any]:
    """An operator and all below it."""
    return [node, *(step for child in node.get("children", ()) for step in steps(child))]


def sent(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Query, dict[str, Any]]]:
    """What is asked of the database from now on, as it is asked."""
    asked: list[tuple[Query, dict[str, Any]]] = []
    read = graph.read

    async def noted(question: Query, **parameters: Any) -> Any:
        asked.append((question, parameters))
        return await read(question, **parameters)

    monkeypatch.setattr(graph, "read", noted)
    return asked


def touches(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Every statement that is sent from now on, by name, and how often it touches the store."""
    noted: list[tuple[str, int]] = []

    async def run(tx: Any, question: Query, **parameters: Any) -> list[dict[str, Any]]:
        text, given = boxed(str(question.text), parameters)
        result = await tx.run(f"PROFILE {text}", given)
        rows = [dict(record) async for record in result]
        summary = await result.consume()
        assert summary.profile
        often = sum(int(step.get("dbHits", 0)) for step in steps(summary.profile))
        noted.append((str((question.metadata or {}).get("query")), often))
        return rows

    async def read(question: Query, **parameters: Any) -> list[dict[str, Any]]:
        async with graph._driver.session(database=graph._database) as session:
            return await run(session, question, **parameters)

    monkeypatch.setattr(graph, "run", run)
    monkeypatch.setattr(graph, "read", read)
    return noted


async def replanned(graph: Graph) -> None:
    """Have all planned anew, by what the graph holds now; plans for other graphs are kept else."""
    await graph.schema("CALL db.prepareForReplanning()")


async def plans(graph: Graph) -> int:
    """How many plans the server kept until now; it keeps none of them any longer."""
    [row] = await graph.schema("CALL db.clearQueryCaches()")
    found = re.search(r"\d+", str(row["value"]))
    return int(found[0]) if found else 0


def operator(node: Any) -> str:
    """What an operator is called."""
    return str(node["operatorType"]).partition("@")[0]


def operators(node: Any) -> set[str]:
    """What it and all below it are called."""
    return {operator(step) for step in steps(node)}
