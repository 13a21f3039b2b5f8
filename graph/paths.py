"""Paths told in full: every step's claim and both its ends, all of them in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph import records, rows
from graph.policy import Viewer
from graph.queries import query
from graph.reach import reach
from graph.records.moment import Moment
from graph.session import Graph


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a path, not yet told: the type and id of the claim's version, and which way."""

    type: str
    id: str
    forward: bool = True
    attenuation: float | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A claim with the things it joins."""

    claim: records.Relationship
    start: records.Entity
    end: records.Entity


async def told(
    graph: Graph, viewer: Viewer, moment: Moment, steps: Iterable[Step]
) -> dict[str, Told]:
    """The claim behind each step, by its id.

    Walks see nothing that the viewer does not; if one did, its path could not be told.
    """
    seen = await reach(graph, viewer)
    wanted = sorted({(step.type, step.id) for step in steps})
    if not wanted:
        return {}
    found = await graph.read(
        query("path/hops"), steps=[list(each) for each in wanted], knownAt=moment.known_at
    )
    return {
        claim["id"]: _told(claim, rows.entity(start, moment), rows.entity(end, moment), moment)
        for claim, start, end in found[0]["steps"]
        if seen.sees(start["key"]) and seen.sees(end["key"])
    }


def _told(row: rows.Row, start: records.Entity, end: records.Entity, moment: Moment) -> Told:
    ends = {start.stored_key: start, end.stored_key: end}
    return Told(rows.relationship(row, moment, ends), start, end)


def path(steps: Sequence[Step], known: Mapping[str, Told]) -> records.Path:
    """The path that these steps make."""
    return records.Path(tuple(_hop(step, known[step.id]) for step in steps))


def _hop(step: Step, told: Told) -> records.Hop:
    ends = (told.start, told.end) if step.forward else (told.end, told.start)
    return records.Hop(*ends, told.claim, step.forward, step.attenuation)
