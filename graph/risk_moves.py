"""What a scenario would change: every score that it moves, before and after."""

import asyncio
from collections.abc import Sequence

import numpy as np

from graph import records
from graph.again import WHAT_IF, moment_variables
from graph.algorithms.claims import Floats
from graph.records.entity import TotalCount
from graph.records.traversal import Reproduction
from graph.risk import RiskAsked, wanted
from graph.terms import EntityKind

SLACK = 1e-12  # smaller moves are rounding


async def what_if(
    before: RiskAsked,
    after: RiskAsked,
    kinds: Sequence[EntityKind] | None,
    at_least: float,
    limit: int,
    variables: dict[str, object],
) -> records.WhatIf:
    """The risks that move by at least so much, the largest move first, ties by key."""
    places, moves = await asyncio.to_thread(_moves, before, after, kinds, max(at_least, SLACK))
    network = after.world.network.network
    shown = [network.key(place) for place in places[:limit].tolist()]
    found = await after.read.entities(shown, after.moment)
    things = [each for each in found if each]
    again = {
        "policy": after.scores.policy.id,
        "moment": moment_variables(after.moment),
        **variables,
    }
    return records.WhatIf(
        tuple(records.RiskEffect(before.risk(each), after.risk(each)) for each in things),
        TotalCount(len(moves)),
        after.completeness(),
        after.moment,
        Reproduction(WHAT_IF, again),
    )


def _moves(
    before: RiskAsked, after: RiskAsked, kinds: Sequence[EntityKind] | None, at_least: float
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], Floats]:
    """Places in the world after, and how far each score there moves."""
    old, new = before.world.network.network, after.world.network.network
    values = after.scores.values.copy()
    values[np.searchsorted(new.keys, old.keys)] -= before.scores.values  # nothing is taken away
    moved = np.abs(values)
    asked = np.isin(new.kinds, list(wanted(kinds)))
    found = np.flatnonzero(asked & (moved >= at_least))
    order = np.lexsort((found, -moved[found]))
    return found[order], moved[found[order]]
