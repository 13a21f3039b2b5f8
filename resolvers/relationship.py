"""Fields of a relationship that lead elsewhere."""

import strawberry

from graph import records
from graph.errors import GraphError
from resolvers.at_hand import at_hand
from resolvers.context import Info
from resolvers.selection import below

OWN = frozenset({"code", "__typename"})  # what a term tells without being read


async def _end(claim: records.Relationship, info: Info, key: str) -> records.Entity:
    found = await info.context.entities.load((key, claim.moment))
    if found is None:  # an end is recorded before its claims are
        raise GraphError("A relationship lacks an end.")
    return found


@at_hand(lambda claim: claim.ends[claim.from_key])
async def from_(claim: strawberry.Parent[records.Relationship], info: Info) -> records.Entity:
    """Where it starts."""
    return await _end(claim, info, claim.from_key)


@at_hand(lambda claim: claim.ends[claim.to_key])
async def to(claim: strawberry.Parent[records.Relationship], info: Info) -> records.Entity:
    """Where it ends."""
    return await _end(claim, info, claim.to_key)


async def superseded_by(
    claim: strawberry.Parent[records.Relationship], info: Info
) -> records.Relationship | None:
    """The claim that replaced it, once that is known at the moment or later."""
    if claim.superseded_by_id is None:
        return None
    return await info.context.claims.load((claim.superseded_by_id, info.context.now))


def bare(code: str | None) -> records.Term | None:
    """A term that tells its code only."""
    return None if code is None else records.Term(code, code)


@at_hand(lambda claim: bare(claim.scope_code), OWN)
async def scope(claim: strawberry.Parent[records.Relationship], info: Info) -> records.Term | None:
    """What the broker may do."""
    return await term(info, "POWER_OF_ATTORNEY_SCOPE", claim.scope_code)


@at_hand(lambda claim: bare(claim.topic_code), OWN)
async def topic(claim: strawberry.Parent[records.Relationship], info: Info) -> records.Term | None:
    """On which topic a specialist serves."""
    return await term(info, "TOPIC", claim.topic_code)


async def term(info: Info, vocabulary: str, code: str | None) -> records.Term | None:
    """A term with its label; a code that the vocabulary lacks is its own label."""
    if code is None:
        return None
    if frozenset() < below(info) <= OWN:
        return bare(code)
    found = await info.context.terms.load(f"Term:{vocabulary}.{code}")
    return found or records.Term(code, code)
