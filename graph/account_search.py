"""What a filter of accounts asks for: conditions, with what they need looked up first."""

from dataclasses import dataclass

from graph import filter_fields, policy, risk_scores
from graph import warnings as warning_questions
from graph.account_filter import tree
from graph.conditions import Condition, condition
from graph.errors import BadInput, LimitExceeded
from graph.filter_fields import BY_RISK, Given, flag_sets, mentioned, warning_sets
from graph.filter_needs import Known
from graph.flagged_accounts import flagged_accounts
from graph.held_accounts import held_accounts
from graph.policy import Viewer
from graph.reach import reach
from graph.records.moment import Moment
from graph.roles import Part
from graph.segments import segments
from graph.session import Graph
from graph.terms import AccountOrder, Permission, WarningCode

ALL_ACCOUNTS = Condition()


@dataclass(frozen=True, slots=True)
class Search:
    """Which accounts: a condition, and the words that a name must have if it asks for some."""

    condition: Condition = ALL_ACCOUNTS
    text: str | None = None


def demand(viewer: Viewer, given: Given, order: AccountOrder | None = None) -> None:
    """Raises Forbidden unless the viewer may filter and order by what is named."""
    names = mentioned(given)
    risky = order is AccountOrder.RISK_DESC or names & filter_fields.OF_RISK
    measured = order is AccountOrder.ENTERED_VALUE_DESC or names & filter_fields.OF_PERFORMANCE
    if risky:
        policy.reaching(viewer, Permission.READ_RISK)
    if measured:
        policy.reaching(viewer, Permission.READ_PERFORMANCE)
    if order is AccountOrder.ENTERED_VALUE_DESC or names & filter_fields.OF_MONEY:
        policy.reaching(viewer, Permission.READ_PERFORMANCE, Part.MONEY)
    if names & filter_fields.OF_OWNERSHIP:
        policy.reaching(viewer, Permission.READ_OWNERSHIP)
    codes = set[str]().union(*warning_sets(given))
    for code, right in warning_questions.NEEDS.items():
        if code in codes:
            policy.reaching(viewer, right)


async def search(graph: Graph, viewer: Viewer, moment: Moment, given: Given) -> Search:
    """The filter as conditions, with what it needs looked up. Raises BadInput and Forbidden."""
    known = await gather(graph, viewer, moment, given)
    text = given.get("nameContains")
    return Search(condition(tree(given, known)), text if isinstance(text, str) else None)


async def gather(
    graph: Graph, viewer: Viewer, moment: Moment, given: Given, listed: bool = True
) -> Known:
    """What a filter needs beside the facts of an account.

    If accounts are `listed` by it, what few of them have is looked up too, for a start. Raises
    BadInput and Forbidden.
    """
    demand(viewer, given)
    names = mentioned(given)
    ruled: list[tuple[str, Given]] = []
    if "segmentIds" in names:
        ruled = [(each.stored_key, each.filter) for each in await segments(graph, viewer, moment)]
    rules = [rule for _, rule in ruled]
    for rule in rules:  # who is in a segment tells what its rule asks
        demand(viewer, rule)
    within = frozenset[str]().union(*map(mentioned, rules))
    if "segmentIds" in within:
        raise BadInput(
            "Field 'filter.segmentIds' has no answer: the rule of a segment in force names"
            " segments, which may go in a circle. Publish that segment with another rule."
        )
    warned = {}
    for codes in set().union(*map(warning_sets, (given, *rules))):
        found = await warning_questions.warned(
            graph, viewer, moment, [WarningCode(code) for code in sorted(codes)]
        )
        if not found.complete:
            raise LimitExceeded(
                "Field 'filter.warnings' meets too many candidates to look at; narrow it by"
                " another field, such as 'managerIds' or 'centers'."
            )
        warned[codes] = tuple(found.keys)
    scores = await risk_scores.scores(graph, viewer, moment) if (names | within) & BY_RISK else None
    heads = set[str]().union(*map(filter_fields.controllers, (given, *rules)))
    held = await held_accounts(graph, moment, heads)
    seen = await reach(graph, viewer)
    flags = set[frozenset[str]]().union(*map(flag_sets, (given, *rules)))
    begin = listed and seen.all  # who reaches few begins with these
    flagged = await flagged_accounts(graph, moment, flags if begin else ())
    return Known(moment, ruled, warned, scores, held, flagged, seen)


def both(one: Search, other: Condition) -> Search:
    """What matches both."""
    clauses = dict.fromkeys((*one.condition.clauses, *other.clauses))
    return Search(Condition(tuple(clauses)), one.text)
