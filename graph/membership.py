"""Who is in a segment, and in which segment an account is."""

from collections.abc import Sequence
from dataclasses import replace

from graph import policy, records
from graph.account_filter import segment, tree
from graph.account_search import gather
from graph.conditions import Condition, condition
from graph.moments import year
from graph.policy import Viewer
from graph.queries import query
from graph.records.moment import Moment
from graph.segments import segments
from graph.session import Graph
from graph.terms import Permission


async def members(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[Condition]:
    """Being in each of these segments, of those in force, as a condition."""
    policy.admit(viewer)
    inside = await segments(graph, viewer, moment)
    known = await gather(graph, viewer, moment, {"anyOf": [each.filter for each in inside]})
    ruled = replace(known, segments=[(each.stored_key, each.filter) for each in inside])
    return [condition(segment(key, ruled)) for key in keys]


async def segments_of(
    graph: Graph, viewer: Viewer, moment: Moment, keys: Sequence[str]
) -> list[records.RiskSegment | None]:
    """The segment each account is in: the first, by precedence, whose rule it matches."""
    policy.require(viewer, Permission.READ_RISK)
    inside = await segments(graph, viewer, moment)
    known = await gather(graph, viewer, moment, {"anyOf": [each.filter for each in inside]})
    rules = [(each.stored_key, condition(tree(each.filter, known, "segment"))) for each in inside]
    found = await graph.read(
        query("account/segments"),
        keys=list(dict.fromkeys(keys)),
        segments=[{"key": key, "clauses": rule.parameters["clauses"]} for key, rule in rules],
        facts=sorted({fact for _, rule in rules for fact in rule.facts}),
        **year(moment.as_of),
        **moment.parameters,
    )
    by_key = {each.stored_key: each for each in inside}
    known_of = {row["key"]: by_key.get(row["segment"]) for row in found}
    return [known_of.get(key) for key in keys]
