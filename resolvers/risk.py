"""The risk of things, the chains that make it, what it reaches, and the policies behind it."""

from typing import Annotated

import strawberry

from graph import counterfactuals, policy, records, risk_moves, risk_policies
from graph.errors import BadInput
from graph.records.moment import Moment
from graph.risk import RiskAsked
from graph.risk_policies import RiskPolicy
from graph.risk_reach import reaching, window_of, with_chains
from graph.risk_scores import chosen, scored
from graph.risk_worlds import risk_world
from graph.terms import EntityKind, Permission
from resolvers.arguments import (
    After,
    Before,
    First,
    Last,
    Limit,
    MomentArgument,
    PageArguments,
    key_of,
    limited,
    moment_of,
)
from resolvers.connection import open_window, page
from resolvers.context import Context, Info
from resolvers.ownership import readers
from resolvers.scalars import Score
from resolvers.scenario import ScenarioArgument, ScenarioInput, scenario, spelled

PolicyArgument = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="Global id of a risk policy; the one in force if not given."),
]
KindsArgument = Annotated[
    list[EntityKind] | None, strawberry.argument(description="Only these kinds.")
]
Subject = strawberry.Parent[records.Entity]
LEAST = Score(0.01)


async def asked(
    info: Info, moment: Moment, policy_id: str | None, wanted: ScenarioInput | None
) -> RiskAsked:
    """The question: its world, and the scores of everything in it. Raises BadInput."""
    context = info.context
    policy.reaching(context.viewer, Permission.READ_RISK)
    now = await context.networks.load(moment)
    imagined = await scenario(info, wanted, moment)
    moment = now.moment(moment)
    world = risk_world(now, imagined, moment)
    by = chosen(now, moment, _policy_key(context, policy_id, moment))
    given = {"scenario": spelled(wanted)} if wanted else {}
    found = await scored(world.network, by)
    return RiskAsked(context.asking, readers(context), moment, world, found, given)


def _policy_key(context: Context, policy_id: str | None, moment: Moment) -> str | None:
    if policy_id is None:
        return None
    return key_of(context, policy_id, ("RiskPolicy",), "policy", moment)[0]


async def risk(
    subject: Subject,
    info: Info,
    policy: PolicyArgument = None,
    scenario: ScenarioArgument = None,
) -> records.Risk:
    """Its risk, its own and what reaches it."""
    return (await asked(info, subject.moment, policy, scenario)).risk(subject)


async def chains(risk: strawberry.Parent[records.Risk]) -> list[records.RiskChain]:
    """The strongest chains, from distinct sources, strongest first."""
    return await _world(risk).chains(risk.subject)


async def counterfactual(
    risk: strawberry.Parent[records.Risk],
    below: Annotated[Score, strawberry.argument(description="The score to come below.")],
    max_size: Annotated[
        int,
        strawberry.argument(description="Most relationships and flags in one set; 1 to 5."),
    ] = 3,
    limit: Annotated[int, strawberry.argument(description="Most sets; 1 to 20.")] = 5,
) -> records.Counterfactual:
    """What would bring the score below a threshold."""
    if below <= 0:
        raise BadInput("Argument 'below' must be more than 0: no score lies below that.")
    return await counterfactuals.counterfactual(
        _world(risk), risk.subject, below, limited(max_size, 5, "maxSize"), limited(limit, 20)
    )


def _world(risk: records.Risk) -> RiskAsked:
    assert isinstance(risk.world, RiskAsked)
    return risk.world


async def risk_reach(
    subject: Subject,
    info: Info,
    at_least: Annotated[
        Score, strawberry.argument(description="Only chains of at least this strength.")
    ] = LEAST,
    kinds: KindsArgument = None,
    policy: PolicyArgument = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> records.RiskReachPage:
    """What its own risk reaches, strongest first, each with its chain."""
    context = info.context
    question = await asked(info, subject.moment, policy, None)
    found = reaching(question, subject, at_least, kinds)
    names = sorted(kind.value for kind in kinds) if kinds else None
    by = question.scores.policy.id
    scope = ["riskReach", subject.id, by, repr(float(at_least)), str(names)]
    window = open_window(context, scope, PageArguments(first, after, last, before))
    entries = await window_of(question, found, window)
    made = page(context, scope, window, entries, entries.count)
    given = {"atLeast": at_least, "kinds": names}
    return await with_chains(question, subject, made, found, given)


async def what_if(
    info: Info,
    scenario: Annotated[ScenarioInput, strawberry.argument(description="The hypothetical world.")],
    kinds: KindsArgument = None,
    policy: PolicyArgument = None,
    at_least: Annotated[
        Score, strawberry.argument(description="Only moves of at least this size.")
    ] = LEAST,
    limit: Limit = 20,
    moment: MomentArgument = None,
) -> records.WhatIf:
    """What a scenario would change: the risk of everything whose score it moves."""
    at = await moment_of(info, moment)
    before = await asked(info, at, policy, None)
    after = await asked(info, at, policy, scenario)
    variables: dict[str, object] = {
        "scenario": spelled(scenario),
        "kinds": [kind.value for kind in kinds] if kinds else None,
        "atLeast": at_least,
        "limit": limited(limit),
    }
    return await risk_moves.what_if(before, after, kinds, at_least, limit, variables)


async def policies(info: Info) -> list[RiskPolicy]:
    """Every version of every risk policy, newest first."""
    return await risk_policies.policies(info.context.graph, info.context.asking)
