"""Risk, and the versioned rules by which it is computed."""

from datetime import date

import strawberry

from graph import records, risk_scores
from schema.entity import Entity, Node
from schema.fields import made_of
from schema.scalars import Score
from schema.terms import Direction, RelationshipType, RiskRating
from schema.traversal import Traversal


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

    is_type_of = made_of(risk_scores.RiskPolicy)


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
    policy: RiskPolicy = strawberry.field(description="The policy applied.")

    is_type_of = made_of(records.Risk)
