"""What a graph holds, counted and hashed; and whether its numbers are found with a key."""

from collections.abc import Sequence

from neo4j import Query

from graph import changes
from graph.address import Address
from graph.backup.manifest import Figures
from graph.identifiers import IdentifierKey
from graph.load.digest import digest
from graph.migrate import applied
from graph.queries import query
from graph.session import Graph, connect

SECONDS = 1800.0  # a statement that counts everything in a large graph
LOOKED_UP = 1000  # numbers that are looked up to see that the key is the right one
FIRST = "ImporterNumber:"  # no key of a number comes before it
RULES: dict[str, Query] = {
    "a number identifies one account at a time": query("backup/shared_numbers"),
    "an account has one manager in a role at a time": query("backup/overlapping_managers"),
    "the change log is without a gap": query("backup/missing_changes"),
}


async def read(address: Address) -> tuple[Figures, str | None]:
    """What the graph at an address holds, and which log its changes are in."""
    async with connect(address, SECONDS) as graph:
        place = await changes.place(graph)
        return Figures(
            nodes=await _number(graph, query("backup/nodes")),
            labels=await _counts(graph, query("backup/labels"), "label"),
            types=await _counts(graph, query("backup/types"), "type"),
            keys=await _counts(graph, query("backup/keys"), "key"),
            migrations=await applied(graph),
            rules={rule: await _number(graph, question) for rule, question in RULES.items()},
            sequence=place.sequence,
            earliest=place.earliest,
            digest=await digest(graph),
        ), place.incarnation


def lacking(figures: Figures, key: IdentifierKey) -> int:
    """How many numbers in a graph cannot be found with this key."""
    known = (key.key_id, key.id_before)
    return sum(number for named, number in figures.keys.items() if named not in known)


async def looked_up(graph: Graph, key: IdentifierKey) -> tuple[int, int]:
    """How many of some numbers that are stored in full are found with the key, and of how many."""
    rows = await graph.read(query("backup/look_ups"), after=FIRST, limit=LOOKED_UP)
    found = 0
    for row in rows:
        find = key.lookup if row["key"] == key.key_id else key.lookup_before
        found += find(row["display"]) == row["lookup"]
    return found, len(rows)


def differences(was: Figures, is_: Figures) -> Sequence[str]:
    """What is not as it was, in words."""
    return [name for name in Figures.__slots__ if getattr(was, name) != getattr(is_, name)]


async def _counts(graph: Graph, question: Query, name: str) -> dict[str, int]:
    return {row[name]: row["number"] for row in await graph.read(question)}


async def _number(graph: Graph, question: Query) -> int:
    return sum(row["number"] for row in await graph.read(question))
