"""The net difference between two moments around one thing: what began, ended and was changed.

Relationships are followed outwards, level by level, along whatever holds at either moment. Two
versions of one claim are the same relationship: different ones at the two moments are a change.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from graph import records, rows
from graph.changes import change
from graph.errors import BadInput
from graph.policy import Viewer
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.sight import HIDDEN, beside
from graph.terms import CompletenessState

MOST_EACH = 2000  # relationships of one thing
MOST_NODES = 2000  # things on one level
MOST_CAUSES = 20
EVER = datetime(1, 1, 1, tzinfo=UTC)


@dataclass
class Walk:
    """What was seen so far: claims by their hash, before and after, and how far away."""

    before: dict[str, records.Relationship] = field(default_factory=dict)
    after: dict[str, records.Relationship] = field(default_factory=dict)
    distance: dict[str, int] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    opened: set[str] = field(default_factory=set)
    edges: int = 0
    cut: str | None = None
    redacted: bool = False


async def comparison(
    graph: Graph,
    viewer: Viewer,
    of: records.Entity,
    earlier: Moment,
    later: Moment,
    types: tuple[str, ...] | None,
    depth: int,
    limit: int,
) -> records.Comparison:
    """The differences around a thing, nearest first, at most so many. Raises BadInput."""
    seen = await reach(graph, viewer)
    if earlier.as_of > later.as_of or earlier.known_at > later.known_at:
        raise BadInput(
            "Argument 'from' must not be later than 'to', on either clock. Exchange them."
        )
    walk = Walk(seen={of.stored_key})
    frontier = seen.keys([of.stored_key])
    for distance in range(depth):
        walk.opened |= {*frontier}
        frontier = await _level(graph, seen, walk, frontier, distance, (earlier, later), types)
        if not frontier:
            break
    differing = [
        claim
        for claim in walk.distance
        if _id(walk.before.get(claim)) != _id(walk.after.get(claim))
    ]
    if len(differing) > limit:
        walk.cut = f"There are {len(differing)} differences; {limit} are shown."
    shown = sorted(differing, key=lambda claim: (walk.distance[claim], _place(walk, claim)))[:limit]
    walk.redacted = await _hidden(graph, seen, walk, (earlier, later), types)
    causes = await _causes(graph, seen, walk, shown, earlier, later)
    return records.Comparison(
        of,
        earlier,
        later,
        tuple(
            records.RelationshipDifference(
                walk.before.get(claim), walk.after.get(claim), causes.get(claim, ())
            )
            for claim in shown
        ),
        _completeness(walk),
    )


def _id(claim: records.Relationship | None) -> str | None:
    return claim.business_id if claim else None


def _place(walk: Walk, claim: str) -> tuple[str, str]:
    found = walk.after.get(claim) or walk.before[claim]
    return (found.type.value, found.business_id)


async def _level(
    graph: Graph,
    seen: Reached,
    walk: Walk,
    frontier: list[str],
    distance: int,
    moments: tuple[Moment, Moment],
    types: tuple[str, ...] | None,
) -> list[str]:
    """Look at the relationships of these things; the things at their other ends."""
    earlier, later = moments
    question = query("comparison/around")
    found = await graph.read(
        question,
        **seen.parameters(question),
        keys=frontier,
        types=None if types is None else list(types),
        fromAsOf=earlier.as_of,
        fromKnownAt=earlier.known_at,
        most=MOST_EACH + 1,
        **later.parameters,
    )
    following: dict[str, None] = {}
    for row in found:
        if len(row["found"]) > MOST_EACH:
            walk.cut = f"{row['key'].partition(':')[0]} with more than {MOST_EACH} relationships."
        for claim, other, before, after in row["found"][:MOST_EACH]:
            _see(walk, claim, distance, before and earlier, after and later)
            if other not in walk.seen:
                following[other] = None
    walk.seen |= following.keys()
    if len(following) > MOST_NODES:
        walk.cut = f"More than {MOST_NODES} things lie at distance {distance + 1}."
    return list(following)[:MOST_NODES]


def _see(
    walk: Walk, claim: rows.Row, distance: int, before: Moment | bool, after: Moment | bool
) -> None:
    hash_ = str(claim["claim"])
    walk.edges += hash_ not in walk.distance
    walk.distance.setdefault(hash_, distance)
    if isinstance(before, Moment):
        walk.before[hash_] = rows.relationship(claim, before)
    if isinstance(after, Moment):
        walk.after[hash_] = rows.relationship(claim, after)


async def _causes(
    graph: Graph, seen: Reached, walk: Walk, shown: list[str], earlier: Moment, later: Moment
) -> dict[str, tuple[records.Change, ...]]:
    """The recorded changes behind each difference.

    Those between the two instants; where the earlier one is left open, all that recorded the
    versions which differ, whenever it was.
    """
    versions: dict[str, set[str]] = {}
    for claim in shown:
        both = [walk.before.get(claim), walk.after.get(claim)]
        ids = {each.business_id for each in both if each}
        ids |= {each.superseded_by_id for each in both if each and each.superseded_by_id}
        versions[claim] = ids
    wanted = sorted(set().union(*versions.values()))
    if not wanted:
        return {}
    question = query("comparison/causes")
    found = await graph.read(
        question,
        **seen.parameters(question),
        ids=wanted,
        fromKnownAt=EVER if earlier.open else earlier.known_at,
        toKnownAt=later.known_at,
        most=MOST_CAUSES,
    )
    known: dict[str, list[Any]] = {
        row["id"]: [change(each) for each in row["changes"]] for row in found
    }
    return {
        claim: tuple(
            sorted(
                (each for id_ in ids for each in known.get(id_, ())), key=lambda one: one.sequence
            )[:MOST_CAUSES]
        )
        for claim, ids in versions.items()
    }


async def _hidden(
    graph: Graph,
    seen: Reached,
    walk: Walk,
    moments: tuple[Moment, Moment],
    types: tuple[str, ...] | None,
) -> bool:
    """Whether something was not looked at because it is not for the viewer to see.

    At either moment, beside what was looked at; wherever relationships would be that they have no
    right to read.
    """
    if seen.types & {*(types or seen.types)}:
        return True
    for moment in moments:
        if await beside(graph, seen, moment, walk.opened):
            return True
    return False


def _completeness(walk: Walk) -> records.Completeness:
    if walk.cut is None and walk.redacted:
        state = CompletenessState.REDACTED
        return records.Completeness(state, len(walk.seen), walk.edges, HIDDEN)
    if walk.cut is None:
        return records.Completeness(CompletenessState.COMPLETE, len(walk.seen), walk.edges)
    return records.Completeness(
        CompletenessState.TRUNCATED,
        len(walk.seen),
        walk.edges,
        walk.cut,
        "Give 'relationshipTypes', a smaller 'depth' or a larger 'limit'.",
    )
