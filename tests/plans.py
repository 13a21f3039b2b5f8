"""How the database would answer a statement."""

from collections.abc import Mapping
from typing import Any

from neo4j import Query

from graph.session import Graph


async def plan(graph: Graph, text: str, parameters: Mapping[str, Any] | None = None) -> Any:
    """The first operator of a statement's plan, with its children."""
    async with graph._driver.session(database=graph._database) as session:
        result = await session.run(Query(f"EXPLAIN {text}"), dict(parameters or {}))
        summary = await result.consume()
    assert summary.plan
    return summary.plan


def operator(node: Any) -> str:
    """What an operator is called."""
    return str(node["operatorType"]).partition("@")[0]


def operators(node: Any) -> set[str]:
    """What it and all below it are called."""
    return {operator(node)}.union(*map(operators, node.get("children", [])))
