"""Whose risk rating a change moves: all scores before and after it, compared at once."""

from dataclasses import dataclass

import numpy as np

from graph.algorithms.claims import Floats, Ints
from graph.changes import Place
from graph.derived.causes import Causes
from graph.derived.facts import Facts
from graph.derived.told import Moved
from graph.records.moment import Moment
from graph.risk import wanted
from graph.risk_network import Earlier, RiskNetwork
from graph.risk_policies import RiskPolicy, in_force
from graph.risk_scores import Scores, compute, moved_to
from graph.terms import ChangeKind, RiskRating

CARRYING = np.array(sorted(wanted(None)))


def scored(facts: Facts, before: Scores | None) -> Scores | None:
    """The scores by the policy in force, from those before if they are known; None without one."""
    by = in_force(facts.policies, facts.day)
    if by is None:
        return None
    earlier = {}
    if before is not None and before.policy == by:
        was = before.world
        if was.network is facts.network and was.flags is facts.flags:
            return before
        earlier[by.stored_key] = Earlier(by, was.network, before.arcs, before.labels)
    place, now = Place(None, facts.sequence), Moment.now().known_at
    world = RiskNetwork(
        place, now, 0.0, facts.network, facts.flags, facts.policies, earlier=earlier
    )
    return compute(world, by)


@dataclass(frozen=True)
class Compared:
    """The things of a later network, with their scores before and after."""

    after: Scores
    values: tuple[Floats, Floats]

    def rated(self, policies: tuple[RiskPolicy, RiskPolicy]) -> Ints:
        """Where the things stand whose ratings differ."""
        low, high = (_bands(by, found) for by, found in zip(policies, self.values, strict=True))
        differs = (low != high) & np.isin(self.after.world.network.kinds, CARRYING)
        found: Ints = np.flatnonzero(differs)
        return found


def compared(before: Scores, after: Scores) -> Compared:
    """Scores side by side; what is new had no risk before."""
    was = np.zeros(after.world.network.size, np.float64)
    was[moved_to(before.world.network, after.world.network)] = before.values
    return Compared(after, (was, after.values))


def moved(before: Scores | None, after: Scores | None, by: Causes) -> list[Moved]:
    """The ratings that differ, by the keys of things."""
    if before is None or after is None or before is after:
        return []
    both = compared(before, after)
    policies = before.policy, after.policy
    network = after.world.network
    found = []
    for place in both.rated(policies).tolist():
        key = network.key(place)
        was, now = (float(each[place]) for each in both.values)
        ratings = policies[0].rating(was).value, policies[1].rating(now).value
        found.append(
            Moved(
                ChangeKind.RISK_RATING_CHANGED,
                key,
                (("rating", *ratings), ("score", repr(was), repr(now))),
                f"Risk policy {after.policy.name} {after.policy.version}",
                by.of(*stands_on(key, before, after)),
                ratings[1],
            )
        )
    return found


def stands_on(key: str, *sides: Scores | None) -> tuple[set[str], set[str]]:
    """The versions of claims that the scores of a thing stand on; the flags, and the policies."""
    claims, things = set[str](), set[str]()
    for scores in sides:
        if scores is None:
            continue
        network, labels = scores.world.network, scores.labels
        things.add(scores.policy.stored_key)
        place = network.place(key)
        if place is None:
            continue
        sources = {place}
        for rank in range(labels.counted(place)):
            sources.add(int(labels.source[place, rank]))
            for arc in labels.chain(scores.arcs, place, rank):
                claims.add(network.claim(int(scores.arcs.link[arc]))[1])
        of = scores.world.flags_of
        things |= {flag.key for one in sources for flag in of.get(network.key(one), ())}
    return claims, things


def _bands(by: RiskPolicy, values: Floats) -> Ints:
    """The rating of each value, as a number that means the same under every policy."""
    names = list(RiskRating)
    starts = [band.from_ for band in by.bands]
    places = np.array([0, *(names.index(band.rating) for band in by.bands)])
    found: Ints = places[np.searchsorted(starts, values, side="right")]
    return found
