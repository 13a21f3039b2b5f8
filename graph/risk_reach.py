"""What the risk of one thing reaches: its best chain to everything else, strongest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graph import records
from graph.again import again
from graph.algorithms.reach import Reached, reach
from graph.lists import Found, Window
from graph.risk import RiskAsked, wanted
from graph.terms import EntityKind


@dataclass(frozen=True)
class Reach:
    """Things reached, by falling strength and then by key, and how each is reached."""

    source: int
    reached: Reached | None
    things: tuple[tuple[float, str, int], ...]  # strength negated, key, place


def reaching(
    asked: RiskAsked, subject: records.Entity, at_least: float, kinds: Sequence[EntityKind] | None
) -> Reach:
    """All that the subject's own risk reaches at or above a strength; nothing without own risk."""
    codes = wanted(kinds)
    network = asked.world.network.network
    source = network.place(subject.stored_key)
    seed = 0.0 if source is None else float(asked.scores.labels.seeds[source])
    if source is None or seed <= 0:
        return Reach(-1, None, ())
    found = reach(asked.scores.arcs, source, seed, max(at_least, asked.scores.policy.floor))
    pairs = zip(found.things.tolist(), found.strengths.tolist(), strict=True)
    things = tuple(
        (-strength, network.key(thing), thing)
        for thing, strength in pairs
        if int(network.kinds[thing]) in codes
    )
    return Reach(source, found, things)


async def window_of(asked: RiskAsked, found: Reach, window: Window) -> Found:
    """The entries of a window, one more than its size if there are more."""
    inside = [each for each in found.things if window.holds(each[:2])]
    size = window.size + 1
    shown = inside[-size:] if window.backward else inside[:size]
    things = await asked.read.entities([key for _, key, _ in shown], asked.moment)
    entries = [
        records.Linked(thing, None, each[:2])
        for thing, each in zip(things, shown, strict=True)
        if thing
    ]
    return Found(entries, len(found.things))


async def with_chains(
    asked: RiskAsked,
    subject: records.Entity,
    made: records.Page,
    found: Reach,
    variables: dict[str, Any],
) -> records.RiskReachPage:
    """A page with the chain of each of its edges."""
    nodes = [edge.node for edge in made.edges if isinstance(edge.node, records.Entity)]
    by_key = {key: (place, -negated) for negated, key, place in found.things}
    places = [by_key[node.stored_key] for node in nodes]
    ways = [found.reached.chain(asked.scores.arcs, place) for place, _ in places if found.reached]
    sources, strengths = [found.source] * len(ways), [strength for _, strength in places]
    chains = await asked.told(subject, sources, strengths, ways)
    edges: list[records.Edge] = [
        records.RiskReachEdge(edge.seal, edge.sort, edge.node, None, chain)
        for edge, chain in zip(made.edges, chains, strict=True)
    ]
    given = {**variables, "policy": asked.scores.policy.id}
    return records.RiskReachPage(
        edges,
        made.has_next_page,
        made.has_previous_page,
        made.total_count,
        asked.completeness(),
        asked.moment,
        again("riskReach", subject, asked.moment, given),
    )
