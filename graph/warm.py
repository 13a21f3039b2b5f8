"""Plan every question before the first caller asks it: a plan costs up to a second, once."""

import asyncio
import logging
from datetime import UTC, date, datetime

from graph import warm_kernels
from graph.accounts import PARTS
from graph.errors import GraphError
from graph.lists import FIRST, LAST
from graph.queries import named, query, stored, within
from graph.records.moment import Moment
from graph.risk_network import risk_network
from graph.risk_policies import in_force
from graph.risk_scores import scored
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
    "connection",
    "derived",
    "desk",
    "discipline",
    "entity",
    "export",
    "flag",
    "identifier",
    "identity",
    "issue",
    "number",
    "organization",
    "participation",
    "path",
    "performance",
    "party",
    "reach",
    "reassignment",
    "relationship",
    "request",
    "risk",
    "search",
    "segment",
    "session",
    "snapshot",
    "specialist",
    "staff",
    "strategy",
    "tariff",
    "term",
    "warning",
)
# What finds nothing.
NOTHING: dict[str, object] = {
    "reachesAll": True,
    "whole": True,
    "reach": {},
    "seen": {},
    "deep": 1,
    "veiledTypes": {},
    "veiledKinds": {},
    "veiledChanges": {},
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
    "every": False,
    "flagKinds": ["none"],
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
    "within": False,
    "types": [],
    "opened": date(9999, 12, 31),
    "yearFrom": date(1, 1, 1),
    "yearTo": date(1, 1, 1),
    "due": date(1, 1, 1),
    "sequences": [0],
    "steps": [["none", "none"]],
    "owner": "",
    "folder": "",
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
    "changed": False,
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
NAMED: dict[str, object] = {"starts": [{"name": "", "key": ""}]}
OPENED: dict[str, object] = {"starts": [{"opened": date(9999, 12, 31), "key": ""}]}
SWITCHES: dict[str, dict[str, object]] = {
    "snapshot/owns": {"after": ""},
    "snapshot/nominees": {"after": ""},
    "snapshot/things": {"after": ""},
    "snapshot/above": {"nominees": ["none"]},
    "snapshot/changed": {"after": 0, "upTo": 0},
    "snapshot/touched": {"after": 0, "upTo": 0},
    "derived/entries": {"after": 0, "upTo": 0},
    "derived/claims": {"of": {}},
    "derived/flag_versions": {"versions": [["none", 1]]},
    "derived/flags": {"open": datetime(9999, 12, 31, tzinfo=UTC)},
    "account/accounts": dict.fromkeys(PARTS, False),
    "account/by_name": NAMED,
    "account/by_name_backwards": NAMED,
    "account/by_opened": OPENED,
    "account/by_opened_backwards": OPENED,
    "account/belonging": {"asked": []},
    "reach/own": {
        "persons": ["none", "none"],
        "managed": False,
        "center": False,
        "served": False,
    },
    "reach/accounts": {
        "persons": ["none", "none"],
        "managed": False,
        "center": False,
        "served": False,
        "centers": [],
    },
    "export/part": {"after": ["", "", ""]},
    "export/later": {"by": datetime(9999, 12, 31, tzinfo=UTC)},
    "broker/clients": HUB,
    "broker/clients_backwards": HUB,
}
AT_ONCE = 2
PATIENCE = 60.0  # for one plan: nobody waits for it
AGAIN = 1.0  # seconds until the database is asked again


async def warm(graph: Graph) -> int:
    """Ask every question for nothing; counts them."""
    asked = [name for subject in SUBJECTS for name in stored(subject)]
    turns = asyncio.Semaphore(AT_ONCE)

    async def plan(name: str) -> None:
        question = query(name)
        wanted = named(str(question.text))
        patient = within(question, PATIENCE)
        async with turns:
            given = {**NOTHING, **SWITCHES.get(name, {})}
            known = {key: value for key, value in given.items() if key in wanted}
            try:
                await graph.read(patient, **{**dict.fromkeys(wanted), **known})
            except GraphError as error:  # whoever asks it first plans it
                log.warning("A question is not planned yet.", extra={"fault": error.code})

    await asyncio.gather(*(plan(each) for each in asked))
    return len(asked)


async def networks(graph: Graph) -> int:
    """Read who owns what and what risk walks on, and compile what walks there; counts claims.

    Tries again while the database does not answer: whoever asks meanwhile reads it themselves.
    """
    await asyncio.to_thread(warm_kernels.compiled)
    while True:
        try:
            now = Moment.now()
            owned = await snapshot(graph, now)
            world = await risk_network(graph, now)
            if by := in_force(world.policies, now.as_of):
                await scored(world, by)
            return len(owned.recorded.id) + len(world.network.id)
        except GraphError as error:
            log.warning("Ownership and risk are not read yet.", extra={"fault": error.code})
            await asyncio.sleep(AGAIN)
