"""Plan what commands ask before anybody gives one: a first write would plan for seconds.

A statement is explained, not run: its plan is kept as if it had been, whatever is given later.
"""

import asyncio
import logging
from typing import Any

from neo4j import Query

from graph.errors import GraphError
from graph.queries import named, query, stored
from graph.session import Graph
from graph.warm import warm

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


async def lasting(graph: Graph, questions: asyncio.Task[Any]) -> None:
    """Plan them once the questions are planned, which more callers wait for; until cancelled.

    All is planned again when the database was away: it may have ended, and with it its plans.
    """
    await asyncio.wait([questions])
    while True:
        await writes(graph)
        await graph.circuit.back()
        await warm(graph)


async def writes(graph: Graph) -> int:
    """Plan what commands ask, one statement after the other; counts them.

    What the database cannot plan now is planned by whoever gives the first command.
    """
    asked = names()
    for name in asked:
        question = query(name)
        patient = Query(f"EXPLAIN {question.text}", metadata=question.metadata, timeout=PATIENCE)
        try:
            await graph.read(patient, **dict.fromkeys(named(str(question.text))))
        except GraphError as error:
            log.warning("A write is not planned yet.", extra={"fault": error.code})
    return len(asked)


def names() -> list[str]:
    """What commands and the sender of webhooks ask, by name."""
    return [*stored("command"), *stored("webhook"), *(f"load/{name}" for name in WRITER)]
