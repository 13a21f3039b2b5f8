"""Computed shares as they are answered, and what is unusual about those they rest on."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np

from graph import records
from graph.algorithms.claims import BILLION, Flags
from graph.algorithms.direct import remainder as left
from graph.algorithms.recorded import Recorded
from graph.algorithms.upstream import Upstream
from graph.records.paths import PERCENT
from graph.scenarios import World
from graph.surroundings import SECONDS
from graph.terms import CompletenessState, OwnershipRemarkCode, Verdict

NEAR = 1e-3  # parts per billion: so near a whole number, it is one
MOST = 20  # remarks


@dataclass(frozen=True, slots=True)
class Remarked:
    """A remark on a party, by its key."""

    code: OwnershipRemarkCode
    text: str
    key: str


def between(low: float, high: float) -> records.ShareRange:
    """Parts of one as parts per billion: rounded outwards, unless they are whole."""
    least, most = low * BILLION, high * BILLION
    whole_low, whole_high = round(least), round(most)
    return records.ShareRange(
        max(0, whole_low if abs(least - whole_low) < NEAR else floor(least)),
        min(BILLION, whole_high if abs(most - whole_high) < NEAR else ceil(most)),
    )


def fraction(low: tuple[int, int], high: tuple[int, int]) -> records.ShareRange:
    """Parts and wholes, at the lower and at the upper ends, as a share."""
    least = low[0] * BILLION // low[1]
    most = -(-high[0] * BILLION // high[1])
    return records.ShareRange(min(BILLION, least), min(BILLION, most))


def remainder(recorded: Recorded, key: str) -> records.ShareRange:
    """What owners not recorded hold of an organization directly; all, if no claim names it."""
    place = recorded.place(key)
    return records.ShareRange(*((BILLION, BILLION) if place is None else left(recorded, place)))


def reaches(share: records.ShareRange, at_least: int) -> Verdict:
    """Whether a computed share comes to so many parts per billion.

    It was rounded outwards: one part is what rounding may have taken or given.
    """
    if share.min >= at_least - 1:
        return Verdict.YES
    return Verdict.UNDETERMINED if share.max >= at_least - 1 else Verdict.NO


def remarks(
    world: World, up: Upstream, ownerless: Flags | None = None, nearly: Flags | None = None
) -> list[Remarked]:
    """What is unusual above an organization, by party, at most MOST remarks."""
    nobody = np.zeros(up.size, bool)
    holdings = up.holdings
    conflicting = nobody.copy()
    conflicting[up.owned[holdings.conflicting[up.pairs]]] = True
    unknown = np.isin(up.nodes, world.recorded.undisclosed_nominees)
    found: Sequence[tuple[OwnershipRemarkCode, str, Flags]] = (
        (
            OwnershipRemarkCode.OWNERLESS_RING,
            "stands in a ring whose members hold each other wholly: nobody outside owns it.",
            nobody if ownerless is None else ownerless,
        ),
        (
            OwnershipRemarkCode.NEARLY_OWNERLESS_RING,
            "stands in a ring whose members hold nearly all of each other.",
            nobody if nearly is None else nearly,
        ),
        (
            OwnershipRemarkCode.OVERSUBSCRIBED,
            "has recorded shares of more than 100 percent: ownership is scaled to 100.",
            holdings.oversubscribed[up.nodes],
        ),
        (
            OwnershipRemarkCode.CONFLICTING_CLAIMS,
            "has an owner on whose share sources differ: all that they say is taken as a range.",
            conflicting,
        ),
        (
            OwnershipRemarkCode.TREASURY_SHARES,
            "holds shares of its own: they carry neither vote nor dividend.",
            holdings.treasury[up.nodes],
        ),
        (
            OwnershipRemarkCode.NOMINEE_UNDISCLOSED,
            "is a nominee for somebody who is not disclosed.",
            unknown,
        ),
    )
    recorded = world.recorded
    return [
        Remarked(code, text, recorded.key(int(up.nodes[at])))
        for code, text, flags in found
        for at in np.flatnonzero(flags)
    ][:MOST]


def told(
    found: Sequence[Remarked], known: dict[str, records.Entity]
) -> tuple[records.OwnershipRemark, ...]:
    """Remarks with the parties they are about."""
    return tuple(
        records.OwnershipRemark(each.code, f"{known[each.key].label} {each.text}", known[each.key])
        for each in found
        if each.key in known
    )


def completeness(up: Upstream | None) -> records.Completeness:
    """What was looked at above an organization; nothing is recorded of one that has no place."""
    if up is None:
        return records.Completeness(CompletenessState.COMPLETE, 1, 0)
    if up.late:
        return records.Completeness(
            CompletenessState.TIMED_OUT,
            up.size,
            len(up.pairs),
            f"What stands above it at that moment took more than {SECONDS:g} seconds to read.",
            "Ask again, about an organization nearer to the owners, or about now.",
        )
    if up.complete:
        return records.Completeness(CompletenessState.COMPLETE, up.size, len(up.pairs))
    return records.Completeness(
        CompletenessState.TRUNCATED,
        up.size,
        len(up.pairs),
        f"More than {up.size} parties stand above this organization; the nearest were seen.",
        "Ask about an organization nearer to the owners.",
    )


def percent(parts: int) -> str:
    """Parts per billion in percent, as text."""
    return f"{parts / PERCENT:g} percent"
