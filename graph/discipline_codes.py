"""The codes of the disciplines, as shipped."""

from functools import cache

from graph.load.rows import NodeRow
from graph.reference.rows import read
from graph.reference.tables import FOLDER


@cache
def codes() -> tuple[str, ...]:
    """Every discipline's code, in order."""
    found = read([FOLDER / "disciplines.csv"])
    return tuple(sorted(row.id for row in found if isinstance(row, NodeRow)))
