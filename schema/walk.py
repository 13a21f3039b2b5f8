"""What walks answer besides paths: what can be reached, and a part of the graph to draw."""

import strawberry

from graph import records
from schema.directives import Cost
from schema.entity import Degree, Entity, PageInfo, TotalCount
from schema.fields import made_of
from schema.path import Path
from schema.relationship import Relationship
from schema.traversal import Traversal

MANY = Cost(weight="0.8")  # as many as may be asked for cost less than an operation may
ALONG = Cost(weight="0")


@strawberry.type(description="One of a ReachableConnection.")
class ReachableEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Entity = strawberry.field(description="What stands here.")
    distance: int = strawberry.field(description="Length of a shortest path.")
    path: Path = strawberry.field(description="One shortest path.")


@strawberry.type(description="What can be reached.")
class ReachableConnection(Traversal):
    edges: list[ReachableEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Entity] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")

    is_type_of = made_of(records.ReachablePage)


@strawberry.type(description="A thing in a neighborhood.")
class NeighborhoodNode:
    entity: Entity = strawberry.field(description="The thing.", directives=[ALONG])
    distance: int = strawberry.field(description="Steps from the nearest of `around`.")
    hidden: list[Degree] = strawberry.field(
        description=(
            "Its relationships that are not in the neighborhood: what expanding it would add."
        )
    )
    beside: Entity | None = strawberry.field(
        description=(
            "Of a redacted node: the thing that it stands next to, for all that may not be seen"
            " there. Null of all others."
        )
    )


@strawberry.type(description="A part of the graph, to draw.")
class Neighborhood(Traversal):
    nodes: list[NeighborhoodNode] = strawberry.field(
        description="The things, nearest first.", directives=[MANY]
    )
    relationships: list[Relationship] = strawberry.field(
        description="The relationships among them; every end is in `nodes`.", directives=[ALONG]
    )

    is_type_of = made_of(records.Neighborhood)
