"""Questions about any thing: what it is, how many relationships it has, and which."""

from collections.abc import Sequence

from graph import policy, records, rows
from graph.lists import ListQuestion
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import CountRelation, Direction, RelationshipType

COUNTED = 1000  # more relationships of one type and direction are "at least" so many
AT_ONCE = 100  # claims that one statement looks up
PUBLIC = ("Center:", "Discipline:", "HtsChapter:", "Port:")  # published by CBP
SCANNED = 200_000  # so many relationships of one thing are looked at to count them

RELATIONSHIPS = ListQuestion(
    "relationships",
    query("relationship/relationships"),
    defaults={"types": None, "direction": "EITHER"},
)
FLAGS = ListQuestion("flags", query("flag/flags"), defaults={"resolved": False})


async def entities(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[records.Entity | None]:
    """The thing behind each stored key at the moment, or None where there is none."""
    seen = await reach(graph, viewer)
    found = await _entities(graph, moment, seen.keys(dict.fromkeys(keys)))
    return [found.get(key) for key in keys]


async def public(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[records.Entity | None]:
    """The same of public things; of any other key there is none."""
    policy.known(viewer)
    wanted = [key for key in dict.fromkeys(keys) if key.startswith(PUBLIC)]
    found = await _entities(graph, moment, wanted)
    return [found.get(key) for key in keys]


async def _entities(graph: Graph, moment: Moment, keys: list[str]) -> dict[str, records.Entity]:
    found = await graph.read(query("entity/entities"), keys=keys, knownAt=moment.known_at)
    return {row["key"]: rows.entity(row["entity"], moment) for row in found}


async def degrees(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[list[records.Degree]]:
    """How many current relationships of each type and direction, counted up to COUNTED."""
    seen = await reach(graph, viewer)
    question = query("entity/degrees")
    found = await graph.read(
        question,
        keys=seen.keys(keys),
        most=SCANNED,
        **seen.parameters(question),
        **moment.parameters,
    )
    known = {row["key"]: _degrees(row["degrees"]) for row in found}
    return [known.get(key, []) for key in keys]


def _degrees(counted: list[tuple[str, str, int]]) -> list[records.Degree]:
    cut_off = sum(number for _, _, number in counted) >= SCANNED
    return [_degree(type_, direction, number, cut_off) for type_, direction, number in counted]


def _degree(type_: str, direction: str, number: int, cut_off: bool) -> records.Degree:
    exact = number <= COUNTED and not cut_off
    relation = CountRelation.EXACT if exact else CountRelation.AT_LEAST
    count = records.TotalCount(min(number, COUNTED), relation)
    return records.Degree(RelationshipType(type_), Direction(direction), count)


async def claims(
    graph: Graph, viewer: Viewer, moment: Moment, ids: Sequence[str]
) -> list[records.Relationship | None]:
    """The relationship with each id, ended and superseded ones too, or None."""
    seen = await reach(graph, viewer)
    statement, wanted = query("relationship/claims"), list(dict.fromkeys(ids))
    known: dict[str, records.Relationship] = {}
    for first in range(0, len(wanted), AT_ONCE):
        some = wanted[first : first + AT_ONCE]
        found = await graph.read(
            statement, ids=some, knownAt=moment.known_at, **seen.parameters(statement)
        )
        known |= {row["id"]: rows.relationship(row["claim"], moment) for row in found}
    return [known.get(id) for id in ids]
