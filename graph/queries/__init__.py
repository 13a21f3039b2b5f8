"""The Cypher the graph runs: one statement per file, named by its path."""

from functools import cache
from importlib.resources import files

from neo4j import Query

SECONDS = 5.0  # a question slower than this is a fault, not an answer


@cache
def query(name: str) -> Query:
    """The statement stored as `<name>.cypher`, carrying its name into logs and traces."""
    text = files(__name__).joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    return Query(text, metadata={"query": name}, timeout=SECONDS)
