"""Directives that the schema prints beside its fields."""

import strawberry
from strawberry.schema_directive import Location

from schema.terms import Permission


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="needs",
    description=(
        "Permission the caller needs. The guarded field is always nullable: without the"
        " permission it is null, with a `FORBIDDEN` error at its path; a subscription is refused."
    ),
)
class Needs:
    permission: Permission = strawberry.field(description="The permission.")


@strawberry.schema_directive(
    locations=[Location.FIELD_DEFINITION],
    name="cost",
    description=(
        "Price of one use of this field, in cost points, before its arguments multiply it."
        " Fields without it cost 1 per object, 0 per plain value."
    ),
)
class Cost:
    weight: str = strawberry.field(
        description=(
            "Weight, a decimal number as text, as in the public GraphQL cost directives draft."
        )
    )
