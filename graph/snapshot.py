"""Who owns what at a moment, held in memory: what ownership, control and blocked parties walk on.

The claims are read in pages along an index, then kept current by the change log (`following`): what
was recorded since is read again, party by party.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass
from time import perf_counter

from neo4j import Query

from graph.algorithms.columns import Columns, Row
from graph.algorithms.recorded import Recorded
from graph.changes import Place
from graph.flags import flags_at
from graph.following import Following, Standing
from graph.queries import query, within
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import CompletenessState

PAGE = 20_000  # claims read at once
TOGETHER = 5_000  # parties read again at once
SECONDS = 60.0  # one page
TYPES = ["OWNS", "NOMINEE_FOR"]
LISTING = ["SANCTIONED_OWNER"]  # flags that say of a party: it is on a sanctions list
log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Snapshot(Standing):
    """The claims that hold at a moment, at a place of the change log; and who is listed.

    `listed` is by flag: the key of the flag and that of the party.
    """

    recorded: Recorded
    listed: tuple[tuple[str, str], ...]
    cut: CompletenessState | None = None  # why only a part was read, where it was not enough

    @property
    def nbytes(self) -> int:
        """Memory of the claims and of what was computed from them."""
        return self.recorded.nbytes + self.recorded.holdings.nbytes


async def snapshot(graph: Graph, moment: Moment) -> Snapshot:
    """The claims at the moment, with everything recorded before this call."""
    return await SNAPSHOTS.at(graph, moment)


def numbers(graph: Graph) -> dict[str, float]:
    """What the newest snapshot of this graph holds and cost; nothing before there is one."""
    newest, kept = SNAPSHOTS.newest(graph)
    if newest is None:
        return {}
    parties = len(newest.recorded.keys)
    return {
        "snapshot_parties": parties,
        "snapshot_claims": len(newest.recorded.id),
        "snapshot_bytes": newest.nbytes,
        "snapshot_bytes_per_party": newest.nbytes / max(1, parties),
        "snapshot_moments": len(kept.found),
        "snapshot_moments_bytes": sum(each.nbytes for each in kept.found.values()),
        "snapshot_sequence": newest.place.sequence,
        "snapshot_read_seconds": newest.seconds,
        "snapshot_reads_total": kept.read,
        "snapshot_updates_total": kept.advanced,
    }


async def _read(graph: Graph, moment: Moment, place: Place) -> Snapshot:
    started = perf_counter()
    pages: list[Columns] = []  # not rows: of a large graph these would fill the memory
    for question in (query("snapshot/owns"), query("snapshot/nominees")):
        async for rows in _pages(graph, question, moment):
            pages.append(Columns.of(rows))
            if len(pages) % 10 == 0:
                log.info("Ownership is being read.", extra={"count": len(pages) * PAGE})
    recorded = await asyncio.to_thread(lambda: _ready(Recorded.of().joined(Columns.joined(pages))))
    on_lists = await listed(graph, moment)
    seconds = perf_counter() - started
    told = {"count": len(recorded.id), "duration_ms": round(seconds * 1000)}
    log.info("Ownership was read.", extra=told)
    return Snapshot(place, moment.known_at, seconds, recorded, on_lists)


def _ready(found: Recorded) -> Recorded:
    """With what everybody will ask of the claims."""
    _ = found.holdings.by_owner, found.holdings.parts, found.into
    return found


async def _pages(graph: Graph, question: Query, moment: Moment) -> AsyncIterator[list[Row]]:
    """The rows of a bulk read, page by page along the claims' ids."""
    long = within(question, SECONDS)
    after = ""
    while True:
        found = await graph.read(long, after=after, limit=PAGE, **moment.parameters)
        rows = [Row(*row) for row in found[0]["rows"]]
        yield rows
        if len(rows) < PAGE:
            return
        after = rows[-1].id


async def listed(graph: Graph, moment: Moment) -> tuple[tuple[str, str], ...]:
    """Who is on a sanctions list at the moment: the flags that say so, and the parties."""
    found = await flags_at(graph, query("snapshot/listed"), moment)
    return tuple((flag.key, flag.subject) for flag in found if flag.kind in LISTING)


async def _advance(graph: Graph, moment: Moment, before: Snapshot, place: Place) -> Snapshot:
    """What was recorded since, read again for each party concerned."""
    [changed] = await graph.read(
        query("snapshot/changed"),
        after=before.place.sequence,
        upTo=place.sequence,
        types=TYPES,
    )
    recorded, keys = before.recorded, sorted(changed["keys"])
    if keys:
        claims: list[Row] = []
        for first in range(0, len(keys), TOGETHER):
            some = keys[first : first + TOGETHER]
            found = await graph.read(query("snapshot/of_parties"), keys=some, **moment.parameters)
            claims.extend(Row(*row) for row in found[0]["rows"])
        before_ = recorded.without(starts=keys)
        recorded = await asyncio.to_thread(lambda: _ready(before_.edited(claims)))
    on_lists = await listed(graph, moment) if changed["flags"] else before.listed
    return Snapshot(place, moment.known_at, before.seconds, recorded, on_lists)


SNAPSHOTS = Following(_read, _advance)
