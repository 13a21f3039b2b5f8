"""The Cypher the graph runs: one statement per file, named by its path."""

from functools import cache
from importlib.resources import files

from neo4j import Query


@cache
def query(name: str) -> Query:
    """The statement stored as `<name>.cypher`, carrying its name into logs and traces.

    How long it may take is the session's to say: every statement is sent with a limit.
    """
    text = files(__name__).joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    return Query(text, metadata={"query": name})


def within(question: Query, seconds: float | None) -> Query:
    """The statement, which may take so many seconds; as long as any other for None."""
    return Query(question.text, metadata=question.metadata, timeout=seconds)
