"""What stands where something may not be seen."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import entity
from schema.entity import Degree, Entity
from schema.fields import made_of, resolved_by

if TYPE_CHECKING:
    from schema.relationship import RelationshipConnection


@strawberry.type(
    description=(
        "Something the caller may not see, standing where it stands. Its id holds "
        "for this answer only."
    )
)
class RedactedNode(Entity):
    id: strawberry.ID = strawberry.field(description="Id that holds for this answer only.")
    key: strawberry.ID = strawberry.field(description="Same as `id`.")
    label: str = strawberry.field(description="Always `Redacted`.")
    degrees: list[Degree] | None = resolved_by(entity.degrees, "Always null.")
    relationships: (
        Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] | None
    ) = resolved_by(entity.relationships, "Always null.")

    is_type_of = made_of(records.RedactedNode)
