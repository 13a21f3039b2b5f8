"""Plan what commands ask before anybody gives one: a first write would plan for seconds.

A statement is explained, not run: its plan is kept as if it had been. The server keeps a plan for
each type of each parameter, and for each order of magnitude of a list's or a text's length: 0, 1,
2 to 10, 11 to 100. So values here are as long as those of a command about one or a few things.
"""

import asyncio
import logging
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import PurePosixPath
from typing import Any

from neo4j import Query

from graph.errors import GraphError
from graph.queries import query
from graph.rows import OPEN_INSTANT
from graph.session import Graph

log = logging.getLogger(__name__)

PATIENCE = 60.0  # for one plan: nobody waits for it
WRITER = (
    "change_things",
    "claims",
    "close_claims",
    "create_claims",
    "create_things",
    "differences",
    "entities",
    "exclusive",
    "indispensable",
    "lock",
    "log_accounts",
    "log_append",
    "log_begin",
    "log_concerned",
    "numbers",
    "others",
    "participants",
)
"""The statements of a load that commands share."""
LISTS = ("keys", "lookups", "nodes", "rows")
SIZES = (1, 2)
ROW: dict[str, Any] = {"number": 0}
WORD = "x" * 32  # as long as a key, an id or a digest
VALUES: dict[str, Any] = {
    "rows": ROW,
    "at": datetime(1, 1, 1, tzinfo=UTC),
    "since": datetime(1, 1, 1, tzinfo=UTC),
    "open": OPEN_INSTANT,
    "day": date(1, 1, 1),
    "count": 1,
    "most": 1,
    "every": True,
    "answer": "x" * 200,
    "properties": {},
}
WAYS = (
    {"outward": [WORD], "inward": []},
    {"outward": [], "inward": [WORD]},
    {"outward": [WORD] * 2, "inward": []},
    {"outward": [WORD] * 2, "inward": [WORD] * 2},
)
"""In which directions commands look for claims."""


async def after(planning: asyncio.Task[Any], graph: Graph) -> None:
    """Plan them once the questions are planned, which more callers wait for."""
    await asyncio.wait([planning])
    await writes(graph)


async def writes(graph: Graph) -> int:
    """Plan what commands ask, one statement after the other; answers how many plans were asked for.

    What the database cannot plan now is planned by whoever gives the first command.
    """
    planned = 0
    for name in names():
        question = query(name)
        patient = Query(f"EXPLAIN {question.text}", metadata=question.metadata, timeout=PATIENCE)
        for given in parameters(str(question.text)):
            planned += 1
            try:
                await graph.read(patient, **given)
            except GraphError as error:
                log.warning("A write is not planned yet.", extra={"fault": error.code})
    return planned


def names() -> list[str]:
    """What commands ask, by name."""
    folder = files("graph.queries") / "command"
    found = sorted(PurePosixPath(each.name) for each in folder.iterdir())
    own = [f"command/{name.stem}" for name in found if name.suffix == ".cypher"]
    return [*own, *(f"load/{name}" for name in WRITER)]


def parameters(text: str) -> list[dict[str, Any]]:
    """The parameters to plan a statement for."""
    wanted = sorted(set(re.findall(r"\$(\w+)", text)))
    sizes = SIZES if set(wanted) & set(LISTS) else SIZES[:1]
    ways = WAYS if "outward" in wanted else WAYS[:1]
    return [
        {name: {**way, **_values(size)}.get(name, WORD) for name in wanted}
        for size in sizes
        for way in ways
    ]


def _values(size: int) -> dict[str, Any]:
    """Values by name, with lists of this length."""
    return VALUES | {name: [VALUES.get(name, WORD)] * size for name in LISTS}
