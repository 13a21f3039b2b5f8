"""The risk of things, and the policies it is computed by."""

import strawberry

from graph import policy, records, risk_scores
from graph.risk_scores import RiskPolicy
from graph.terms import CompletenessState, Permission
from resolvers.context import Info


async def risk(subject: strawberry.Parent[records.Entity], info: Info) -> records.Risk | None:
    """Its risk, its own and what reaches it, by the policy in force."""
    policy.require(info.context.viewer, Permission.READ_RISK)
    scores = await info.context.scores.load(subject.moment)
    found = scores.of(subject.stored_key)
    seen = records.Completeness(CompletenessState.COMPLETE, scores.nodes, scores.relationships)
    return records.Risk(
        subject,
        found.own,
        found.inherited,
        found.score,
        found.lower_bound,
        scores.policy.rating(found.score),
        scores.policy,
        seen,
        subject.moment,
    )


async def policies(info: Info) -> list[RiskPolicy]:
    """Every version of every risk policy, newest first."""
    return await risk_scores.policies(info.context.graph, info.context.asking)
