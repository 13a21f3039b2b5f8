"""Questions about ownership over chains: who owns an organization in the end, and how much.

What each number means stands in `graph.algorithms.integrated`. Everything is computed on the
snapshot of the moment, which holds all that was committed before the question.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from graph import chains, records, shares
from graph.algorithms.chains import strongest
from graph.algorithms.integrated import Ultimate, effective, ultimate
from graph.algorithms.upstream import Upstream
from graph.asked import Asked, computed
from graph.paths import Step, path
from graph.records.ownership import CHAINS
from graph.scenarios import World
from graph.shares import Remarked
from graph.terms import Verdict

WHOLE = records.ShareRange(1_000_000_000, 1_000_000_000)


@dataclass(frozen=True, slots=True)
class Held:
    """A party at the end of chains, or an organization with unrecorded owners, and its share."""

    key: str
    place: int  # in the upstream
    share: records.ShareRange


async def ultimate_owners(
    asked: Asked, at_least: int, natural: bool, limit: int, *, with_chains: bool
) -> records.UltimateOwnership:
    """The owners of whom no owner is known, largest share first; at most `limit`."""
    at = await asked.world()
    up = asked.above(at)
    if up is None:
        return _nobody(asked)
    found = await computed(up.size, ultimate, up)
    ends, rest = _divided(at, up, found)
    natural_ends = [each for each in ends if not natural or _is_person(at, each.key)]
    counted = [each for each in natural_ends if shares.reaches(each.share, at_least) != Verdict.NO]
    listed = counted[:limit]
    taken = await computed(up.size, _strongest, at, up, listed) if with_chains else {}
    noted = shares.remarks(at, up, found.ownerless, found.nearly)
    keys = [each.key for each in (*listed, *rest[:limit])] + [each.key for each in noted]
    every = [chain for some in taken.values() for chain in some]
    told, known = await asyncio.gather(asked.told(at, every), asked.known(keys))
    others = [each for each in (*ends, *rest) if each not in listed]
    return records.UltimateOwnership(
        tuple(
            records.UltimateOwner(
                known[each.key],
                each.share,
                shares.reaches(each.share, at_least),
                tuple(path(chain, told) for chain in taken.get(each.key, ())),
            )
            for each in listed
        ),
        _remainder(listed, others),
        tuple(records.UndisclosedPart(known[each.key], each.share) for each in rest[:limit]),
        shares.told(noted, known),
        shares.completeness(up),
        asked.moment,
        asked.again("ultimateOwners"),
    )


def _nobody(asked: Asked) -> records.UltimateOwnership:
    """Of an organization that no claim names, everything is with owners not recorded."""
    part = (records.UndisclosedPart(asked.thing, WHOLE),)
    complete = shares.completeness(None)
    again = asked.again("ultimateOwners")
    return records.UltimateOwnership((), WHOLE, part, (), complete, asked.moment, again)


def _divided(at: World, up: Upstream, found: Ultimate) -> tuple[list[Held], list[Held]]:
    """The ends of the chains, and the organizations of which owners are not recorded."""
    ends: list[Held] = []
    rest: list[Held] = []
    for place in range(up.size):
        if found.high[place] <= 0:
            continue
        share = shares.between(float(found.low[place]), float(found.high[place]))
        held = Held(at.recorded.key(int(up.nodes[place])), place, share)
        (ends if found.ends[place] and place != up.target else rest).append(held)
    for some in (ends, rest):
        some.sort(key=lambda held: (-held.share.max, -held.share.min, held.key))
    return ends, [held for held in rest if held.share.max > 0]


def _is_person(at: World, key: str) -> bool:
    place = at.recorded.place(key)
    return place is not None and at.recorded.kind(place) == "Person"


def _remainder(listed: Sequence[Held], others: Sequence[Held]) -> records.ShareRange:
    """What the others have: bounded by what they come to, and by what the listed leave."""
    whole = WHOLE.max
    low = max(whole - sum(e.share.max for e in listed), sum(e.share.min for e in others))
    high = min(whole - sum(e.share.min for e in listed), sum(e.share.max for e in others))
    return records.ShareRange(max(0, min(low, high)), max(0, high))


def _strongest(at: World, up: Upstream, listed: Sequence[Held]) -> dict[str, list[list[Step]]]:
    """The strongest chains from each of these down, by the upper ends of shares."""
    weights = up.weights()[1].tolist()
    below = chains.below(up)
    found = {
        each.key: strongest(below, weights.__getitem__, each.place, up.target, CHAINS)
        for each in listed
    }
    return {
        key: [chains.along(at, up, pairs) for pairs in some.chains] for key, some in found.items()
    }


async def effective_ownership(asked: Asked, owner: records.Entity) -> records.EffectiveOwnership:
    """What one party holds of the organization over all chains."""
    at = await asked.world()
    up = asked.above(at)
    place = at.recorded.place(owner.stored_key)
    above = None if up is None or place is None else up.place(place)
    share, noted = records.ShareRange(0, 0), list[Remarked]()
    if owner.stored_key == asked.thing.stored_key:
        share = WHOLE
    elif up is not None and above is not None:
        share = shares.between(*await computed(up.size, effective, up, above))
        noted = shares.remarks(at, up)
    known = await asked.known([each.key for each in noted])
    return records.EffectiveOwnership(
        owner,
        asked.thing,
        share,
        shares.told(noted, known),
        shares.completeness(up),
        asked.moment,
        asked.again("effectiveOwnership"),
    )
