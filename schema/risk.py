"""Risk, and the versioned rules by which it is computed."""

from datetime import date

import strawberry

from graph import records, risk_policies
from resolvers import risk
from schema.entity import Entity, Node, PageInfo, RiskSubject, TotalCount
from schema.fields import made_of, resolved_by
from schema.path import Path
from schema.program import RiskFlag
from schema.relationship import Relationship
from schema.scalars import Score
from schema.terms import Direction, RelationshipType, RiskRating
from schema.traversal import Reproduction, Traversal


@strawberry.type(description="How risk passes one type of relationship in one direction.")
class RiskRule:
    relationship_type: RelationshipType = strawberry.field(description="The type.")
    direction: Direction = strawberry.field(
        description=("Which way the risk goes along it: OUT from start to end, IN against it.")
    )
    attenuation: Score = strawberry.field(description="The factor that is left, below 1.")
    scaled_by_share: bool = strawberry.field(
        description="OWNS: whether the factor is multiplied by min(1, 2 × share)."  # noqa: RUF001
    )
    hub_degree: int | None = strawberry.field(
        description=(
            "Damps hubs: above so many relationships the factor is multiplied by this number over "
            "their count. Null for no damping."
        )
    )


@strawberry.type(description="Where a rating begins.")
class RiskBand:
    rating: RiskRating = strawberry.field(description="The rating.")
    from_: Score = strawberry.field(name="from", description="Lowest score in it.")


@strawberry.type(
    description=(
        "A versioned set of rules by which risk is computed. A published version never changes."
    )
)
class RiskPolicy(Node):
    id: strawberry.ID = strawberry.field(description="Global id of this version.")
    name: str = strawberry.field(description="Name of the policy.")
    version: str = strawberry.field(description="Version, for example `2026.1`.")
    description: str = strawberry.field(
        description="What it is for and where its numbers come from."
    )
    chains: int = strawberry.field(
        description=(
            "How many strongest chains, of distinct sources, make a score: k of the "
            "k-strongest-chains model."
        )
    )
    floor: Score = strawberry.field(description="Chains weaker than this are dropped.")
    rules: list[RiskRule] = strawberry.field(
        description="How risk passes each type of relationship."
    )
    bands: list[RiskBand] = strawberry.field(description="Where ratings begin, lowest first.")
    valid_from: date = strawberry.field(description="First day in force.")
    valid_to: date | None = strawberry.field(
        description="Day it went out of force; null while in force."
    )

    is_type_of = made_of(risk_policies.RiskPolicy)


@strawberry.type(description="A chain by which risk travels from its source to the subject.")
class RiskChain:
    source: Entity = strawberry.field(description="Where the risk comes from.")
    flags: list[RiskFlag] = strawberry.field(description="The open flags there.")
    seed: Score = strawberry.field(description="Own risk of the source.")
    strength: Score = strawberry.field(
        description="What arrives: seed × the attenuations of all hops."  # noqa: RUF001
    )
    path: Path = strawberry.field(description="The way, each hop with its attenuation.")
    reproduction: Reproduction = strawberry.field(
        description="The traversal that finds this chain again."
    )


@strawberry.type(
    description=(
        "A smallest set that brings the score below the threshold; without any one of its members "
        "it would not."
    )
)
class CounterfactualCut:
    end: list[Relationship] = strawberry.field(description="Relationships to end.")
    resolve: list[RiskFlag] = strawberry.field(description="Flags to resolve.")
    score: Score = strawberry.field(description="The score then.")
    rating: RiskRating = strawberry.field(description="The rating then.")


@strawberry.type(description="What would bring a score below a threshold.")
class Counterfactual(Traversal):
    cuts: list[CounterfactualCut] = strawberry.field(
        description=(
            "Sets found, smallest first, then by largest fall; empty with COMPLETE means that no "
            "set of that size does it."
        )
    )

    is_type_of = made_of(records.Counterfactual)


@strawberry.type(
    description=(
        "The risk of one subject under one policy: its own, joined by the strongest chains that "
        "reach it. The chains listed are the score: 1 - (1 - own) × Π(1 - strength)."  # noqa: RUF001
    )
)
class Risk(Traversal):
    subject: Entity = strawberry.field(description="Whose risk.")
    own: Score = strawberry.field(description="From its own open flags only.")
    inherited: Score = strawberry.field(
        description="From its neighbours only: 1 - Π(1 - strength) of the chains."
    )
    score: Score = strawberry.field(description="Own and inherited together.")
    lower_bound: Score = strawberry.field(
        description="The strongest single cause: the greater of own and the first chain."
    )
    rating: RiskRating = strawberry.field(
        description="The band of the policy that the score falls in."
    )
    chains: list[RiskChain] = resolved_by(
        risk.chains,
        (
            "The strongest chains, one for each of at most `policy.chains` distinct sources, "
            "strongest first."
        ),
    )
    policy: RiskPolicy = strawberry.field(description="The policy applied.")
    counterfactual: Counterfactual = resolved_by(
        risk.counterfactual,
        (
            "What would bring the score below a threshold: smallest sets of relationships to end "
            "or flags to resolve, first."
        ),
        cost=25,
    )

    is_type_of = made_of(records.Risk)


@strawberry.type(description="One of a RiskReachConnection.")
class RiskReachEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: RiskSubject = strawberry.field(description="What stands here.")
    chain: RiskChain = strawberry.field(
        description="The chain by which it arrives, with its strength."
    )


@strawberry.type(description="What the risk of a subject reaches.")
class RiskReachConnection(Traversal):
    edges: list[RiskReachEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[RiskSubject] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")

    is_type_of = made_of(records.RiskReachPage)


@strawberry.type(description="A risk before and after.")
class RiskEffect:
    before: Risk = strawberry.field(description="Before.")
    after: Risk = strawberry.field(description="After.")


@strawberry.type(description="What a scenario would change.")
class WhatIf(Traversal):
    effects: list[RiskEffect] = strawberry.field(description="Risks that move, largest move first.")
    effect_count: TotalCount = strawberry.field(description="How many move.")

    is_type_of = made_of(records.WhatIf)
