"""A small world in which each write gets far, and numbers that the test leaks in it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import orjson

from graph.address import Address
from graph.identifiers import IdentifierKey
from graph.load.rows import NodeRow
from graph.load.write import write
from graph.session import PATIENT, Graph, connect
from tests import worlds
from tests.canaries.marks import WAYS, Marks

DAY = date(2024, 1, 1)
ALL = (
    "MATCH (n) RETURN labels(n) AS kind, properties(n) AS told"
    " UNION ALL MATCH ()-[r]->() RETURN [type(r)] AS kind, properties(r) AS told"
)
LEAKS = {  # how the store keeps it
    "a number": "CREATE (:Leak {told: '%s'})",
    "a number among others": "CREATE (:Leak {one: 1, told: '%s', two: 'x', three: 0.5})",
    "few letters": "CREATE (:Leak {told: 'of %s'})",
    "capitals": "CREATE (:Leak {told: 'Of %s, A'})",
    "a sentence": "CREATE (:Leak {told: 'It was %s, as a harbor master told us very long ago'})",
    "a list": "CREATE (:Leak {told: ['a', '%s']})",
    "a relationship": "CREATE (:Leak)-[:TOLD {reason: '%s'}]->(:Leak)",
}
LEAKED = ("hyphens", "nothing", "spaces", "dots", "underscores", "hard hyphens", "wide digits")


def node(label: str, id: str, **properties: object) -> NodeRow:
    return NodeRow(label, id, (label,), properties)


def rows(key: IdentifierKey) -> list[worlds.Row]:
    """The harbor, and one thing of each kind that a place begins at."""
    notice = ['{"name": "Notice"}']
    return [
        *worlds.harbor(key).rows,
        worlds.account("A-2", "Quay Goods"),
        worlds.account("B-1", "Quay Brokers", "Broker"),
        worlds.number(key, "N-3", "12-3456789AD"),
        worlds.code("ABC"),
        node("Specialist", "S-1", name="T. Cole", active=True),
        node("IsaParticipation", "I-1", status="APPLICANT", appliedOn=DAY),
        node("RiskFlag", "F-1", kind="IPR", severity=0.5, raisedOn=DAY, evidence=notice),
        node("Issue", "IS-1", title="Late entries", purpose="ADVICE", status="OPEN", openedOn=DAY),
        node("Strategy", "ST-1", title="Train", objective="Fewer", status="ACTIVE", startsOn=DAY),
        node("SharedAttribute", "SA-1", kind="ADDRESS", hash="00"),
        worlds.claim("FilerCode:ABC", "IDENTIFIES", "Account:B-1"),
        worlds.claim("RiskFlag:F-1", "FLAGS", "Party:O-1"),
        worlds.claim("Specialist:S-1", "MEMBER_OF", "Center:CEE004"),
        worlds.claim("Account:A-1", "PARTICIPATES_IN", "IsaParticipation:I-1"),
        worlds.claim("Issue:IS-1", "CONCERNS", "Account:A-1"),
    ]


async def written(address: Address, key: IdentifierKey, marks: Marks) -> None:
    """Write it, and what the test leaks into the store past all that would refuse it."""
    async with connect(address, PATIENT) as graph:
        outcome = await write(graph, rows(key), at=datetime.now(UTC))
        assert outcome.refused == []
        await graph.schema("\n".join(_leaks(marks)))


def _leaks(marks: Marks) -> Iterator[str]:
    for name, leak in LEAKS.items():
        for spelling in LEAKED:
            number = marks.planted(f"the store: {name}, {spelling}")
            yield leak % WAYS[spelling](number)


async def read_back(address: Address) -> bytes:
    """All that the database answers of what it holds."""
    async with connect(address, PATIENT) as graph:
        return b"\n".join(map(_line, await everything(graph)))


async def everything(graph: Graph) -> list[dict[str, Any]]:
    """Labels or type, and all properties, of every node and relationship."""
    return await graph.schema(ALL)


def _line(row: dict[str, Any]) -> bytes:
    return orjson.dumps(row, default=str)
