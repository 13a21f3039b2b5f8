"""What wants attention about accounts, among what the viewer may know."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from neo4j import Query

from graph import policy, records, rows, warning_words
from graph.moments import months
from graph.policy import Viewer
from graph.queries import query
from graph.reach import Reached, reach
from graph.records.moment import Moment
from graph.session import Graph
from graph.terms import Permission, WarningCode

# Ours, not a rule of CBP: so long an accepted participant may wait without a warning.
PENDING = timedelta(days=30)
MOST = 20  # warnings of one code, and things named by one
CANDIDATES = 10_000  # so many accounts are looked at to find those with a warning
AT_ONCE = 500  # accounts that one statement looks at

FIGURES = frozenset({WarningCode.CENTER_NOT_PREDOMINANT, WarningCode.NO_POWER_OF_ATTORNEY})
OWNERSHIP = frozenset(
    {
        WarningCode.OVERSUBSCRIBED,
        WarningCode.OWNERLESS_RING,
        WarningCode.TREASURY_SHARES,
        WarningCode.CONFLICTING_CLAIMS,
    }
)
NEEDS: dict[WarningCode, Permission] = {
    **dict.fromkeys(FIGURES, Permission.READ_PERFORMANCE),
    WarningCode.NUMBER_SUCCESSION: Permission.READ_RISK,
    **dict.fromkeys(OWNERSHIP, Permission.READ_OWNERSHIP),
}
ORDER = {code: place for place, code in enumerate(WarningCode)}


@dataclass(frozen=True, slots=True)
class Warned:
    """The keys of accounts that have a warning, in order; all of them, or only of those looked at.

    A warning that a viewer may not know is as if it were not there.
    """

    keys: list[str]
    complete: bool


async def warnings(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    keys: Sequence[str],
    codes: Collection[WarningCode] | None = None,
) -> list[list[records.Warning]]:
    """The warnings of each account, in the order of the codes; all codes unless some are named.

    What the viewer's permissions do not let them know is not told. Three statements at most, side
    by side: one of all codes would take the server seconds to plan.
    """
    seen = await reach(graph, viewer)
    told = _known(viewer, codes)
    found: dict[str, list[records.Warning]] = {key: [] for key in keys}
    asked = [
        _asked(graph, seen, question, moment, list(found), part)
        for question, part in (
            (query("warning/accounts"), told - FIGURES - OWNERSHIP),
            (query("warning/figures"), told & FIGURES),
            (query("warning/ownership"), told & OWNERSHIP),
        )
        if part
    ]
    for answers in await asyncio.gather(*asked):
        for row in answers:
            found[row["key"]] += [_warning(moment, *each) for each in row["found"]]
    return [sorted(found[key], key=lambda each: ORDER[each.code]) for key in keys]


async def warned(
    graph: Graph,
    viewer: Viewer,
    moment: Moment,
    codes: Collection[WarningCode],
    among: Sequence[str] | None = None,
) -> Warned:
    """The accounts with one of these warnings: of those given, or of all.

    Of all, those that may have it are found from the narrow side of each warning (by how things
    stand, or stood then) and then looked at; at most CANDIDATES, so the answer says whether it is
    complete.
    """
    seen = await reach(graph, viewer)
    told = _known(viewer, codes)
    if not told:
        return Warned([], True)
    if among is None:
        question = query("warning/candidates")
        given = {**seen.parameters(question), **moment.parameters}
        found = await graph.read(question, codes=_texts(told), most=CANDIDATES + 1, **given)
        among = found[0]["keys"]
    looked = among[:CANDIDATES]
    keys: list[str] = []
    for start in range(0, len(looked), AT_ONCE):
        part = looked[start : start + AT_ONCE]
        answers = await warnings(graph, viewer, moment, part, told)
        keys += [key for key, answer in zip(part, answers, strict=True) if answer]
    return Warned(sorted(keys), len(among) <= CANDIDATES)


def _known(viewer: Viewer, codes: Collection[WarningCode] | None) -> frozenset[WarningCode]:
    """Those of the codes that the viewer's permissions let them know."""
    allowed = policy.reaching(viewer).permissions
    wanted = WarningCode if codes is None else codes
    return frozenset(c for c in wanted if c not in NEEDS or NEEDS[c] in allowed)


async def _asked(
    graph: Graph,
    seen: Reached,
    question: Query,
    moment: Moment,
    keys: list[str],
    codes: frozenset[WarningCode],
) -> list[dict[str, Any]]:
    first, last = months(moment.as_of)
    spans = {"from": first, "to": last, "accepted": _before(moment.as_of, PENDING)}
    given = {**spans, **seen.parameters(question), **moment.parameters}
    return await graph.read(question, keys=seen.keys(keys), codes=_texts(codes), most=MOST, **given)


def _texts(codes: Collection[WarningCode]) -> list[str]:
    return sorted(code.value for code in codes)


def _before(day: date, span: timedelta) -> date:
    return day - min(span, day - date.min)


def _warning(moment: Moment, code: str, about: list[Any], facts: list[str]) -> records.Warning:
    things = tuple(rows.entity(each, moment) for each in about)
    kind = WarningCode(code)
    return records.Warning(kind, warning_words.message(kind, things, facts), things)
