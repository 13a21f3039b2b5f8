"""Findings and shared attributes: what risk starts from and travels through."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import entity, issue, program
from schema.entity import Degree, Entity, RiskSubject, Source, Term
from schema.fields import made_of, resolved_by
from schema.scalars import Score

if TYPE_CHECKING:
    from schema.relationship import RelationshipConnection


@strawberry.type(description="An adverse finding about an account, a number, a code or a party.")
class RiskFlag(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    kind: Term = resolved_by(program.kind, "Kind (vocabulary RISK_FLAG_KIND).")
    severity: Score = strawberry.field(
        description="How grave: 0 to 1, from its source or the policy's default for the kind."
    )
    subject: RiskSubject | None = resolved_by(
        issue.subject, "What it is about; null if the caller may not see it."
    )
    raised_on: date = strawberry.field(description="First day it counts.")
    resolved_on: date | None = strawberry.field(
        description="Day it no longer counts; null while open."
    )
    resolution: str | None = strawberry.field(description="How it was resolved.")
    evidence: list[Source] = resolved_by(program.evidence, "Evidence, at least one.")
    priority_trade_issues: list[Term] = resolved_by(
        issue.priorities,
        "Priority trade issues it falls under (vocabulary PRIORITY_TRADE_ISSUE).",
    )
    note: str | None = strawberry.field(description="Remark.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.RiskFlag)


@strawberry.type(
    description=(
        "An address, phone, e-mail, bank account or the like that several parties "
        "or numbers share. The value itself is kept only as a keyed hash."
    )
)
class SharedAttribute(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    kind: Term = resolved_by(program.kind, "Kind of attribute (vocabulary SHARED_ATTRIBUTE_KIND).")

    is_type_of = made_of(records.SharedAttribute)
