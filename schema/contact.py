"""Whom to turn to about an account."""

from datetime import date

import strawberry

from schema.staff import Center, StaffMember
from schema.terms import ContactStanding


@strawberry.type(
    description=("Whom to turn to, in order: primary manager, backup manager, the Center's desk.")
)
class PointOfContact:
    person: StaffMember | None = strawberry.field(
        description="The person; null if only the Center's desk is left."
    )
    standing: ContactStanding = strawberry.field(description="Whose place they take.")
    center: Center | None = strawberry.field(description="Where they are.")
    since: date | None = strawberry.field(description="First day of the assignment.")
