"""Why an account is at its Center."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from schema.money import Money
from schema.relationship import Relationship
from schema.scalars import Percent

if TYPE_CHECKING:
    from schema.staff import Center
    from schema.tariff import HtsChapter


@strawberry.type(description="Volumes that point to a Center.")
class CenterEvidence:
    center: Annotated["Center", strawberry.lazy("schema.staff")] = strawberry.field(
        description="The Center."
    )
    lines: int = strawberry.field(description="Entry lines in its scope.")
    line_share: Percent = strawberry.field(description="Part of all entry lines, percent.")
    entered_value: Money = strawberry.field(description="Entered value in its scope.")
    value_share: Percent = strawberry.field(description="Part of all entered value, percent.")
    chapters: list[Annotated["HtsChapter", strawberry.lazy("schema.tariff")]] = strawberry.field(
        description="The chapters, most lines first."
    )


@strawberry.type(
    description=(
        "Why an account is at its Center: the assignment beside what its tariff volumes say. It "
        "suggests, it never assigns."
    )
)
class CenterExplanation:
    assigned: Annotated["Center", strawberry.lazy("schema.staff")] | None = strawberry.field(
        description="The Center assigned; null if none."
    )
    assignment: Relationship | None = strawberry.field(
        description="The assignment, with basis, dates and source; null if none."
    )
    by_number: Annotated["Center", strawberry.lazy("schema.staff")] | None = strawberry.field(
        description="The Center with most entry lines; null without lines."
    )
    by_value: Annotated["Center", strawberry.lazy("schema.staff")] | None = strawberry.field(
        description="The Center with most entered value; null without value."
    )
    agrees: bool = strawberry.field(
        description="Whether the assigned Center is the one with most entry lines."
    )
    evidence: list[CenterEvidence] = strawberry.field(
        description="The volumes of each Center, most lines first."
    )
    from_: date = strawberry.field(name="from", description="First day counted.")
    to: date = strawberry.field(description="Day after the last counted.")
