"""Who owns what at a moment, held in memory: what ownership, control and blocked parties walk on.

The claims are read in pages along an index, then kept current by the change log: before each answer
the log's place is asked for, and what was recorded since is read again, party by party. So an
answer rests on everything that was committed before it was asked. Other moments get snapshots of
their own, the last few of which are kept.
"""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from time import perf_counter
from weakref import WeakKeyDictionary

from neo4j import Query

from graph import changes
from graph.algorithms.recorded import Recorded, Row
from graph.changes import Place
from graph.queries import query
from graph.records.moment import Moment
from graph.session import Graph

PAGE = 20_000  # claims read at once
ANEW = 20_000  # so many changes behind, all is read again
TOGETHER = 5_000  # parties read again at once
KEPT = 4  # moments
SECONDS = 60.0  # one page
TYPES = ["OWNS", "NOMINEE_FOR"]
LISTING = ["SANCTIONED_OWNER"]  # flags that say of a party: it is on a sanctions list
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Snapshot:
    """The claims that hold at a moment, at a place of the change log; and who is listed.

    `listed` is by flag: the key of the flag and that of the party.
    """

    incarnation: str | None
    sequence: int
    recorded: Recorded
    listed: tuple[tuple[str, str], ...]
    seconds: float  # that reading it took
    known_at: datetime  # when it was read, or last read again

    def moment(self, asked: Moment) -> Moment:
        """The moment at which it answers: where the record time is open, never before it was read.

        It may hold what was recorded since the question came in.
        """
        late = asked.open and self.known_at > asked.known_at
        return replace(asked, known_at=self.known_at) if late else asked

    @property
    def nbytes(self) -> int:
        """Memory of the claims and of what was computed from them."""
        return self.recorded.nbytes + self.recorded.holdings.nbytes


@dataclass
class Kept:
    """One graph's snapshots by moment, the last used at the end; what is counted about them."""

    found: "OrderedDict[object, Snapshot]" = field(default_factory=OrderedDict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    built: int = 0
    advanced: int = 0


KNOWN: "WeakKeyDictionary[Graph, Kept]" = WeakKeyDictionary()


async def snapshot(graph: Graph, moment: Moment) -> Snapshot:
    """The claims at the moment, with everything recorded before this call.

    One statement where nothing has changed. Raises TimedOut, LimitExceeded or Unavailable.
    """
    kept = KNOWN.setdefault(graph, Kept())
    async with kept.lock:
        place = await changes.place(graph)
        if moment.open:
            # The log was read now: claims recorded while the question waited are to be read too,
            # or they would be missing for good, since the log is only followed from here on.
            moment = replace(moment, known_at=max(moment.known_at, datetime.now(UTC)))
        at = (moment.as_of, None if moment.open else moment.known_at)
        found = kept.found.get(at)
        if found is None or not _behind_little(found, place):
            found = await _read(graph, moment, place)
            kept.built += 1
        elif found.sequence < place.sequence:
            found = await _advanced(graph, moment, found, place.sequence)
            kept.advanced += 1
        kept.found[at] = found
        kept.found.move_to_end(at)
        while len(kept.found) > KEPT:
            kept.found.popitem(last=False)
        return found


def numbers(graph: Graph) -> dict[str, float]:
    """What the newest snapshot of this graph holds and cost; nothing before there is one."""
    kept = KNOWN.get(graph, Kept())
    newest = next(reversed(kept.found.values()), None)
    if newest is None:
        return {}
    parties = len(newest.recorded.keys)
    return {
        "snapshot_parties": parties,
        "snapshot_claims": len(newest.recorded.id),
        "snapshot_bytes": newest.nbytes,
        "snapshot_bytes_per_party": newest.nbytes / max(1, parties),
        "snapshot_sequence": newest.sequence,
        "snapshot_read_seconds": newest.seconds,
        "snapshot_reads_total": kept.built,
        "snapshot_updates_total": kept.advanced,
    }


def _behind_little(found: Snapshot, place: Place) -> bool:
    """Whether the same log has gone on by few enough entries to follow it."""
    behind = place.sequence - found.sequence
    return found.incarnation == place.incarnation and 0 <= behind <= ANEW


async def _read(graph: Graph, moment: Moment, place: Place) -> Snapshot:
    started = perf_counter()
    claims: list[Row] = []
    for question in (query("snapshot/owns"), query("snapshot/nominees")):
        async for rows in _pages(graph, question, moment):
            claims.extend(rows)
            if len(claims) % (10 * PAGE) < len(rows):
                log.info("Ownership is being read.", extra={"count": len(claims)})
    recorded = await asyncio.to_thread(_computed, Recorded.of(()), claims)
    listed = await _listed(graph, moment)
    seconds = perf_counter() - started
    told = {"count": len(recorded.id), "duration_ms": round(seconds * 1000)}
    log.info("Ownership was read.", extra=told)
    return Snapshot(place.incarnation, place.sequence, recorded, listed, seconds, moment.known_at)


def _computed(recorded: Recorded, claims: list[Row]) -> Recorded:
    """With these claims, and what everybody will ask of them."""
    found = recorded.edited(claims)
    _ = found.holdings.by_owner, found.holdings.parts, found.into
    return found


async def _pages(graph: Graph, question: Query, moment: Moment) -> AsyncIterator[list[Row]]:
    """The rows of a bulk read, page by page along the claims' ids."""
    long = Query(str(question.text), metadata=question.metadata, timeout=SECONDS)
    after = ""
    while True:
        found = await graph.read(long, after=after, limit=PAGE, **moment.parameters)
        rows = [Row(*row) for row in found[0]["rows"]]
        yield rows
        if len(rows) < PAGE:
            return
        after = rows[-1].id


async def _listed(graph: Graph, moment: Moment) -> tuple[tuple[str, str], ...]:
    found = await graph.read(query("snapshot/listed"), kinds=LISTING, **moment.parameters)
    return tuple((flag, party) for flag, party in found[0]["rows"])


async def _advanced(graph: Graph, moment: Moment, before: Snapshot, up_to: int) -> Snapshot:
    """What was recorded since, read again for each party concerned."""
    [changed] = await graph.read(
        query("snapshot/changed"), after=before.sequence, upTo=up_to, types=TYPES
    )
    recorded, keys = before.recorded, sorted(changed["keys"])
    if keys:
        claims: list[Row] = []
        for first in range(0, len(keys), TOGETHER):
            some = keys[first : first + TOGETHER]
            found = await graph.read(query("snapshot/of_parties"), keys=some, **moment.parameters)
            claims.extend(Row(*row) for row in found[0]["rows"])
        recorded = await asyncio.to_thread(_computed, recorded.without(starts=keys), claims)
    listed = await _listed(graph, moment) if changed["flags"] else before.listed
    return replace(
        before, sequence=up_to, recorded=recorded, listed=listed, known_at=moment.known_at
    )
