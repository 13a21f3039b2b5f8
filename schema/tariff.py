"""Reference data that accounts are measured by: tariff chapters and ports."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import entity, staff
from schema.entity import Degree, Entity, Source
from schema.fields import made_of, resolved_by

if TYPE_CHECKING:
    from schema.relationship import RelationshipConnection
    from schema.staff import Center


@strawberry.type(description="A chapter of the Harmonized Tariff Schedule of the United States.")
class HtsChapter(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    code: str = strawberry.field(description="Two digits.")
    title: str = strawberry.field(description="Title.")
    centers: list[Annotated["Center", strawberry.lazy("schema.staff")]] = resolved_by(
        staff.centers_of,
        "The Centers that handle it or a part of it, the one with most of it first.",
    )
    scopes: list[Annotated["CenterScope", strawberry.lazy("schema.tariff")]] = resolved_by(
        staff.scopes, "Which part belongs to which Center, and on what authority."
    )

    is_type_of = made_of(records.HtsChapter)


@strawberry.type(
    description=(
        "A tariff range in the scope of a Center. Ranges of several Centers may "
        "overlap; the lower precedence wins."
    )
)
class CenterScope:
    center: Annotated["Center", strawberry.lazy("schema.staff")] = strawberry.field(
        description="The Center."
    )
    chapter: HtsChapter = strawberry.field(description="The chapter.")
    from_heading: str | None = strawberry.field(
        description="First heading, four digits; null for the whole chapter."
    )
    to_heading: str | None = strawberry.field(
        description="Last heading, four digits; null for the whole chapter."
    )
    precedence: int = strawberry.field(description="1 is tried first.")
    source: Source = strawberry.field(
        description=("On what it rests; says so where it is inferred rather than published by CBP.")
    )
    valid_from: date | None = strawberry.field(description="First day it holds.")
    valid_to: date | None = strawberry.field(
        description="Day it no longer holds; null while it does."
    )


@strawberry.type(description="A CBP port, Schedule D.")
class Port(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    code: str = strawberry.field(description="Four digits.")
    name: str = strawberry.field(description="Name.")

    is_type_of = made_of(records.Port)
