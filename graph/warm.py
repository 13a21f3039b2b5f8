"""Plan every question before the first caller asks it: a plan costs up to a second, once."""

import asyncio
import re
from datetime import UTC, date, datetime
from importlib.resources import files
from pathlib import PurePosixPath

from graph.accounts import PARTS
from graph.lists import FIRST, LAST
from graph.queries import query
from graph.session import Graph

SUBJECTS = (
    "account",
    "agenda",
    "caseload",
    "broker",
    "center",
    "change",
    "comparison",
    "connection",
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
    "few": 1,
    "above": 1,
    "bound": 1,
    "minShare": 0,
    "undisclosed": True,
    "hubs": [],
    "narrow": [],
    "from": date(1, 1, 1),
    "to": date(1, 1, 1),
    "accepted": date(1, 1, 1),
}
HUB: dict[str, object] = {"after": list(FIRST), "before": list(LAST)}
SWITCHES: dict[str, dict[str, object]] = {
    "account/accounts": dict.fromkeys(PARTS, False),
    "broker/clients": HUB,
    "broker/clients_backwards": HUB,
}
AT_ONCE = 2


async def warm(graph: Graph) -> int:
    """Ask every question for nothing; answers how many were planned."""
    names = [name for subject in SUBJECTS for name in _names(subject)]
    turns = asyncio.Semaphore(AT_ONCE)

    async def plan(name: str) -> None:
        question = query(name)
        wanted = set(re.findall(r"\$(\w+)", str(question.text)))
        async with turns:
            given = {**NOTHING, **SWITCHES.get(name, {})}
            await graph.read(question, **{each: given.get(each) for each in wanted})

    await asyncio.gather(*map(plan, names))
    return len(names)


def _names(subject: str) -> list[str]:
    folder = files("graph.queries") / subject
    found = sorted(PurePosixPath(each.name) for each in folder.iterdir())
    return [f"{subject}/{name.stem}" for name in found if name.suffix == ".cypher"]
