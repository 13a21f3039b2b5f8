"""Things found by text."""

import strawberry

from schema.entity import Entity, PageInfo, TotalCount


@strawberry.type(description="One of a SearchConnection.")
class SearchEdge:
    cursor: str = strawberry.field(description="Where to go on: give it as `after` or `before`.")
    node: Entity = strawberry.field(description="What stands here.")
    score: float = strawberry.field(
        description="How well it matches; higher is better, comparable within one answer only."
    )
    matched: str = strawberry.field(description="The text that matched.")


@strawberry.type(description="Found things.")
class SearchConnection:
    edges: list[SearchEdge] = strawberry.field(
        description="The page, with what belongs to each edge."
    )
    nodes: list[Entity] = strawberry.field(description="The page, without the edges.")
    page_info: PageInfo = strawberry.field(description="Where the page lies.")
    total_count: TotalCount = strawberry.field(description="How many there are in all.")
