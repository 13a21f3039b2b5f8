"""Reference data that accounts are measured by: tariff chapters and ports."""

from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import entity
from schema.entity import Degree, Entity
from schema.fields import made_of, resolved_by

if TYPE_CHECKING:
    from schema.relationship import RelationshipConnection


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

    is_type_of = made_of(records.HtsChapter)


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
