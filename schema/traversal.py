"""What answers that walk the graph tell about the walk; differences between two moments."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph.terms import Permission
from resolvers import comparison
from schema.change import Change
from schema.directives import Cost
from schema.entity import Entity
from schema.fields import resolved_by
from schema.relationship import Relationship
from schema.scalars import Json
from schema.terms import CompletenessState

if TYPE_CHECKING:
    from schema.risk import RiskEffect


@strawberry.type(description="A point on both clocks.")
class Moment:
    as_of: date = strawberry.field(description="Valid time: facts that hold on this day.")
    known_at: datetime = strawberry.field(
        description="Record time: facts recorded and not superseded by this instant."
    )


@strawberry.type(
    description=(
        "How complete an answer is. Anything but COMPLETE means that absence proves nothing."
    )
)
class Completeness:
    state: CompletenessState = strawberry.field(
        description="Whether everything was seen, and if not, why not."
    )
    explored_nodes: int = strawberry.field(description="Nodes visited.")
    explored_edges: int = strawberry.field(description="Relationships visited.")
    reason: str | None = strawberry.field(
        description="What stopped the walk, in one sentence; null if COMPLETE."
    )
    hint: str | None = strawberry.field(
        description=(
            "Which argument to change for a fuller answer, in one sentence; null if COMPLETE or "
            "if nothing helps."
        )
    )


@strawberry.type(description="What is needed to get the same answer again.")
class Reproduction:
    document: str = strawberry.field(description="A GraphQL document.")
    variables: Json = strawberry.field(
        description="Its variables, with the moment and the policy version made explicit."
    )


@strawberry.interface(
    description=(
        "What happens when an answer is computed by walking the graph: how far the walk went, "
        "when it holds and how to do it again."
    )
)
class Traversal:
    completeness: Completeness = strawberry.field(
        description="Whether the walk saw everything, and if not, why."
    )
    moment: Moment = strawberry.field(description="The moment at which the answer holds.")
    reproduction: Reproduction = strawberry.field(description="How to get the same answer again.")


@strawberry.type(
    description=(
        "A relationship that differs between two moments: only before, only after, or changed."
    )
)
class RelationshipDifference:
    before: Relationship | None = strawberry.field(
        description="At the earlier moment; null if it did not hold."
    )
    after: Relationship | None = strawberry.field(
        description="At the later moment; null if it no longer holds."
    )
    causes: list[Change] = strawberry.field(
        description="The recorded changes that made the difference, oldest first; at most 20."
    )


@strawberry.type(description="The net difference between two moments around one thing.")
class Comparison:
    of: Entity = strawberry.field(
        description="The thing, at the later moment.", directives=[Cost(weight="0")]
    )
    from_: Moment = strawberry.field(name="from", description="The earlier moment.")
    to: Moment = strawberry.field(description="The later moment.")
    differences: list[RelationshipDifference] = strawberry.field(
        description="Relationships that differ, nearest first."
    )
    risk: Annotated["RiskEffect", strawberry.lazy("schema.risk")] | None = resolved_by(
        comparison.risk,
        "Its risk at both moments; null if it carries none.",
        needs=Permission.READ_RISK,
    )
    completeness: Completeness = strawberry.field(description="Whether every difference was found.")
