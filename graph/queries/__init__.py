"""The Cypher the graph runs: one statement per file, named by its path."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from neo4j import Query

GIVEN = "given"
"""The one parameter that is sent: a map of all that a statement names."""
PARAMETER = re.compile(r"\$(\w+)")


@cache
def query(name: str) -> Query:
    """The statement stored as `<name>.cypher`, carrying its name into logs and traces.

    How long it may take is the session's to say: every statement is sent with a limit.
    """
    text = files(__name__).joinpath(f"{name}.cypher").read_text(encoding="utf-8")
    return Query(text, metadata={"query": name})


def stored(subject: str) -> list[str]:
    """The names of all statements about a subject, in their order."""
    found = sorted(PurePosixPath(each.name) for each in files(__name__).joinpath(subject).iterdir())
    return [f"{subject}/{name.stem}" for name in found if name.suffix == ".cypher"]


def within(question: Query, seconds: float | None) -> Query:
    """The statement, which may take so many seconds; as long as any other for None."""
    return Query(question.text, metadata=question.metadata, timeout=seconds)


def boxed(text: str, parameters: Mapping[str, object]) -> tuple[str, dict[str, object]]:
    """A statement that takes its parameters out of one map, and that map.

    The database keeps a plan for each type of each parameter, and for each order of magnitude of a
    list's or a text's length (0, 1, 2 to 10, 11 to 100); into a map it does not look. So a
    statement is planned once, whatever is given. See ADR 38. What a map lacks is null to the
    database: raises KeyError where a parameter is missing.
    """
    if missing := named(text) - parameters.keys():
        raise KeyError(*sorted(missing))
    return _boxed(text), {GIVEN: parameters}


@cache
def _boxed(text: str) -> str:
    return PARAMETER.sub(rf"${GIVEN}.\1", text)


@cache
def named(text: str) -> frozenset[str]:
    """The names of the parameters of a statement."""
    return frozenset(PARAMETER.findall(text))
