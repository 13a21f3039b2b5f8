"""What would bring a score below a threshold: the smallest sets to end and to resolve, told."""

import asyncio

from graph import records
from graph.again import COUNTERFACTUAL, explicit
from graph.algorithms.network import Network
from graph.cuts import Cut, Search, proven
from graph.paths import Step
from graph.records.traversal import Reproduction
from graph.risk import RiskAsked
from graph.terms import CompletenessState


async def counterfactual(
    asked: RiskAsked, subject: records.Entity, below: float, most: int, limit: int
) -> records.Counterfactual:
    """The smallest sets that bring the score below, smallest first, then by largest fall."""
    place = asked.world.network.network.place(subject.stored_key)
    found: list[Cut] = []
    cut_off = None
    if place is not None and asked.scores.at(place).score >= below:
        search = Search(asked.scores, subject.stored_key, place)
        found = await asyncio.to_thread(search.cuts, below, most)
        cut_off = search.cut_off
        found, untrue = await asyncio.to_thread(
            proven, asked.scores, subject.stored_key, found, below
        )
        if untrue and cut_off is None:
            cut_off = f"{untrue} sets were left out: ending a share would raise undisclosed ones."
    network = asked.world.network.network
    found.sort(key=lambda cut: (len(cut.members), cut.score, _names(network, cut)))
    given = {"below": below, "maxSize": most, "limit": limit, "policy": asked.scores.policy.id}
    variables = {"id": explicit(subject.stored_key, asked.moment), **given, **asked.variables}
    return records.Counterfactual(
        tuple(await _told(asked, found[:limit])),
        _completeness(asked.completeness(subject), cut_off, len(found) - limit),
        asked.moment,
        Reproduction(COUNTERFACTUAL, variables),
    )


def _completeness(
    whole: records.Completeness, cut_off: str | None, more: int
) -> records.Completeness:
    if cut_off:
        state, hint = CompletenessState.TIMED_OUT, "Lower 'maxSize'."
    elif more > 0:
        state, hint = CompletenessState.TRUNCATED, "Raise 'limit'."
        cut_off = f"{more} more sets do it."
    else:
        return whole
    return records.Completeness(state, whole.explored_nodes, whole.explored_edges, cut_off, hint)


async def _told(asked: RiskAsked, found: list[Cut]) -> list[records.CounterfactualCut]:
    """Sets with their relationships and flags."""
    network = asked.world.network
    steps: dict[int, Step] = {}
    for cut in found:
        for how, what in cut.members:
            if how == "end":
                steps[int(what)] = Step(*network.network.claim(int(what)))
    claims = await asked.claims(list(steps.values()))
    subjects = sorted({flag.subject for flag in network.flags})
    keys = {str(what) for cut in found for how, what in cut.members if how == "resolve"}
    wanted = [s for s in subjects if any(f.key in keys for f in network.flags_of[s])]
    listed = (await asked.flags(wanted)).values()
    flags = {flag.stored_key: flag for some in listed for flag in some}
    return [
        records.CounterfactualCut(
            tuple(claims[id_].claim for how, id_ in _names(network.network, cut) if how == "end"),
            tuple(
                flags[_key(key)] for how, key in _names(network.network, cut) if how == "resolve"
            ),
            cut.score,
            asked.scores.policy.rating(cut.score),
        )
        for cut in found
    ]


def _names(network: Network, cut: Cut) -> list[tuple[str, str]]:
    """The members by what they are called, in order: whatever their numbers are in the network."""
    return sorted(
        (how, network.claim(int(what))[1] if how == "end" else str(what))
        for how, what in cut.members
    )


def _key(flag: str) -> str:
    """The stored key of a flag, imagined or not."""
    return f"RiskFlag:{flag}" if flag.startswith("scenario.") else flag
