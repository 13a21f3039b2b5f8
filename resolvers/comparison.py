"""The net difference between two moments around one thing."""

from dataclasses import replace
from typing import Annotated

import strawberry

from graph import comparisons, policy, records
from graph.errors import BadInput
from graph.terms import Permission, RelationshipType
from resolvers.arguments import MomentInput, key_of, limited, moment_of
from resolvers.context import Info
from resolvers.filters import words
from resolvers.risk import asked

CARRIERS = (records.Account, records.ImporterNumber, records.FilerCode, records.Party)


async def comparison(
    info: Info,
    of: Annotated[strawberry.ID, strawberry.argument(description="Global id.")],
    from_: Annotated[
        MomentInput, strawberry.argument(name="from", description="The earlier moment.")
    ],
    to: Annotated[
        MomentInput | None,
        strawberry.argument(description="The later moment; now if not given."),
    ] = None,
    relationship_types: Annotated[
        list[RelationshipType] | None,
        strawberry.argument(description="Only these relationships; all if not given."),
    ] = None,
    depth: Annotated[
        int,
        strawberry.argument(description="How far around to look, in relationships; 1 to 5."),
    ] = 1,
    limit: Annotated[int, strawberry.argument(description="Most differences; 1 to 1000.")] = 100,
) -> records.Comparison:
    """Relationships begun, ended and changed."""
    context = info.context
    later = await moment_of(info, to)
    key, _ = key_of(context, of, None, "of", later)
    thing = await context.entities.load((key, later))
    if thing is None:
        raise BadInput("Argument 'of' is the id of nothing that relationships join at that moment.")
    return await comparisons.comparison(
        context.graph,
        context.asking,
        thing,
        await moment_of(info, from_),
        later,
        words(relationship_types, "relationshipTypes"),
        limited(depth, 5, "depth"),
        limited(limit, 1000),
    )


async def risk(
    comparison: strawberry.Parent[records.Comparison], info: Info
) -> records.RiskEffect | None:
    """Its risk at both moments; None of a thing that carries none."""
    of = comparison.of
    policy.reaching(info.context.viewer, Permission.READ_RISK)
    if not isinstance(of, CARRIERS):
        return None
    then = await asked(info, comparison.from_, None, None)
    now = await asked(info, comparison.to, None, None)
    before = replace(of, moment=comparison.from_)
    return records.RiskEffect(then.risk(before), now.risk(of))
