"""A part of the graph to draw: things around others, and the relationships among them.

Things are found level by level; then one statement reads them with the relationships among them,
from the ends that have fewer, so that a hub among them costs nothing. Where the caller says which
things it may be, these are read first and the levels are counted among them.
"""

import asyncio
import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graph import records, rows
from graph.entities import COUNTED
from graph.errors import BadInput
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.reaching import Spread, spreading
from graph.records.moment import Moment
from graph.rounds import FEW, MOST_EACH, MOST_EDGES, MOST_NODES, Rounds
from graph.session import Graph
from graph.terms import Direction, RelationshipType
from graph.walks import Link, Walk

DEEPEST = 4  # steps
MOST_AROUND = 100
MOST_THINGS = 1000
MOST_CLAIMS = 5000  # relationships shown
MOST_HUBS = 8  # hubs between which relationships are looked for


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part: around these, so deep, of at most so many things, only among some if given."""

    around: tuple[str, ...]
    depth: int
    limit: int
    among: tuple[str, ...] | None = None
    hidden: bool = True  # whether the caller wants to know what is not shown


@dataclass(frozen=True, slots=True)
class Part:
    """Things by key, and the relationships among them."""

    things: dict[str, records.Entity]
    claims: list[records.Relationship]


async def neighborhood(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    walk: Walk,
    wanted: Wanted,
    again: records.Reproduction,
) -> records.Neighborhood:
    """The things around some, nearest first, then by fewest relationships. Raises BadInput."""
    seen = await reach(graph, viewer)
    rounds = Rounds(graph, moment, walk, seen)
    missing = await rounds.ends({*wanted.around, *(wanted.among or ())})
    if not set(wanted.around).isdisjoint(missing):
        raise BadInput("Argument 'around' holds the id of nothing that is there at that moment.")
    if wanted.among is None:
        spread = await spreading(rounds, wanted.around, wanted.depth)
        await rounds.look_beside()
        shown = await _nearest(rounds, spread.distance, wanted.limit)
        part = await _part(rounds, shown)
    else:
        part = await _part(rounds, sorted(rounds.things))
        spread = _among(rounds, part.claims, wanted)
        shown = await _nearest(rounds, spread.distance, wanted.limit)
    inside = set(shown)
    claims = [each for each in part.claims if {each.from_key, each.to_key} <= inside]
    hidden = await _hidden(rounds, shown, claims) if wanted.hidden else {}
    nodes = [
        records.NeighborhoodNode(part.things[key], spread.distance[key], hidden.get(key, ()))
        for key in shown
    ]
    nodes += [_redacted(node) for node in nodes if node.entity.stored_key in rounds.beside]
    return records.Neighborhood(
        tuple(sorted(nodes, key=lambda node: node.distance)),
        tuple(claims),
        rounds.completeness,
        moment,
        again,
    )


def _redacted(node: records.NeighborhoodNode) -> records.NeighborhoodNode:
    """What stands for all that is hidden beside a thing, by a name that holds for once."""
    key = f"Redacted:{secrets.token_hex(16)}"
    hidden = records.RedactedNode(stored_key=key, moment=node.entity.moment)
    return records.NeighborhoodNode(hidden, node.distance + 1, (), node.entity)


async def _nearest(rounds: Rounds, distance: dict[str, int], limit: int) -> list[str]:
    """The nearest of these things; of equally near ones those with the fewest relationships.

    Where the limit falls among very many that are equally near, those with the fewest as stored
    are counted: at one moment a thing may have fewer than that, never more.
    """
    if len(distance) > limit:
        rounds.stop_short(
            f"There are {len(distance)} things; the nearest {limit} are shown.",
            "Give a larger 'limit' or a smaller 'depth'.",
        )
    stored = sorted(distance, key=lambda key: (distance[key], rounds.things[key].stored, key))
    rim = distance[stored[:limit][-1]]
    inside = [key for key in stored if distance[key] < rim]
    candidates = inside + [key for key in stored if distance[key] == rim][:MOST_NODES]
    held = await rounds.counts(candidates, COUNTED + 1)
    return sorted(candidates, key=lambda key: (distance[key], held[key], key))[:limit]


def _among(rounds: Rounds, claims: Iterable[records.Relationship], wanted: Wanted) -> Spread:
    """The same levels, counted over relationships that are known already."""
    direction = rounds.walk.direction
    links: defaultdict[str, list[Link]] = defaultdict(list)
    for claim in claims:
        start, end, id_ = claim.from_key, claim.to_key, claim.business_id
        if direction is not Direction.IN:
            links[start].append(Link(end, claim.type.value, id_, True))
        if direction is not Direction.OUT:
            links[end].append(Link(start, claim.type.value, id_, False))
    spread = Spread(dict.fromkeys(wanted.around, 0))
    frontier = sorted(wanted.around)
    for distance in range(1, wanted.depth + 1):
        for key in frontier:
            spread.enter(key, sorted(links[key]))
        frontier = rounds.passable(key for key, far in spread.distance.items() if far == distance)
    return spread


async def _part(rounds: Rounds, keys: Sequence[str]) -> Part:
    """These things and the relationships among them, read from the ends with fewer of them."""
    narrow, hubs = _split(rounds, keys)
    if len(hubs) > MOST_HUBS:
        rounds.stop_short(
            f"{len(hubs)} of the things have more than {MOST_EACH} relationships each or too many"
            " together; relationships between two of them were not looked for.",
            "Give a smaller 'limit', or 'walk.maxDegree'.",
        )
    walk = rounds.walk
    [found] = await rounds.graph.read(
        query("connection/part"),
        keys=list(keys),
        narrow=narrow,
        hubs=hubs if len(hubs) <= MOST_HUBS else [],
        types=rounds.types,
        former=walk.former,
        minShare=walk.min_share,
        undisclosed=walk.undisclosed,
        most=MOST_CLAIMS + 1,
        **rounds.moment.parameters,
    )
    if len(found["claims"]) > MOST_CLAIMS:
        rounds.stop_short(
            f"More than {MOST_CLAIMS} relationships join the things; the first are shown.",
            "Give fewer 'walk.relationshipTypes' or a smaller 'limit'.",
        )
    things = {row["key"]: rows.entity(row, rounds.moment) for row in found["things"]}
    claims = [
        rows.relationship(row, rounds.moment, things) for row in found["claims"][:MOST_CLAIMS]
    ]
    rounds.edges |= {claim.business_id for claim in claims}
    return Part(things, claims)


def _split(rounds: Rounds, keys: Collection[str]) -> tuple[list[str], list[str]]:
    """The things whose relationships are all looked at, fewest first, and the hubs beyond."""
    narrow: list[str] = []
    number = 0
    order = sorted(keys, key=lambda key: (rounds.things[key].stored, key))
    for key in order:
        stored = rounds.things[key].stored
        number += stored
        if stored > MOST_EACH or number > MOST_EDGES:
            break
        narrow.append(key)
    return narrow, order[len(narrow) :]


async def _hidden(
    rounds: Rounds, shown: Sequence[str], claims: Iterable[records.Relationship]
) -> dict[str, tuple[records.Degree, ...]]:
    """How many relationships of each thing are not shown, whatever their type."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for claim in claims:
        seen[claim.from_key, claim.type.value, "OUT"] += 1
        seen[claim.to_key, claim.type.value, "IN"] += 1
    many = {key for key in shown if rounds.whole and rounds.things[key].stored > FEW}
    counted = await asyncio.gather(
        _counted(rounds, [key for key in shown if key not in many]),
        _counted(rounds, sorted(many), most=COUNTED + 1 + max(seen.values(), default=0)),
    )
    return {
        row["key"]: tuple(_degrees(row["key"], row["degrees"], seen))
        for part in counted
        for row in part
    }


async def _counted(rounds: Rounds, keys: Sequence[str], **most: int) -> list[dict[str, Any]]:
    """How many relationships these have: all of them, or of hubs by type at most so many."""
    if not keys:
        return []
    if not rounds.whole:
        question = query("connection/seen_degrees")
    elif most:
        question = query("connection/hub_degrees")
    else:
        question = query("connection/degrees")
    return await rounds.graph.read(
        question,
        keys=list(keys),
        former=rounds.walk.former,
        **most,
        **rounds.seen.parameters(question),
        **rounds.moment.parameters,
    )


def _degrees(
    key: str, counted: Iterable[Any], seen: Counter[tuple[str, str, str]]
) -> Iterable[records.Degree]:
    for type_, direction, number in counted:
        left = number - seen[key, type_, direction]
        if left > 0:
            count = records.TotalCount.bounded(left, COUNTED)
            yield records.Degree(RelationshipType(type_), Direction(direction), count)
