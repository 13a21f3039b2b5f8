"""Plan every question before the first caller asks it: a plan costs up to a second, once."""

import asyncio
import logging
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import PurePosixPath

from neo4j import Query

from graph.accounts import PARTS
from graph.algorithms.claims import BILLION, ECONOMIC, Claims
from graph.algorithms.control import blocked, controlled, controller
from graph.algorithms.holdings import holdings
from graph.algorithms.integrated import effective, ultimate
from graph.algorithms.upstream import upstream
from graph.errors import GraphError, TimedOut
from graph.lists import FIRST, LAST
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph
from graph.snapshot import snapshot

log = logging.getLogger(__name__)

SUBJECTS = (
    "account",
    "agenda",
    "caseload",
    "broker",
    "center",
    "change",
    "comparison",
    "desk",
    "discipline",
    "entity",
    "flag",
    "identifier",
    "issue",
    "number",
    "organization",
    "participation",
    "path",
    "performance",
    "party",
    "reassignment",
    "relationship",
    "request",
    "risk",
    "search",
    "segment",
    "snapshot",
    "specialist",
    "staff",
    "strategy",
    "tariff",
    "term",
    "warning",
)
# What finds nothing, with values of the types that callers give: a plan is kept by those types.
NOTHING: dict[str, object] = {
    "fromAsOf": date(1, 1, 1),
    "fromKnownAt": datetime(1, 1, 1, tzinfo=UTC),
    "toKnownAt": datetime(1, 1, 1, tzinfo=UTC),
    "at": datetime(1, 1, 1, tzinfo=UTC),
    "chapters": [],
    "leaving": [],
    "figures": False,
    "soon": date(1, 1, 1),
    "dueBy": date(1, 1, 1),
    "kinds": [],
    "reviewDays": 1,
    "managerDays": 1,
    "decisionDays": 1,
    "facts": [],
    "clauses": [],
    "inStatus": [],
    "inCenter": [],
    "segments": [],
    "order": "NAME",
    "all": False,
    "types": [],
    "opened": date(9999, 12, 31),
    "yearFrom": date(1, 1, 1),
    "yearTo": date(1, 1, 1),
    "due": date(1, 1, 1),
    "sequences": [0],
    "steps": [["none", "none"]],
    "owner": "",
    "vocabulary": "",
    "day": date(1, 1, 1),
    "keys": ["none"],
    "ids": ["none"],
    "lookups": ["none"],
    "lookup": "none",
    "root": "none",
    "duns": "none",
    "text": "",
    "indexes": ["account_words"],
    "codes": ["none"],
    "words": "nobodyhasthisname",
    "name": "",
    "key": "",
    "lei": "none",
    "asOf": date(1, 1, 1),
    "knownAt": datetime(1, 1, 1, tzinfo=UTC),
    "former": False,
    "resolved": False,
    "backward": False,
    "counted": False,
    "direction": "EITHER",
    "limit": 1,
    "most": 1,
    "from": date(1, 1, 1),
    "to": date(1, 1, 1),
    "accepted": date(1, 1, 1),
}
HUB: dict[str, object] = {"after": list(FIRST), "before": list(LAST)}
NAMED: dict[str, object] = {"starts": [{"name": "", "key": ""}]}
OPENED: dict[str, object] = {"starts": [{"opened": date(9999, 12, 31), "key": ""}]}
SWITCHES: dict[str, dict[str, object]] = {
    "snapshot/owns": {"after": ""},
    "snapshot/nominees": {"after": ""},
    "snapshot/changed": {"after": 0, "upTo": 0},
    "account/accounts": dict.fromkeys(PARTS, False),
    "account/by_name": NAMED,
    "account/by_name_backwards": NAMED,
    "account/by_opened": OPENED,
    "account/by_opened_backwards": OPENED,
    "account/belonging": {"asked": []},
    "broker/clients": HUB,
    "broker/clients_backwards": HUB,
}
AT_ONCE = 2
TRIES = 5  # of one question
AGAIN = 1.0  # seconds until the database is asked again


async def warm(graph: Graph) -> int:
    """Ask every question for nothing; answers how many were planned."""
    names = [name for subject in SUBJECTS for name in _names(subject)]
    turns = asyncio.Semaphore(AT_ONCE)

    async def plan(name: str) -> None:
        question = query(name)
        wanted = set(re.findall(r"\$(\w+)", str(question.text)))
        async with turns:
            given = {**NOTHING, **SWITCHES.get(name, {})}
            await _planned(graph, question, {each: given.get(each) for each in wanted})

    await asyncio.gather(*map(plan, names))
    return len(names)


async def _planned(graph: Graph, question: Query, parameters: dict[str, object]) -> None:
    """Ask it, again if a busy database could not plan it in time: what it began is kept there."""
    for tries in range(TRIES):
        try:
            await graph.read(question, **parameters)
            return
        except TimedOut:
            if tries + 1 == TRIES:
                raise
            log.warning("A question was not planned in time.", extra={"query": question.metadata})


def _names(subject: str) -> list[str]:
    folder = files("graph.queries") / subject
    found = sorted(PurePosixPath(each.name) for each in folder.iterdir())
    return [f"{subject}/{name.stem}" for name in found if name.suffix == ".cypher"]


async def ownership(graph: Graph) -> int:
    """Read who owns what and compile what walks on it; answers how many claims there are.

    Tries again while the database does not answer: whoever asks meanwhile reads it themselves.
    """
    await asyncio.to_thread(_compile)
    while True:
        try:
            return len((await snapshot(graph, Moment.now())).recorded.id)
        except GraphError as error:
            log.warning("Ownership is not read yet.", extra={"fault": error.code})
            await asyncio.sleep(AGAIN)


def _compile() -> None:
    """Ask every question of a world of two parties; machine code is kept on disk afterwards."""
    rows = [(0, 1, BILLION, BILLION, 1, ECONOMIC, 0), (1, 0, 1, 1, 1, ECONOMIC, 0)]
    tiny = holdings(Claims.of(2, rows))
    up = upstream(tiny, 1)
    ultimate(up)
    effective(up, 0)
    controller(up)
    controlled(tiny, [0])
    blocked(tiny, [0])
