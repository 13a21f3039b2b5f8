"""Where the change log stands at the moment of an export: who tails from there misses nothing."""

from dataclasses import dataclass
from datetime import datetime

from graph import changes
from graph.clock import CLOCK
from graph.queries import query
from graph.session import Graph


@dataclass(frozen=True, slots=True)
class Standing:
    """A place in the log such that all entries up to it were recorded by `known_at`.

    No `sequence` where that place is not kept any more.
    """

    sequence: int | None
    incarnation: str | None
    known_at: datetime


async def standing(graph: Graph, known_at: datetime | None = None) -> Standing:
    """The place at an instant, or now: the place is read before the instant is taken.

    What is recorded by the instant and written later has a later place: a tail tells it, whether
    the export has it or not.
    """
    log = await changes.place(graph)
    if known_at is None:
        return Standing(log.sequence, log.incarnation, CLOCK.now())
    [found] = await graph.read(query("export/later"), by=known_at)
    later = found["sequence"]
    if later is None:
        return Standing(log.sequence, log.incarnation, known_at)
    pruned = later == log.earliest > 1
    return Standing(None if pruned else later - 1, log.incarnation, known_at)
