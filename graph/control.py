"""Questions about control and about blocked parties; both are defined in `algorithms.control`."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph import chains, records, shares
from graph.algorithms.control import Both, Run, controlled, controller
from graph.algorithms.holdings import Holdings
from graph.asked import Asked, computed
from graph.paths import Step, path
from graph.records.entity import TotalCount
from graph.scenarios import World
from graph.shares import Remarked
from graph.terms import CompletenessState, CountRelation, OwnershipRemarkCode, Verdict

EXACT = CountRelation.EXACT
CUT = "What it may control at that moment is too much to be read; the nearest were seen."
NOW = "Ask about now, or about one of the members."


@dataclass(frozen=True, slots=True)
class Group:
    """A controller and what it wins, by places among all parties; members nearest first."""

    head: int
    verdict: Verdict
    cyclic: bool
    both: Both
    members: tuple[int, ...]


async def controlling_group(asked: Asked, limit: int) -> records.ControlGroup:
    """The group an organization belongs to, under its ultimate controller."""
    at = await asked.world()
    up = asked.above(at)
    found = None if up is None else await computed(up.size, controller, up)
    noted = [] if up is None else shares.remarks(at, up)
    if up is None or found is None:
        known = await asked.known([each.key for each in noted])
        seen = shares.completeness(up)
        certain = seen.state is CompletenessState.COMPLETE
        verdict = Verdict.NO if certain else Verdict.UNDETERMINED
        again = asked.again("controllingGroup")
        return records.ControlGroup(
            None, verdict, False, (), TotalCount(0), shares.told(noted, known), seen,
            asked.moment, again,
        )  # fmt: skip
    head, *others = (at.recorded.key(one) for one in (found.head, *found.others))
    at = await asked.under(at, head)
    [place] = places(at, [head])
    group = await computed(size(at), _group, at, place)
    verdict = Verdict.YES if found.certain else Verdict.UNDETERMINED
    noted += [
        Remarked(
            OwnershipRemarkCode.CONFLICTING_CLAIMS,
            "may control it as well: claims contradict each other, or ranges are wide.",
            other,
        )
        for other in others
    ]
    told = Group(group.head, verdict, found.cyclic, group.both, group.members)
    seen = _seen(at, shares.completeness(up))
    return await _told(asked, at, told, limit, noted, "controllingGroup", seen)


async def controlled_group(asked: Asked, limit: int) -> records.ControlGroup:
    """A party and everything that it controls."""
    at = await asked.world()
    place = asked.place(at)
    again = asked.again("controlledGroup")
    if place is None:
        seen = shares.completeness(None)
        return records.ControlGroup(
            asked.thing, Verdict.NO, False, (), TotalCount(0), (), seen, asked.moment, again
        )
    group = await computed(size(at), _group, at, place)
    if at.cut is not None and group.verdict is Verdict.NO:
        group = replace(group, verdict=Verdict.UNDETERMINED)
    edges = _looked_at(at.recorded.holdings, group.both.high)
    seen = records.Completeness(CompletenessState.COMPLETE, group.both.high.reached + 1, edges)
    return await _told(asked, at, group, limit, [], "controlledGroup", _seen(at, seen))


def _seen(at: World, seen: records.Completeness) -> records.Completeness:
    """Whether everything was seen below the controller too."""
    if at.cut is None or seen.state is not CompletenessState.COMPLETE:
        return seen
    return replace(seen, state=at.cut, reason=CUT, hint=NOW)


def _looked_at(holdings: Holdings, run: Run) -> int:
    """How many pairs were counted."""
    firsts, _ = holdings.by_owner
    return int((firsts[run.order + 1] - firsts[run.order]).sum())


def _group(at: World, head: int) -> Group:
    both = controlled(at.recorded.holdings, [head])
    members = [one for one in both.high.order.tolist() if one != head]
    members.sort(key=lambda one: (both.high.rounds[one], one))
    certain = any(both.low.won(one) for one in members)
    verdict = Verdict.YES if certain else Verdict.UNDETERMINED if members else Verdict.NO
    return Group(head, verdict, both.low.itself(head), both, tuple(members))


async def _told(
    asked: Asked,
    at: World,
    group: Group,
    limit: int,
    noted: list[Remarked],
    field: str,
    seen: records.Completeness,
) -> records.ControlGroup:
    """The group with its controller and its first members in full."""
    listed = group.members[:limit]
    noted = noted + _oversubscribed(at, group, noted)
    taken = {one: _chain(at, group, one) for one in listed}
    recorded = at.recorded
    keys = [recorded.key(one) for one in (group.head, *listed)] + [each.key for each in noted]
    told, known = await asyncio.gather(
        asked.told(at, list(taken.values())),
        asked.known(keys),
    )
    return records.ControlGroup(
        known[recorded.key(group.head)],
        group.verdict,
        group.cyclic,
        tuple(
            records.ControlGroupMember(
                known[recorded.key(one)],
                Verdict.YES if group.both.low.won(one) else Verdict.UNDETERMINED,
                held(group.both, one),
                path(taken[one], told),
            )
            for one in listed
        ),
        TotalCount(len(group.members), EXACT if at.cut is None else CountRelation.AT_LEAST),
        shares.told(noted, known),
        seen,
        asked.moment,
        asked.again(field),
    )


def _oversubscribed(at: World, group: Group, noted: Sequence[Remarked]) -> list[Remarked]:
    """Members whose shares come to more than all: others may control them as well."""
    told = {each.key for each in noted if each.code is OwnershipRemarkCode.OVERSUBSCRIBED}
    over = at.recorded.holdings.oversubscribed
    keys = [at.recorded.key(one) for one in group.members if over[one]]
    text = "has recorded shares of more than 100 percent: others may control it as well."
    return [
        Remarked(OwnershipRemarkCode.OVERSUBSCRIBED, text, key) for key in keys if key not in told
    ][: shares.MOST]


def held(both: Both, place: int) -> records.ShareRange:
    """What the winners hold of one party directly, between the two runs."""
    low, high = both.low, both.high
    return shares.fraction(
        (int(low.held[place]), int(low.whole[place])),
        (int(high.held[place]), int(high.whole[place])),
    )


def _chain(at: World, group: Group, member: int) -> list[Step]:
    """One chain from the head: at each step up, the largest holder that was won before."""
    holdings = at.recorded.holdings
    run = group.both.low if group.both.low.won(member) else group.both.high
    certain = run is group.both.low
    parts = holdings.votes.low if certain else holdings.votes.high
    pairs: list[tuple[int, int]] = []
    one = member
    while one != group.head:
        begin, end = int(holdings.first[one]), int(holdings.first[one + 1])
        before = [
            pair
            for pair in range(begin, end)
            if 0 < run.rounds[holdings.owner[pair]] < run.rounds[one] and parts[pair] > 0
        ]
        best = max(before, key=lambda pair: (parts[pair], -pair))
        pairs.append((int(holdings.owner[best]), one))
        one = int(holdings.owner[best])
    return [
        step
        for owner, owned in reversed(pairs)
        for step in chains.steps(at, owner, owned, chains.VOTES_FIRST)
    ]


def size(at: World) -> int:
    """How much a walk downwards costs: little for each party, whoever is won."""
    return len(at.recorded.keys) // 40


def places(at: World, keys: Sequence[str]) -> list[int]:
    """Where these parties stand, those that claims name."""
    found = (at.recorded.place(key) for key in keys)
    return [place for place in found if place is not None]
