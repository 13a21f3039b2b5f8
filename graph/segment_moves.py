"""How many accounts a new rule moves to another segment."""

from dataclasses import dataclass, replace

from graph import account_lists, policy
from graph.account_filter import segment, tree
from graph.account_search import gather
from graph.conditions import Condition, condition
from graph.filter_fields import Given
from graph.policy import Viewer
from graph.reach import ALL as EVERYTHING
from graph.records.moment import Moment
from graph.segments import segments
from graph.session import Graph
from graph.text import fold

SECONDS = 60.0  # for one count over all accounts: a definition is rare, and may wait
ALL = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by the name of its segment, and where it is tried.

    Of two with one precedence that with the lesser key is first: `key` is what it will be kept
    under, but for its version, if no version of it is in force.
    """

    name: str
    key: str
    precedence: int
    rule: Given


async def moved(graph: Graph, viewer: Viewer, moment: Moment, wanted: Rule) -> int:
    """How many accounts would be in another segment if the rule were in force at the moment.

    Only those move that are in its segment before and not after, or the other way round: the other
    rules keep their order. Raises BadInput or LimitExceeded for a rule that has no answer, by
    itself or combined with the others.
    """
    policy.admit(viewer)
    inside = await segments(graph, viewer, moment)
    filters = {"anyOf": [*(each.filter for each in inside), wanted.rule]}
    known = await gather(graph, viewer, moment, filters)
    condition(tree(wanted.rule, known))  # by itself first: what is wrong is told by its path
    own = {each.stored_key for each in inside if fold(each.name) == fold(wanted.name.strip())}
    old = [(each.precedence, each.stored_key, each.filter) for each in inside]
    kept = [each for each in old if each[1] not in own]
    made = min(own, default=wanted.key)
    new = sorted([*kept, (wanted.precedence, made, wanted.rule)], key=lambda each: each[:2])
    after = replace(known, segments=[(key, rule) for _, key, rule in new])
    for _, key, _ in new:
        condition(segment(key, after))  # each must have an answer, not only the new one
    is_in = condition(segment(made, after))
    before = replace(known, segments=[(key, rule) for _, key, rule in old])
    was_in = [condition(segment(key, before)) for key in own]
    return await _number(graph, moment, was_in[:1], is_in)


async def _number(graph: Graph, moment: Moment, was_in: list[Condition], is_in: Condition) -> int:
    """How many are in one of both, and not in both."""
    joined = await account_lists.number(graph, EVERYTHING, moment, is_in, ALL, SECONDS)
    if not was_in:
        return joined
    left = await account_lists.number(graph, EVERYTHING, moment, was_in[0], ALL, SECONDS)
    together = Condition(tuple(dict.fromkeys((*was_in[0].clauses, *is_in.clauses))))
    both = await account_lists.number(graph, EVERYTHING, moment, together, ALL, SECONDS)
    return joined + left - 2 * both
