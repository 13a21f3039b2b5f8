"""Who is in a segment, and in which segment an account is."""

from collections.abc import Sequence
from dataclasses import replace

from graph import records
from graph.account_filter import segment, tree
from graph.account_search import gather
from graph.conditions import Condition, condition
from graph.filter_needs import Known
from graph.moments import year
from graph.policy import Viewer
from graph.queries import query, within
from graph.reach import reach
from graph.records.moment import Moment
from graph.segments import segments
from graph.session import Graph
from graph.terms import Permission


async def members(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[Condition]:
    """Being in each of these segments, of those in force, as a condition."""
    await reach(graph, viewer)
    inside = await segments(graph, viewer, moment)
    known = await gather(graph, viewer, moment, {"anyOf": [each.filter for each in inside]})
    ruled = replace(known, segments=[(each.stored_key, each.filter) for each in inside])
    return [condition(segment(key, ruled)) for key in keys]


async def segments_of(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[records.RiskSegment | None]:
    """The segment each account is in: the first, by precedence, whose rule it matches."""
    seen = await reach(graph, viewer, Permission.READ_RISK)
    inside = await segments(graph, viewer, moment)
    rules = {"anyOf": [each.filter for each in inside]}
    known = await gather(graph, viewer, moment, rules, listed=False)
    placed_in = await placed(graph, moment, seen.keys(keys), inside, known)
    by_key = {each.stored_key: each for each in inside}
    return [by_key.get(placed_in.get(key) or "") for key in keys]


async def placed(
    graph: Graph,
    moment: Moment,
    keys: Sequence[str],
    inside: Sequence[records.RiskSegment],
    known: Known,
    seconds: float | None = None,
) -> dict[str, str | None]:
    """The key of the first of these segments whose rule each account matches, or None.

    `seconds` is given where nobody waits for the answer.
    """
    rules = [(each.stored_key, condition(tree(each.filter, known, "segment"))) for each in inside]
    found = await graph.read(
        within(query("account/segments"), seconds),
        keys=list(dict.fromkeys(keys)),
        segments=[{"key": key, "clauses": rule.parameters["clauses"]} for key, rule in rules],
        facts=sorted({fact for _, rule in rules for fact in rule.facts}),
        **year(moment.as_of),
        **moment.parameters,
    )
    return {row["key"]: row["segment"] for row in found}
