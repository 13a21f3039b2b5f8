"""What the program does with accounts: ISA, flags, issues, strategies."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from graph import records
from resolvers import entity, program
from schema.entity import Degree, Entity, Source, Term
from schema.fields import made_of, resolved_by
from schema.scalars import Score
from schema.terms import IsaStatus, IssuePurpose, IssueStatus, StrategyStatus

if TYPE_CHECKING:
    from schema.relationship import RelationshipConnection


@strawberry.type(
    description=(
        "An account's participation in Importer Self-Assessment (ISA; since 2020 "
        "CTPAT Trade Compliance). While ACTIVE it always has a primary account "
        "manager."
    )
)
class IsaParticipation(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    status: IsaStatus = strawberry.field(description="Where it stands.")
    applied_on: date | None = strawberry.field(description="Day the application was made.")
    accepted_on: date | None = strawberry.field(description="Day it was accepted.")
    pending_since: date | None = strawberry.field(
        description=(
            "Since when it has been waiting for a manager; null unless ACCEPTED_PENDING_MANAGER."
        )
    )
    ended_on: date | None = strawberry.field(description="Day it ended.")
    status_reason: str | None = strawberry.field(description="Why it was suspended or ended.")
    next_notification_due: date | None = strawberry.field(
        description="Day the next annual notification is due; null unless ACTIVE or SUSPENDED."
    )
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.IsaParticipation)


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
    raised_on: date = strawberry.field(description="First day it counts.")
    resolved_on: date | None = strawberry.field(
        description="Day it no longer counts; null while open."
    )
    resolution: str | None = strawberry.field(description="How it was resolved.")
    evidence: list[Source] = resolved_by(program.evidence, "Evidence, at least one.")
    note: str | None = strawberry.field(description="Remark.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.RiskFlag)


@strawberry.type(description="A matter to resolve with or about an account.")
class Issue(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    purpose: IssuePurpose = strawberry.field(description="What it asks for.")
    title: str = strawberry.field(description="Title.")
    description: str | None = strawberry.field(description="Description.")
    status: IssueStatus = strawberry.field(description="Where it stands.")
    opened_on: date = strawberry.field(description="Day it was opened.")
    due_on: date | None = strawberry.field(description="Day it is due.")
    closed_on: date | None = strawberry.field(description="Day it was resolved or cancelled.")
    resolution: str | None = strawberry.field(description="How it was resolved.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.Issue)


@strawberry.type(
    description=(
        "A plan to manage risk for accounts or a segment, made and carried out with "
        "other disciplines: the account action plan."
    )
)
class Strategy(Entity):
    degrees: list[Degree] = resolved_by(
        entity.degrees, "How many relationships of each type and direction it has."
    )
    relationships: Annotated["RelationshipConnection", strawberry.lazy("schema.relationship")] = (
        resolved_by(entity.relationships, "Its relationships of any type, newest first.")
    )
    title: str = strawberry.field(description="Title.")
    objective: str = strawberry.field(description="What it is to achieve.")
    status: StrategyStatus = strawberry.field(description="Where it stands.")
    starts_on: date = strawberry.field(description="First day.")
    review_on: date | None = strawberry.field(description="Day of the next review.")
    ended_on: date | None = strawberry.field(description="Day it ended.")
    version: int = strawberry.field(
        description="Grows with each change; give it as `expectedVersion`."
    )

    is_type_of = made_of(records.Strategy)


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
