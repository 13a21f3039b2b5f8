"""Whether a party is blocked by ownership: the OFAC 50 Percent Rule (FAQ 398 to 402).

An analyst's aid, not a legal finding. Who is listed is told by flags (see `graph.snapshot`).
"""

import asyncio
from collections.abc import Sequence

from graph import chains, records, shares
from graph.algorithms.chains import shortest
from graph.algorithms.claims import ECONOMIC, behind_of
from graph.algorithms.control import Both, Run, blocked_above
from graph.algorithms.upstream import Upstream
from graph.asked import Asked, computed
from graph.control import held
from graph.paths import Step, path
from graph.scenarios import World
from graph.terms import CompletenessState, Verdict

CHAINS = 20  # from listed parties
EACH = 3  # from one of them
COUNTED = 100  # relationships
NOTHING = records.ShareRange(0, 0)


async def blocked_status(asked: Asked) -> records.BlockedStatus:
    """Whether the party is blocked, listed or by ownership, and by whose shares."""
    at = await asked.world()
    listed = asked.thing.stored_key in at.listed
    up = asked.above(at)
    if up is None:
        verdict = Verdict.YES if listed else Verdict.NO
        again = asked.again("blockedStatus")
        seen = shares.completeness(None)
        return records.BlockedStatus(
            verdict, listed, NOTHING, (), (), (), seen, asked.moment, again
        )
    places = _listed(at, up)
    both = await computed(up.size, blocked_above, up, places)
    place = up.target
    certain = listed or both.low.won(place)
    possible = certain or both.high.won(place) or not up.complete
    counted = _counted(at, up, both.high)
    taken = _chains(at, up, both, places, certain=certain)
    noted = shares.remarks(at, up)
    told, known = await asyncio.gather(
        asked.told(at, [*taken, *([s] for s in counted)]),
        asked.known([each.key for each in noted]),
    )
    return records.BlockedStatus(
        Verdict.YES if certain else Verdict.UNDETERMINED if possible else Verdict.NO,
        listed,
        held(both, place),
        tuple(told[step.id].claim for step in counted),
        tuple(path(chain, told) for chain in taken),
        shares.told(noted, known),
        _seen(up, len(counted)),
        asked.moment,
        asked.again("blockedStatus"),
    )


def _seen(up: Upstream, counted: int) -> records.Completeness:
    seen = shares.completeness(up)
    if counted < COUNTED or seen.state is not CompletenessState.COMPLETE:
        return seen
    reason = f"More than {COUNTED} relationships are counted; the largest are shown."
    return records.Completeness(
        CompletenessState.TRUNCATED, seen.explored_nodes, seen.explored_edges, reason
    )


def _listed(at: World, up: Upstream) -> list[int]:
    """Who is listed: of those above, or of all if not all above were seen."""
    keys = at.recorded.keys
    if up.complete:  # however long the lists are
        return [one for one in up.nodes.tolist() if keys[one].decode() in at.listed]
    found = (at.recorded.place(key) for key in sorted(at.listed))
    return [place for place in found if place is not None]


def _counted(at: World, up: Upstream, run: Run) -> list[Step]:
    """The OWNS of parties that are or may be blocked, largest share first."""
    place = int(up.nodes[up.target])
    won = frozenset(up.nodes[run.rounds > 0].tolist())
    recorded = at.recorded
    found = [
        at_
        for at_ in recorded.claims_into(place).tolist()
        if not recorded.nominee[at_]
        and recorded.interest[at_] == ECONOMIC
        and recorded.start[at_] != place
        and not won.isdisjoint(behind_of(int(recorded.start[at_]), recorded.nominators))
    ]
    found.sort(key=lambda at_: (-recorded.high[at_], -recorded.low[at_], recorded.id[at_]))
    ids = dict.fromkeys(bytes(recorded.id[at_]).decode() for at_ in found)
    return [Step("OWNS", id_) for id_ in ids][:COUNTED]


def _chains(
    at: World, up: Upstream, both: Both, listed: Sequence[int], *, certain: bool
) -> list[list[Step]]:
    """The shortest chains from listed parties on which everybody is, or may be, blocked."""
    run = both.low if certain else both.high
    if not run.won(up.target):
        return []
    economic = up.holdings.economic
    parts = (economic.low if certain else economic.high)[up.pairs]
    won = run.rounds > 0
    below = {
        one: [(each, pair) for each, pair in held_ if won[each] and parts[pair] > 0]
        for one, held_ in chains.below(up).items()
        if won[one]
    }
    sources = [up.place(place) for place in listed]
    found = [
        pairs
        for source in sources
        if source is not None and source != up.target
        for pairs in shortest(below, source, up.target, EACH, up.size).chains
    ]
    found.sort(key=len)
    return [chains.along(at, up, pairs) for pairs in found[:CHAINS]]
